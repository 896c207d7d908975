namespace FinML.Notebooks;

/// <summary>What a run left.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Executed">The notebook with the outputs of what ran.</param>
/// <param name="Error">What ended it early, or null.</param>
/// <param name="CellsRun">Code cells that ended without an error.</param>
/// <param name="Cells">Code cells of the notebook.</param>
/// <param name="Elapsed">Wall time from the check to the end.</param>
/// <param name="PeakMemoryMegabytes">The process's peak resident memory so far, in MiB.</param>
public sealed record NotebookRunResult(
    RunStatus Status,
    Notebook Executed,
    NotebookError? Error,
    int CellsRun,
    int Cells,
    TimeSpan Elapsed,
    double PeakMemoryMegabytes)
{
    /// <summary>Cells whose results are an earlier run's, from the cache.</summary>
    public int CellsFromCache { get; init; }
}
