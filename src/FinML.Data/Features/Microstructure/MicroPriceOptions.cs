namespace FinML.Data.Features;

/// <summary>How the states of a <see cref="MicroPriceModel"/> are cut.</summary>
public sealed record MicroPriceOptions
{
    /// <summary>The price step of the market, in units of the price; above 0.</summary>
    public required double TickSize { get; init; }

    /// <summary>Into how many equal parts the imbalance qb / (qb + qa) is cut, at least 2.</summary>
    public int ImbalanceBuckets { get; init; } = 10;

    /// <summary>The widest spread that has states of its own, in ticks, at least 1; a wider one counts as
    /// this.</summary>
    public int SpreadTicks { get; init; } = 2;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        FeatureGuard.AboveZero(TickSize, nameof(TickSize));
        FeatureGuard.AtLeast(ImbalanceBuckets, 2, nameof(ImbalanceBuckets));
        FeatureGuard.AtLeast(SpreadTicks, 1, nameof(SpreadTicks));
    }
}
