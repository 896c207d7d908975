namespace FinML.Evaluation;

/// <summary>A hold-out in the ledger: that it was sealed, or that it was opened.</summary>
public sealed record LockboxEntry : LedgerEntry
{
    private LockboxEntry()
    {
    }

    /// <summary>The search that it was held out from.</summary>
    public required string Experiment { get; init; }

    /// <summary><see cref="EntryType.Sealing"/> or <see cref="EntryType.Opening"/>.</summary>
    public required EntryType Type { get; init; }

    /// <summary>The hash of the whole panel.</summary>
    public required string DataHash { get; init; }

    /// <summary>What could be known from this time on is locked away.</summary>
    public required DateTime Cut { get; init; }

    /// <summary>The registration that it was opened for; null for a sealing.</summary>
    public required string? Registration { get; init; }

    /// <summary>The how-many-eth opening for that registration it is, from 1; 0 for a sealing.</summary>
    public required int Number { get; init; }

    /// <summary>What it was opened to find out; null for a sealing.</summary>
    public required string? Reason { get; init; }

    internal static LedgerFields Fields(
        string dataHash, DateTime cut, string? registration = null, int number = 0, string? reason = null) =>
        new LedgerFields().Add("dataHash", dataHash).Add("cut", cut).Add("registration", registration)
            .Add("number", number).Add("reason", reason);

    /// <exception cref="FormatException">The row is not of a hold-out.</exception>
    internal static LockboxEntry Of(LedgerRow row)
    {
        LedgerFields fields = LedgerFields.Parse(row.Fields);
        return new LockboxEntry
        {
            Sequence = row.Sequence,
            RecordedAt = row.Time,
            Identity = row.Identity,
            PreviousHash = row.PreviousHash,
            Hash = row.Hash,
            Experiment = row.Experiment,
            Type = Enum.Parse<EntryType>(row.Type),
            DataHash = fields["dataHash"],
            Cut = fields.Time("cut"),
            Registration = fields.Optional("registration"),
            Number = fields.Integer("number"),
            Reason = fields.Optional("reason"),
        };
    }
}
