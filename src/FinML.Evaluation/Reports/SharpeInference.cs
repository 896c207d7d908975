using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>The bootstrap intervals and paired tests of Sharpe ratios that every report is made of.</summary>
internal static class SharpeInference
{
    /// <summary>
    /// The annualised Sharpe ratio with its stationary-bootstrap interval; null where returns are constant, or so many
    /// of them the same that a resample can be.
    /// </summary>
    internal static SharpeInterval? Interval(IReadOnlyList<double> returns, BacktestReportOptions options)
    {
        double[] excess = Excess(returns, options);
        if (IsConstant(excess))
            return null;
        var statistic = SampleStatistic.Sharpe;
        double year = Math.Sqrt(options.PeriodsPerYear);
        try
        {
            var interval =
                StationaryBootstrap.Automatic(excess, statistic).Interval(excess, statistic, options.Bootstrap);
            return new SharpeInterval(interval.Estimate * year, interval.Lower * year, interval.Upper * year);
        }
        catch (InvalidOperationException)
        {
            return null; // a resample without a return that differs has no ratio
        }
    }

    /// <summary>
    /// The paired test of two annualised Sharpe ratios; null where one is constant (or a resample of it is) or both are
    /// the same returns.
    /// </summary>
    internal static SharpeComparison? Compare(
        IReadOnlyList<double> strategy, IReadOnlyList<double> benchmark, BacktestReportOptions options)
    {
        double[] first = Excess(strategy, options), second = Excess(benchmark, options);
        if (IsConstant(first) || IsConstant(second) || first.AsSpan().SequenceEqual(second))
            return null;
        double year = Math.Sqrt(options.PeriodsPerYear);
        try
        {
            var difference = SharpeDifferenceTest.Run(
                ReturnSeries.Simple(first, options.PeriodsPerYear),
                ReturnSeries.Simple(second, options.PeriodsPerYear),
                options: options.Bootstrap);
            return new SharpeComparison(
                difference.Interval.Estimate * year,
                difference.Interval.Lower * year,
                difference.Interval.Upper * year,
                difference.Test.PValue,
                difference.Test.MonteCarloError);
        }
        catch (InvalidOperationException)
        {
            return null; // a resample without a return that differs has no ratio
        }
    }

    /// <summary>The usual figures, with the options' frequency and riskless rate.</summary>
    internal static PerformanceSummary Summary(IReadOnlyList<double> returns, BacktestReportOptions options) =>
        PerformanceSummary.Of(
            ReturnSeries.Simple(returns.ToArray(), options.PeriodsPerYear),
            new SharpeOptions { RiskFreePerPeriod = options.RiskFreePerPeriod });

    /// <summary>The annualised Sharpe ratio; null for fewer than ten returns or constant ones.</summary>
    internal static double? Annualised(ReadOnlySpan<double> returns, BacktestReportOptions options)
    {
        if (returns.Length < 10)
            return null;
        Moments moments = Moments.Of(returns);
        return moments.IsConstant
            ? null
            : (moments.Mean - options.RiskFreePerPeriod) / moments.StandardDeviation()
                * Math.Sqrt(options.PeriodsPerYear);
    }

    private static double[] Excess(IReadOnlyList<double> returns, BacktestReportOptions options) =>
        returns.Select(value => value - options.RiskFreePerPeriod).ToArray();

    private static bool IsConstant(double[] values) => Moments.Of(values).IsConstant;
}
