namespace FinML.Statistics;

/// <summary>Where the treated unit stands among placebos (Abadie, Diamond and Hainmueller 2010, section 3.4).</summary>
public sealed record PlaceboInference
{
    /// <summary>The share of units, the treated one among them, whose ratio of gaps after to before is as large or
    /// larger: at least 1 / units, the probability under random assignment of the treatment.</summary>
    public required double PValue { get; init; }

    /// <summary>Rank of the treated unit's ratio, 1 the largest.</summary>
    public required int Rank { get; init; }

    /// <summary>Units ranked.</summary>
    public required int Count { get; init; }

    /// <summary>Placebos left out because their fit before is too bad.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>The placebos that were ranked: fits of donors as if they had been treated.</summary>
    public required IReadOnlyList<SyntheticControl> Placebos { get; init; }

    internal static PlaceboInference Of(
        SyntheticControl treated, IReadOnlyList<SyntheticControl> placebos, double largestRmspe)
    {
        SyntheticControl[] kept = [.. placebos.Where(p => p.RmspeBefore <= largestRmspe * treated.RmspeBefore)];
        int larger = kept.Count(p => p.RmspeRatio >= treated.RmspeRatio);
        return new PlaceboInference
        {
            PValue = (larger + 1.0) / (kept.Length + 1),
            Rank = larger + 1,
            Count = kept.Length + 1,
            LeftOut = [.. placebos.Except(kept).Select(p => p.Treated)],
            Placebos = kept,
        };
    }
}
