namespace FinML.Statistics;

/// <summary>What a strategy costs to trade as it grows. All figures are per period of its returns.</summary>
public sealed record CapacityOptions
{
    /// <summary>Share of equity that is traded per period (one way), above 0.</summary>
    public required double TurnoverPerPeriod { get; init; }

    /// <summary>Money that the market trades per period in what the strategy trades, above 0.</summary>
    public required double MarketVolumePerPeriod { get; init; }

    /// <summary>Standard deviation per period of the returns of what is traded, as a fraction, above 0.</summary>
    public required double MarketVolatilityPerPeriod { get; init; }

    /// <summary>
    /// Y of the square-root law: trading a share q of the volume moves the price by Y volatility sqrt(q). About 1 (Toth
    /// et al. 2011); above 0.
    /// </summary>
    public double ImpactCoefficient { get; init; } = 1;

    /// <summary>Commission and half spread per unit traded, as a fraction; 0 where the returns are net of
    /// them.</summary>
    public double LinearCost { get; init; }

    /// <summary>Money per period that the strategy costs whatever its size; 0 or more.</summary>
    public double FixedCostPerPeriod { get; init; }

    internal void Validate()
    {
        Guard.Positive(TurnoverPerPeriod, nameof(TurnoverPerPeriod));
        Guard.Positive(MarketVolumePerPeriod, nameof(MarketVolumePerPeriod));
        Guard.Positive(MarketVolatilityPerPeriod, nameof(MarketVolatilityPerPeriod));
        Guard.Positive(ImpactCoefficient, nameof(ImpactCoefficient));
        Guard.NotNegative(LinearCost, nameof(LinearCost));
        Guard.NotNegative(FixedCostPerPeriod, nameof(FixedCostPerPeriod));
    }
}
