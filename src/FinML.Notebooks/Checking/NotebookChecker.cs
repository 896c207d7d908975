namespace FinML.Notebooks;

/// <summary>
/// Runs a notebook again and compares what comes out with what the file stores. The tags of <see cref="CheckTag"/>
/// say what is not run, not compared, and expected to throw. Given parameters of the stored run are code of the file
/// and run as they stand.
/// </summary>
/// <param name="options">What the host gives to the run.</param>
/// <param name="tolerance">How far numbers may differ.</param>
/// <param name="progress">Hears how it goes.</param>
public sealed class NotebookChecker(
    NotebookHostOptions options, OutputTolerance tolerance, INotebookProgress? progress = null)
{
    /// <summary>Checks a notebook; the given one is left as it is.</summary>
    /// <exception cref="NotebookException">The notebook cannot be run; nothing of it ran.</exception>
    public async Task<CheckResult> CheckAsync(Notebook stored, CancellationToken cancellation = default)
    {
        tolerance.Validate();
        List<NotebookCell> before = [.. stored.Cells.Where(cell => cell.Kind == CellKind.Code)];
        if (before.Any(IsRun) && before.All(cell => cell is { ExecutionCount: null, Outputs.Count: 0 }))
            return new CheckResult(CheckStatus.NeverRun, [], 0, null);

        // What a check sees must have happened now.
        var run = await new NotebookRunner(options with { Cache = null }, progress)
            .RunAsync(Runnable(stored), cancellation)
            .ConfigureAwait(false);
        List<NotebookCell> now = [.. run.Executed.Cells.Where(cell => cell.Kind == CellKind.Code)];

        var drift = new List<CellDrift>();
        var compared = 0;
        for (var i = 0; i < run.CellsRun; i++)
        {
            if (!IsRun(before[i]) || before[i].Tags.Contains(CheckTag.IgnoreOutput))
                continue;
            compared++;
            var differences = OutputComparison.Compare(before[i].Outputs, now[i].Outputs, tolerance);
            if (differences.Count > 0)
                drift.Add(new(i + 1, before[i].Id, NotebookRunner.Caption(stored, before[i]), differences));
        }

        var status = run.Status switch
        {
            RunStatus.Failed => CheckStatus.Failed,
            RunStatus.TimedOut => CheckStatus.TimedOut,
            RunStatus.Cancelled => CheckStatus.Cancelled,
            _ => drift.Count > 0 ? CheckStatus.Drifted : CheckStatus.Same,
        };
        return new CheckResult(status, drift, compared, run);
    }

    private static bool IsRun(NotebookCell cell) =>
        !string.IsNullOrWhiteSpace(cell.Source) && !cell.Tags.Contains(CheckTag.Skip);

    /// <summary>A copy in which skipped cells are empty, so that the others keep their numbers, and given parameters
    /// are ordinary cells, which a run does not replace.</summary>
    private static Notebook Runnable(Notebook stored)
    {
        var copy = stored.Clone();
        foreach (var cell in copy.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            if (cell.Tags.Contains(CheckTag.Skip))
                cell.Source = "";
            if (cell.Tags.Contains(ParameterCell.InjectedTag))
                cell.Metadata.Remove("tags");
        }

        return copy;
    }
}
