namespace FinML.Markets;

/// <summary>How decided positions become trades; shared by <see cref="TradingEnvironment"/>,
/// <see cref="Backtester"/> and <see cref="PortfolioBacktester"/>.</summary>
public sealed record ExecutionOptions
{
    /// <summary>Commission, slippage and borrow; on by default.</summary>
    public CostModel Costs { get; init; } = new();

    /// <summary>
    /// How far the weights may drift from their targets, Σ |weight - target|, before they are traded back; 0 trades
    /// back at every open. A changed target is always traded. Fully long and flat positions of one asset do not drift;
    /// others do. 0 to 10.
    /// </summary>
    public double RebalanceBand { get; init; } = 0.1;

    /// <summary>The largest |target| and the largest exposure over equity that a trade may leave; above 0 to
    /// 4.</summary>
    public double MaximumLeverage { get; init; } = 1;

    /// <summary>The fraction of the gross exposure below which equity is a margin call: at the next open every position
    /// is reduced until the exposure is <see cref="MaximumLeverage"/> × equity again. 0 (nothing is sold by force) to
    /// 1 / MaximumLeverage.</summary>
    public double MaintenanceMargin { get; init; }

    /// <summary>The largest share of a bar's volume that a fill may take; above 0 to 1. Below 1 the volume has to be
    /// known.</summary>
    public double MaximumParticipation { get; init; } = 1;

    /// <summary>Bars between a decision and its trade beyond the one that there always is: 0 trades at the next open; 0
    /// to 1,000.</summary>
    public int LatencyBars { get; init; }

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
        Require.InRange(MaintenanceMargin, 0, 1 / MaximumLeverage, nameof(MaintenanceMargin));
        Require.InRange(MaximumParticipation, 1e-9, 1, nameof(MaximumParticipation));
        Require.InRange(LatencyBars, 0, 1_000, nameof(LatencyBars));
        Require.InRange(PeriodsPerYear, 1, 1e7, nameof(PeriodsPerYear));
        Require.InRange(RuinFraction, 0, 0.999, nameof(RuinFraction));
        return this;
    }

    /// <summary>These options, for an account that knows no volumes.</summary>
    /// <exception cref="ArgumentException">They need them.</exception>
    internal ExecutionOptions WithoutVolumes() => MaximumParticipation == 1 && !Costs.NeedsLiquidity
        ? this
        : throw new ArgumentException(
            "A MaximumParticipation below 1 and the impact of orders need volumes, which are not known here; "
            + "PortfolioBacktester reads them (VolumeField).");
}
