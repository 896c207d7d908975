namespace FinML.Markets;

/// <summary>How decided positions become trades; shared by <see cref="TradingEnvironment"/> and
/// <see cref="Backtester"/>.</summary>
public sealed record ExecutionOptions
{
    /// <summary>Commission, slippage and borrow; on by default.</summary>
    public CostModel Costs { get; init; } = new();

    /// <summary>
    /// How far the position's weight may drift from its target before it is traded back; 0 trades back at every open.
    /// A changed target is always traded. Fully long and flat positions do not drift; short and partial ones do. 0 to
    /// 10.
    /// </summary>
    public double RebalanceBand { get; init; } = 0.1;

    /// <summary>The largest |target| and the largest exposure over equity that a trade may leave; above 0 to
    /// 4.</summary>
    public double MaximumLeverage { get; init; } = 1;

    /// <summary>Bars in a year; a short position held over one night pays 1 / this of the yearly borrow rate.</summary>
    public double PeriodsPerYear { get; init; } = 252;

    /// <summary>The account is closed where equity falls to this fraction of the initial equity; 0 to below
    /// 1.</summary>
    public double RuinFraction { get; init; } = 0.01;

    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public ExecutionOptions Validate()
    {
        ArgumentNullException.ThrowIfNull(Costs);
        Costs.Validate();
        Require.InRange(RebalanceBand, 0, 10, nameof(RebalanceBand));
        Require.InRange(MaximumLeverage, 1e-9, 4, nameof(MaximumLeverage));
        Require.InRange(PeriodsPerYear, 1, 1e7, nameof(PeriodsPerYear));
        Require.InRange(RuinFraction, 0, 0.999, nameof(RuinFraction));
        return this;
    }
}
