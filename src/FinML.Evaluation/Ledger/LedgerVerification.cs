namespace FinML.Evaluation;

/// <summary>The result of walking the chain.</summary>
/// <param name="Entries">Number of rows that are there.</param>
/// <param name="Head">
/// Hash of the last row; 64 zeros for an empty ledger. Print it in reports: with it, <see cref="TrialLedger.Verify"/>
/// finds out later whether history was rewritten as a whole.
/// </param>
/// <param name="Faults">One sentence for each fault, in the order of the rows; empty where the ledger is whole.</param>
public sealed record LedgerVerification(int Entries, string Head, IReadOnlyList<string> Faults)
{
    /// <summary>True where there is no fault.</summary>
    public bool IsIntact => Faults.Count == 0;
}
