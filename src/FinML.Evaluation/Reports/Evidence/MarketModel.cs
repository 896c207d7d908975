using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>Excess returns on those of the benchmark: what is left of a strategy when the market's part is taken off,
/// with
/// standard errors that allow for heteroscedasticity and autocorrelation (Newey and West, lags by Andrews).</summary>
/// <param name="AlphaPerYear">Intercept times the periods in a year.</param>
/// <param name="AlphaError">Its standard error, a year.</param>
/// <param name="AlphaPValue">Two-sided p-value of alpha = 0.</param>
/// <param name="Beta">Slope on the benchmark.</param>
/// <param name="BetaError">Its standard error.</param>
/// <param name="Correlation">With the benchmark.</param>
/// <param name="InformationRatio">A year; null where the strategy differs from the benchmark by a constant.</param>
/// <param name="Method">Of the standard errors.</param>
public sealed record MarketModel(
    double AlphaPerYear,
    double AlphaError,
    double AlphaPValue,
    double Beta,
    double BetaError,
    double Correlation,
    double? InformationRatio,
    string Method)
{
    /// <summary>Null without a benchmark, where one of the two is constant, or where the strategy is the benchmark.
    /// </summary>
    internal static MarketModel? Of(EvidenceInput input, BacktestReportOptions options)
    {
        if (input.Benchmark is not { } benchmark)
            return null;
        double[] y = Excess(input.NetReturns), x = Excess(benchmark.Values);
        if (Moments.Of(y).IsConstant || Moments.Of(x).IsConstant || y.AsSpan().SequenceEqual(x))
            return null;
        var regression = BenchmarkRegression.Fit(Series(y), Series(x));
        var fit = LinearRegression.Fit(
            y, DesignMatrix.Of(("market", x)).WithIntercept(),
            CovarianceEstimator.NeweyWest(Bandwidth.Andrews));
        return new MarketModel(
            regression.AlphaPerYear,
            fit.StandardError(DesignMatrix.InterceptName) * options.PeriodsPerYear,
            fit.PValues[fit.IndexOf(DesignMatrix.InterceptName)],
            regression.Beta,
            fit.StandardError("market"),
            regression.Correlation,
            regression.InformationRatio,
            fit.CovarianceMethod);

        double[] Excess(IReadOnlyList<double> values) =>
            [.. values.Select(value => Math.Max(-1, value - options.RiskFreePerPeriod))];

        ReturnSeries Series(double[] values) => ReturnSeries.Simple(values, options.PeriodsPerYear);
    }
}
