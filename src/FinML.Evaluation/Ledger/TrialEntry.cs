namespace FinML.Evaluation;

/// <summary>One row of the ledger.</summary>
public sealed record TrialEntry
{
    /// <summary>1 for the first row, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>What was recorded, in canonical form.</summary>
    public required TrialRecord Record { get; init; }

    /// <summary>When it was recorded, in UTC.</summary>
    public required DateTime RecordedAt { get; init; }

    /// <summary>SHA-256, in hexadecimal, of experiment, name, configuration, data hash, code hash and seed.</summary>
    public required string Identity { get; init; }

    /// <summary>SHA-256, in hexadecimal, of the canonical configuration.</summary>
    public required string ConfigurationHash { get; init; }

    /// <summary>The hash of the row before; 64 zeros for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>SHA-256, in hexadecimal, of the previous hash and every field of this row.</summary>
    public required string Hash { get; init; }
}
