using System.Globalization;

namespace FinML.Evaluation;

/// <summary>One row as it lies in the database: what it says as text, a digest of every field, and its link of the
/// chain.</summary>
/// <remarks>Digests are null in rows that were written before they were kept: those are held to the older rule of
/// <see cref="LedgerHash.FirstFormatRow"/>.</remarks>
internal sealed record LedgerRow
{
    internal required long Sequence { get; init; }

    /// <summary>What kind of entry it is: the name of an <see cref="EntryType"/>.</summary>
    internal required string Type { get; init; }

    internal required string Identity { get; init; }

    internal required string Experiment { get; init; }

    /// <summary><see cref="LedgerFields"/> as text.</summary>
    internal required string Fields { get; init; }

    internal required string? Digests { get; init; }

    /// <summary>UTC, in the round-trip format "O".</summary>
    internal required string RecordedAt { get; init; }

    internal required string PreviousHash { get; init; }

    internal required string Hash { get; init; }

    /// <summary>When it was recorded.</summary>
    internal DateTime Time => DateTime.ParseExact(
        RecordedAt, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    /// <summary>The row that follows <paramref name="last"/>, hashed.</summary>
    internal static LedgerRow After(
        LedgerRow? last, EntryType type, string identity, string experiment, LedgerFields fields, DateTime now)
    {
        var row = new LedgerRow
        {
            Sequence = (last?.Sequence ?? 0) + 1,
            Type = type.ToString(),
            Identity = identity,
            Experiment = experiment,
            Fields = fields.ToText(),
            Digests = null,
            RecordedAt = now.ToString("O", CultureInfo.InvariantCulture),
            PreviousHash = last?.Hash ?? LedgerHash.Genesis,
            Hash = string.Empty,
        };
        row = row with { Digests = LedgerHash.Digests(row).ToText() };
        return row with { Hash = LedgerHash.Row(row) };
    }
}
