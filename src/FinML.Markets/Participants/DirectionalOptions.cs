namespace FinML.Markets.Participants;

/// <summary>How often and how much a <see cref="MomentumTrader"/>, <see cref="ValueTrader"/> or
/// <see cref="InformedTrader"/> trades.</summary>
public sealed record DirectionalOptions
{
    /// <summary>Decisions a second, at the times of a Poisson process; above 0 to 1e6.</summary>
    public double DecisionRate { get; init; } = 0.2;

    /// <summary>Ticks that its signal has to exceed; 0 to 1e6.</summary>
    public double Threshold { get; init; } = 2;

    /// <summary>The most lots of an order; 1 to 1e9.</summary>
    public int OrderSize { get; init; } = 2;

    /// <summary>The most lots that it holds, long or short; 1 to 1e9.</summary>
    public int PositionLimit { get; init; } = 20;

    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public DirectionalOptions Validate()
    {
        Require.InRange(DecisionRate, 1e-9, 1e6, nameof(DecisionRate));
        Require.InRange(Threshold, 0, 1e6, nameof(Threshold));
        Require.InRange(OrderSize, 1, 1_000_000_000, nameof(OrderSize));
        Require.InRange(PositionLimit, 1, 1_000_000_000, nameof(PositionLimit));
        return this;
    }
}
