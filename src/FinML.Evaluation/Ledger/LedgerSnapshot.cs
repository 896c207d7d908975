namespace FinML.Evaluation;

/// <summary>What lies in the file, read in one transaction and not trusted.</summary>
/// <param name="Entries">Rows by sequence; those that cannot be read are left out and named in the faults.</param>
/// <param name="HighestSequence">The highest sequence that was ever given, as SQLite remembers it.</param>
/// <param name="Faults">What is wrong with the file itself.</param>
internal sealed record LedgerSnapshot(
    IReadOnlyList<TrialEntry> Entries, long HighestSequence, IReadOnlyList<string> Faults);
