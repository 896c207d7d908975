namespace FinML.Markets;

/// <summary>How a rule's positions become returns, where there are closes only.</summary>
public sealed record RuleExecution
{
    /// <summary>As the papers trade: at the close that the rule has seen, at no cost. Nobody could.</summary>
    public static RuleExecution Gross { get; } = new() { CostBasisPoints = 0 };

    /// <summary>What each unit of traded value costs, one way: a turn from long to short trades two units. 0 to
    /// 10,000.</summary>
    public double CostBasisPoints { get; init; } = 5;

    /// <summary>Bars between a decision and its trade: 0 trades at the close that was seen and earns from the next bar
    /// on, 1 at the close after it; 0 to 1,000.</summary>
    public int LatencyBars { get; init; }

    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public RuleExecution Validate()
    {
        Require.InRange(CostBasisPoints, 0, 10_000, nameof(CostBasisPoints));
        Require.InRange(LatencyBars, 0, 1_000, nameof(LatencyBars));
        return this;
    }
}
