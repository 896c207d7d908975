using FinML.Markets;

namespace FinML.Evaluation;

/// <summary>The Sharpe ratio and the return as costs grow.</summary>
public sealed record CostCurve
{
    /// <summary>What the levels are.</summary>
    public required CostCurveKind Kind { get; init; }

    /// <summary>In rising order of costs.</summary>
    public required IReadOnlyList<CostPoint> Points { get; init; }

    /// <summary>The level at which the mean return falls to the riskless rate, by interpolation; null where that lies
    /// beyond the levels, or where it is not above it without costs.</summary>
    public required double? BreakEven { get; init; }

    /// <summary>Whether the strategy earns less than the riskless rate at every level.</summary>
    public required bool LosesWithoutCosts { get; init; }

    internal static CostCurve Of(EvidenceInput input, BacktestReportOptions options)
    {
        if (input is { Backtest: { } run, Rerun: { } rerun })
        {
            CostModel costs = run.Execution.Costs;
            double[] possible = [.. options.CostMultiples.Where(multiple => IsPossible(costs, multiple))];
            return Of(CostCurveKind.Rerun, possible, options, multiple =>
                rerun(run.Execution with { Costs = costs.Times(multiple) }).NetReturns);
        }

        if (input.Backtest is { } backtest)
        {
            return Of(CostCurveKind.Recorded, options.CostMultiples, options, multiple =>
                [.. backtest.GrossReturns.Select((gross, t) => Math.Max(-1, gross - multiple * backtest.Costs[t]))]);
        }

        return Of(CostCurveKind.PerYear, options.CostsPerYear, options, cost =>
            [.. input.NetReturns.Select(value => Math.Max(-1, value - cost / options.PeriodsPerYear))]);
    }

    /// <summary>The strategy with its decisions carried out later; null where it cannot be run again.</summary>
    internal static IReadOnlyList<CostPoint>? Delays(EvidenceInput input, BacktestReportOptions options)
    {
        if (input is not { Backtest: { } run, Rerun: { } rerun })
            return null;
        return
        [
            .. Enumerable.Range(0, options.DelayBars + 1).Select(bars => Point(
                bars,
                rerun(run.Execution with { LatencyBars = run.Execution.LatencyBars + bars }).NetReturns,
                options)),
        ];
    }

    /// <summary>Five times a cost that is high already may be more than a cost model takes.</summary>
    private static bool IsPossible(CostModel costs, double multiple)
    {
        try
        {
            costs.Times(multiple);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static CostCurve Of(
        CostCurveKind kind,
        IReadOnlyList<double> levels,
        BacktestReportOptions options,
        Func<double, IReadOnlyList<double>> returns)
    {
        var points = new List<CostPoint>();
        double? breakEven = null;
        double before = 0, last = 0;
        foreach (double level in levels)
        {
            IReadOnlyList<double> now = returns(level);
            double excess = now.Average() - options.RiskFreePerPeriod;
            if (points.Count > 0 && before > 0 && excess <= 0 && breakEven is null)
                breakEven = last + (level - last) * before / (before - excess);
            points.Add(Point(level, now, options));
            (before, last) = (excess, level);
        }

        return new CostCurve
        {
            Kind = kind,
            Points = points,
            BreakEven = breakEven,
            LosesWithoutCosts = breakEven is null && before <= 0,
        };
    }

    private static CostPoint Point(double level, IReadOnlyList<double> returns, BacktestReportOptions options) => new(
        level,
        SharpeInference.Annualised(returns.ToArray(), options),
        SharpeInference.Summary(returns, options).AnnualisedReturn);
}
