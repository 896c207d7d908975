using System.Globalization;
using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>A backtest in the ledger. Its <see cref="LedgerEntry.Identity"/> is made of experiment, name,
/// configuration, data hash, code hash and seed.</summary>
public sealed record TrialEntry : LedgerEntry
{
    private TrialEntry()
    {
    }

    /// <summary>What was recorded, in canonical form.</summary>
    public required TrialRecord Record { get; init; }

    /// <summary>SHA-256, in hexadecimal, of the canonical configuration.</summary>
    public required string ConfigurationHash { get; init; }

    /// <summary>Whether it answers a hypothesis that was registered before; stamped when it was recorded.</summary>
    public required TrialStanding Standing { get; init; }

    /// <summary>Why it is exploratory; null where it is registered.</summary>
    public required string? ExploratoryBecause { get; init; }

    /// <summary>The hash of the series of returns that the ledger keeps with it, or null.</summary>
    public required string? ReturnsHash { get; init; }

    internal static LedgerFields Fields(
        TrialRecord record, TrialStanding standing, string? because, string? returnsHash) => new LedgerFields()
        .Add("name", record.Name)
        .Add("kind", record.Kind.ToString())
        .Add("configuration", record.Configuration)
        .Add("configurationHash", LedgerHash.Configuration(record.Configuration))
        .Add("registration", record.Registration)
        .Add("standing", standing.ToString())
        .Add("exploratoryBecause", because)
        .Add("dataHash", record.DataHash)
        .Add("codeHash", record.CodeHash)
        .Add("seed", record.Seed.ToString(CultureInfo.InvariantCulture))
        .Add("periodsPerYear", record.PeriodsPerYear)
        .Add("count", record.Count)
        .Add("sharpePerPeriod", record.SharpePerPeriod)
        .Add("skewness", record.Skewness)
        .Add("kurtosis", record.Kurtosis.Value)
        .Add("returns", returnsHash);

    /// <exception cref="FormatException">The row is not of a trial.</exception>
    internal static TrialEntry Of(LedgerRow row)
    {
        LedgerFields fields = LedgerFields.Parse(row.Fields);
        bool firstFormat = row.Digests is null;
        return new TrialEntry
        {
            Sequence = row.Sequence,
            RecordedAt = row.Time,
            Identity = row.Identity,
            PreviousHash = row.PreviousHash,
            Hash = row.Hash,
            Record = new TrialRecord
            {
                Experiment = row.Experiment,
                Name = fields["name"],
                Kind = Parse<TrialKind>(fields["kind"]),
                Configuration = fields["configuration"],
                Registration = fields.Optional("registration"),
                DataHash = fields["dataHash"],
                CodeHash = fields["codeHash"],
                Seed = ulong.Parse(fields["seed"], CultureInfo.InvariantCulture),
                PeriodsPerYear = fields.Double("periodsPerYear"),
                Count = fields.Integer("count"),
                SharpePerPeriod = fields.Double("sharpePerPeriod"),
                Skewness = fields.Double("skewness"),
                Kurtosis = new RawKurtosis(fields.Double("kurtosis")),
            },
            ConfigurationHash = fields["configurationHash"],
            Standing = firstFormat ? TrialStanding.Exploratory : Parse<TrialStanding>(fields["standing"]),
            ExploratoryBecause = firstFormat
                ? "it was recorded before there were registrations"
                : fields.Optional("exploratoryBecause"),
            ReturnsHash = fields.Optional("returns"),
        };
    }

    private static T Parse<T>(string name)
        where T : struct, Enum =>
        Enum.TryParse(name, out T value) && value.ToString() == name
            ? value
            : throw new FormatException($"'{name}' is not a {typeof(T).Name}");
}
