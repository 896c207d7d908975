namespace FinML.Notebooks;

/// <summary>What a check found.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Drift">The cells that differ, in reading order; of a failed run, those before it failed.</param>
/// <param name="CellsCompared">Code cells whose outputs were compared.</param>
/// <param name="Run">The fresh run, or null where there was none.</param>
public sealed record CheckResult(
    CheckStatus Status, IReadOnlyList<CellDrift> Drift, int CellsCompared, NotebookRunResult? Run);
