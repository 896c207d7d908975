namespace FinML.Markets.Participants;

/// <summary>The rates of <see cref="ZeroIntelligence"/>, a second.</summary>
public sealed record ZeroIntelligenceOptions
{
    /// <summary>α: limit orders a side and tick; above 0 to 1e6.</summary>
    public double LimitRate { get; init; } = 0.2;

    /// <summary>μ: market orders, half of them buys; 0 to 1e6.</summary>
    public double MarketRate { get; init; } = 2;

    /// <summary>δ: cancellations of each resting order; above 0 to 1e6.</summary>
    public double CancelRate { get; init; } = 0.1;

    /// <summary>σ: lots of every order; 1 to 1e9.</summary>
    public int OrderSize { get; init; } = 1;

    /// <summary>Limit orders come at up to this many ticks from the other side's best price; 1 to 100,000.</summary>
    public int Band { get; init; } = 50;

    /// <summary>Stands in for the other side's best price where there is none and was no trade, in ticks.</summary>
    public int InitialPrice { get; init; } = 10_000;

    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public ZeroIntelligenceOptions Validate()
    {
        Require.InRange(LimitRate, 1e-9, 1e6, nameof(LimitRate));
        Require.InRange(MarketRate, 0, 1e6, nameof(MarketRate));
        Require.InRange(CancelRate, 1e-9, 1e6, nameof(CancelRate));
        Require.InRange(OrderSize, 1, 1_000_000_000, nameof(OrderSize));
        Require.InRange(Band, 1, 100_000, nameof(Band));
        return this;
    }
}
