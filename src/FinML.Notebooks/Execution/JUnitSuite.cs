using System.Globalization;

namespace FinML.Notebooks;

/// <summary>A test suite of a JUnit report: a notebook.</summary>
/// <param name="Name">The notebook.</param>
/// <param name="Cases">Its code cells.</param>
public sealed record JUnitSuite(string Name, IReadOnlyList<JUnitCase> Cases)
{
    /// <summary>The suite of a notebook that ran: a case for each code cell, with the time it took.</summary>
    /// <param name="name">The notebook.</param>
    /// <param name="executed">The notebook with its fresh outputs.</param>
    /// <param name="error">What ended the run, or null; the last cell that ran gets it.</param>
    /// <param name="drift">The cells whose outputs are not the stored ones.</param>
    public static JUnitSuite Of(
        string name, Notebook executed, string? error, IReadOnlyList<CellDrift> drift)
    {
        List<NotebookCell> cells = [.. executed.Cells.Where(cell => cell.Kind == CellKind.Code)];
        var last = cells.FindLastIndex(cell => cell.ExecutionCount is not null);
        var cases = cells.Select((cell, i) => new JUnitCase(
            $"In[{i + 1}] {NotebookRunner.Caption(executed, cell)}".TrimEnd(),
            Elapsed(cell),
            drift.FirstOrDefault(each => each.Cell == i + 1) is { } found ? Text(found) : null,
            i == last ? error : null,
            Skipped: i > last));
        return new JUnitSuite(name, [.. cases]);
    }

    /// <summary>The suite of a notebook that was refused: one case.</summary>
    public static JUnitSuite Refused(string name, string error) =>
        new(name, [new JUnitCase("before the first cell", TimeSpan.Zero, Error: error)]);

    private static string Text(CellDrift drift) => string.Join('\n', drift.Differences.SelectMany(difference =>
        difference.Lines.Prepend($"output {difference.Output}, {difference.What}")));

    private static TimeSpan Elapsed(NotebookCell cell)
    {
        bool Time(string key, out DateTimeOffset time) => DateTimeOffset.TryParse(
            cell.Metadata["execution"]?[key]?.ToString(), CultureInfo.InvariantCulture, out time);

        return Time("iopub.execute_input", out var from) && Time("shell.execute_reply", out var to)
            ? to - from
            : TimeSpan.Zero;
    }
}
