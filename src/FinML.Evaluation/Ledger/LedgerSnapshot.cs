namespace FinML.Evaluation;

/// <summary>What lies in the database, read in one transaction and not trusted.</summary>
/// <param name="Rows">Rows by sequence; those that cannot be read are left out and named in the faults.</param>
/// <param name="HighestSequence">The highest sequence that was ever given, as the database remembers it.</param>
/// <param name="Series">The return series by the hash they are kept under: what their bytes hash to now.</param>
/// <param name="Faults">What is wrong with the database itself.</param>
internal sealed record LedgerSnapshot(
    IReadOnlyList<LedgerRow> Rows,
    long HighestSequence,
    IReadOnlyDictionary<string, string> Series,
    IReadOnlyList<string> Faults);
