namespace FinML.Markets.Participants;

/// <summary>What the agent of <see cref="OrderBookEnvironment"/> may do, and how it is rewarded.</summary>
public sealed record OrderBookEnvironmentOptions
{
    /// <summary>Between decisions; 1 ms to 1 day.</summary>
    public TimeSpan DecisionInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Decisions of an episode; 1 to 10,000,000.</summary>
    public int Decisions { get; init; } = 200;

    /// <summary>How long the others trade before the first decision; 0 to 1 day.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Limit orders at the best price of their side and at 1, 2, .. ticks behind it; 1 to 1,000.</summary>
    public int Depths { get; init; } = 3;

    /// <summary>Lots of an order; 1 to 1e9.</summary>
    public int OrderSize { get; init; } = 1;

    /// <summary>The largest |position| in lots that the orders together could lead to; 1 to 1e9.</summary>
    public int PositionLimit { get; init; } = 10;

    /// <summary>φ: what holding q lots for a second costs, φ q² ticks × lots; 0 to 1e6.</summary>
    public double InventoryPenalty { get; init; }

    /// <summary>Of the agent's messages.</summary>
    public Latency Latency { get; init; } = Latency.Of(TimeSpan.FromMilliseconds(5));

    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public OrderBookEnvironmentOptions Validate()
    {
        const string Unit = ", in units of 100 ns,";
        Require.InRange(
            DecisionInterval.Ticks, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerDay, "DecisionInterval" + Unit);
        Require.InRange(Decisions, 1, 10_000_000, nameof(Decisions));
        Require.InRange(WarmUp.Ticks, 0, TimeSpan.TicksPerDay, "WarmUp" + Unit);
        Require.InRange(Depths, 1, 1_000, nameof(Depths));
        Require.InRange(OrderSize, 1, 1_000_000_000, nameof(OrderSize));
        Require.InRange(PositionLimit, 1, 1_000_000_000, nameof(PositionLimit));
        Require.InRange(InventoryPenalty, 0, 1e6, nameof(InventoryPenalty));
        Latency.Validate();
        return this;
    }
}
