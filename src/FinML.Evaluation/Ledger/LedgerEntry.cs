namespace FinML.Evaluation;

/// <summary>One row of the ledger: what all kinds of entries have.</summary>
public abstract record LedgerEntry
{
    private protected LedgerEntry()
    {
    }

    /// <summary>1 for the first row, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was recorded, in UTC.</summary>
    public required DateTime RecordedAt { get; init; }

    /// <summary>SHA-256, in hexadecimal, of what makes two entries the same.</summary>
    public required string Identity { get; init; }

    /// <summary>The hash of the row before; 64 zeros for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>SHA-256, in hexadecimal, of the previous hash and everything in this row.</summary>
    public required string Hash { get; init; }
}
