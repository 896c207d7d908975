using System.Data.Common;

namespace FinML.Evaluation;

/// <summary>A registration in the ledger, or an amendment of one.</summary>
public sealed record RegistrationEntry : LedgerEntry
{
    private RegistrationEntry()
    {
    }

    /// <summary>What is registered, after the change where this is an amendment.</summary>
    public required Registration Registration { get; init; }

    /// <summary>What trials and openings refer to: the identity of the first entry, for its amendments too.</summary>
    public required string Id { get; init; }

    /// <summary>What an amendment changed, a sentence each; empty for the first entry.</summary>
    public required IReadOnlyList<string> Changes { get; init; }

    /// <summary>Why it was amended; null for the first entry.</summary>
    public required string? Reason { get; init; }

    internal static LedgerFields Fields(
        Registration registration, string? amends = null, IReadOnlyList<string>? changes = null, string? reason = null)
    {
        LedgerFields fields = new LedgerFields()
            .Add("hypothesis", registration.Hypothesis)
            .Add("primaryMetric", registration.PrimaryMetric)
            .Add("universe", registration.Universe)
            .Add("sample", registration.Sample)
            .Add("horizon", registration.Horizon)
            .Add("family", registration.Family)
            .Add("amends", amends)
            .Add("reason", reason);
        return changes is null ? fields : fields.Add("changes", changes);
    }

    /// <exception cref="FormatException">The row is not of a registration.</exception>
    internal static RegistrationEntry Of(LedgerRow row)
    {
        LedgerFields fields = LedgerFields.Parse(row.Fields);
        return new RegistrationEntry
        {
            Sequence = row.Sequence,
            RecordedAt = row.Time,
            Identity = row.Identity,
            PreviousHash = row.PreviousHash,
            Hash = row.Hash,
            Registration = new Registration
            {
                Experiment = row.Experiment,
                Hypothesis = fields["hypothesis"],
                PrimaryMetric = fields["primaryMetric"],
                Universe = fields["universe"],
                Sample = fields["sample"],
                Horizon = fields["horizon"],
                Family = fields.List("family"),
            },
            Id = fields.Optional("amends") ?? row.Identity,
            Changes = fields.Optional("changes") is null ? [] : fields.List("changes"),
            Reason = fields.Optional("reason"),
        };
    }

    /// <summary>The last word of a registration of an experiment, or null.</summary>
    internal static RegistrationEntry? Latest(
        LedgerStore store, string experiment, string id, DbTransaction transaction) => store
        .Rows(experiment, [EntryType.Registration, EntryType.Amendment], transaction)
        .Select(Of).LastOrDefault(entry => entry.Id == id);
}
