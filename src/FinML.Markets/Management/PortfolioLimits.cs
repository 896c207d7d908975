namespace FinML.Markets;

/// <summary>What a <see cref="PortfolioManager"/> allows; a limit that is null does not bind.</summary>
public sealed record PortfolioLimits
{
    /// <summary>The largest |weight| of one asset; 0 to 4.</summary>
    public double? MaximumWeight { get; init; }

    /// <summary>The largest Σ |weight|; 0 to 4.</summary>
    public double? MaximumGross { get; init; }

    /// <summary>The largest |Σ weight|; 0 to 4.</summary>
    public double? MaximumNet { get; init; }

    /// <summary>The largest Σ |traded value| of one rebalancing, as a fraction of equity; 0 to 8.</summary>
    public double? MaximumTurnover { get; init; }

    /// <summary>The largest value of one order, as a fraction of equity; 0 to 8.</summary>
    public double? MaximumOrder { get; init; }

    /// <summary>Trades smaller than this fraction of equity are not made, unless they close a position; 0 to
    /// 1.</summary>
    public double MinimumTrade { get; init; }

    /// <summary>Orders are whole multiples of this many units, unless they close a position; 0 for any fraction; up to
    /// 1e9.</summary>
    public double LotSize { get; init; }

    /// <summary>
    /// The yearly volatility that the weights are scaled to, as a fraction; 0 to 10. It is measured on the returns that
    /// the wanted weights would have had over <see cref="VolatilityLookback"/> rows.
    /// </summary>
    public double? TargetVolatility { get; init; }

    /// <summary>Rows that the volatility is measured on; 2 to 100,000.</summary>
    public int VolatilityLookback { get; init; } = 60;

    /// <summary>The largest factor by which a volatility target may scale the weights up; 0 to 100.</summary>
    public double MaximumScale { get; init; } = 2;

    /// <exception cref="ArgumentException">A limit lies outside its range.</exception>
    public PortfolioLimits Validate()
    {
        Require.InRange(MaximumWeight ?? 0, 0, 4, nameof(MaximumWeight));
        Require.InRange(MaximumGross ?? 0, 0, 4, nameof(MaximumGross));
        Require.InRange(MaximumNet ?? 0, 0, 4, nameof(MaximumNet));
        Require.InRange(MaximumTurnover ?? 0, 0, 8, nameof(MaximumTurnover));
        Require.InRange(MaximumOrder ?? 0, 0, 8, nameof(MaximumOrder));
        Require.InRange(MinimumTrade, 0, 1, nameof(MinimumTrade));
        Require.InRange(LotSize, 0, 1e9, nameof(LotSize));
        Require.InRange(TargetVolatility ?? 0, 0, 10, nameof(TargetVolatility));
        Require.InRange(VolatilityLookback, 2, 100_000, nameof(VolatilityLookback));
        Require.InRange(MaximumScale, 0, 100, nameof(MaximumScale));
        return this;
    }
}
