namespace FinML.Markets;

/// <summary>What <see cref="TradingEnvironment"/> rewards, computed from the net equity at the ends of an
/// interval.</summary>
public enum TradingReward
{
    /// <summary>ln(E' / E): the rewards of an episode sum to the log of its growth.</summary>
    Log,

    /// <summary>E' / E - 1.</summary>
    Simple,

    /// <summary>
    /// The differential Sharpe ratio of Moody and Saffell (1998): (B ΔA - A ΔB / 2) / (B - A²)^(3/2), where A and B are
    /// exponential moving averages of the simple return and of its square.
    /// </summary>
    DifferentialSharpe,
}
