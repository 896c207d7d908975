using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Unit roots, dependence, structure and regimes, held to published numbers, statsmodels and R.</summary>
internal static class TimeSeriesChecks
{
    private const string Statsmodels = "statsmodels 0.13.5, make_time_series.py";
    private const string Strucchange = "R, strucchange 1.5-3: sctest(efp(Nile ~ 1))";
    private const string VarianceRatioSource = "R, the formulas of Lo and MacKinlay 1988, make_structure.R";
    private const string Hamilton =
        "Hamilton 1989, growth of US real GNP 1951-1984, digits of EViews in statsmodels' tests";

    private static readonly Lazy<MarkovSwitchingFit> Gnp = new(() => MarkovSwitchingModel.Fit(
        Samples.Column("hamilton_gnp.csv", "growth"),
        new MarkovSwitchingOptions { Lags = 4, SwitchingVariance = false }));

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("statistics.timeseries.pacf", "partial autocorrelation at lag 3, luteinising hormone", "R, pacf(lh)",
            -0.226940201650241, 1e-12, _ => PartialAutocorrelation.Compute(Lh, 3)[3]),
        new("statistics.timeseries.adf.nile", "augmented Dickey-Fuller t, Nile, lag by AIC", Statsmodels,
            -4.04870509691, 1e-9, _ => AugmentedDickeyFuller.Test(Nile).Statistic),
        new("statistics.timeseries.adf.nile-p", "its p-value, MacKinnon 1994", Statsmodels,
            0.00117588795039, 1e-11, _ => AugmentedDickeyFuller.Test(Nile).PValue),
        new("statistics.timeseries.adf.critical", "its 5 % critical value, MacKinnon 2010", Statsmodels,
            -2.891516257, 1e-8, _ => AugmentedDickeyFuller.Test(Nile).Critical.FivePercent),
        new("statistics.timeseries.adf.trend", "with a trend, lag by BIC", Statsmodels, -6.60799142082, 1e-9,
            _ => AugmentedDickeyFuller.Test(Nile, TrendTerms.Trend, LagChoice.Bic).Statistic),
        new("statistics.timeseries.adf.urca", "with 2 lags", "R, urca: ur.df(Nile, \"drift\", 2)", -3.158820884705,
            1e-9, _ => AugmentedDickeyFuller.Test(Nile, TrendTerms.Constant, LagChoice.Fixed, 2).Statistic),
        new("statistics.timeseries.kpss.auto", "KPSS around a level, Nile, automatic lags", Statsmodels,
            0.869120559378, 1e-10, _ => Kpss.Test(Nile).Statistic),
        new("statistics.timeseries.kpss.trend", "KPSS around a trend, Nile, 12 lags: p-value", Statsmodels,
            0.03084337236, 1e-9, _ => Kpss.Test(Nile, TrendTerms.Trend, KpssLags.Long).PValue),
        new("statistics.timeseries.kpss.short", "KPSS around a level, 4 lags", "R, urca: ur.kpss(Nile, \"mu\")",
            0.9654349077527, 1e-11, _ => Kpss.Test(Nile, TrendTerms.Constant, KpssLags.Short).Statistic),
        new("statistics.timeseries.arch-lm", "ARCH-LM with 5 lags, DAX 1991-1998", Statsmodels, 71.6942462297, 1e-7,
            context => ArchTest.Test(Dax(context), 5).Statistic),
        new("statistics.timeseries.variance-ratio", "variance ratio over 10 days, DAX", VarianceRatioSource,
            0.8991979365249, 1e-10, context => VarianceRatio.Test(Dax(context), 10).Ratio),
        new("statistics.timeseries.variance-ratio.z1", "its z under equal variances", VarianceRatioSource,
            -1.287231597149, 1e-9, context => VarianceRatio.Test(Dax(context), 10, robust: false).Statistic),
        new("statistics.timeseries.variance-ratio.z2", "its z under unequal variances", VarianceRatioSource,
            -0.9702963734905, 1e-9, context => VarianceRatio.Test(Dax(context), 10).Statistic),
        new("statistics.timeseries.cusum.recursive", "CUSUM of recursive residuals, Nile", Strucchange,
            2.066920888903, 1e-10, _ => CusumTest.Recursive(Nile, DesignMatrix.Intercept(100)).Statistic),
        new("statistics.timeseries.cusum.ols", "CUSUM of least-squares residuals, Nile", Strucchange,
            2.951766102663, 1e-10, _ => CusumTest.LeastSquares(Nile, DesignMatrix.Intercept(100)).Statistic),
        new("statistics.timeseries.cusum.ols-p", "its p-value", Strucchange, 5.408553460651e-08, 1e-15,
            _ => CusumTest.LeastSquares(Nile, DesignMatrix.Intercept(100)).PValue),
        new("statistics.timeseries.quandt-andrews", "largest F of a break in the Nile's mean", "R, strucchange: Fstats",
            75.92976942749, 1e-8, _ => QuandtAndrews.Test(Nile, DesignMatrix.Intercept(100)).Statistic),
        new("statistics.timeseries.quandt-andrews.break", "where: rows before the dam at Aswan, 1871-1898",
            "R, strucchange: Fstats", 28, 0, _ => QuandtAndrews.Test(Nile, DesignMatrix.Intercept(100)).Break),
        new("statistics.timeseries.hamilton.likelihood", "two regimes of growth, AR(4): log-likelihood", Hamilton,
            -181.26339, 1e-5, _ => Gnp.Value.LogLikelihood),
        .. Regimes("p00", "a recession goes on", 0, .754673, .0965189),
        .. Regimes("p10", "an expansion ends", 1, .095915, .0377362),
        .. Regimes("recession", "growth in a recession, per cent a quarter", 2, -.358811, .2645396),
        .. Regimes("expansion", "growth in an expansion, per cent a quarter", 3, 1.163516, .0745187),
        .. Regimes("ar1", "first autoregressive coefficient", 5, .013486, .1199942),
        .. Regimes("ar4", "fourth autoregressive coefficient", 8, -.212923, .1105311),
        new("statistics.timeseries.hamilton.smoothed", "smoothed probability of expansion, 1957:2", Hamilton, .03527,
            2e-5, _ => Gnp.Value.Probabilities.Smoothed[20][1]),
        new("statistics.timeseries.mswitch", "mean and autoregression switch: log-likelihood at Stata's estimates",
            "Stata, [TS] mswitch, in statsmodels' tests", -179.32354, 1e-5, _ => StatasLikelihood()),
        new("statistics.timeseries.har", "HAR of the DAX's variance over five days: coefficient of the last week",
            "R, lm, make_har.R", 0.2408888814505, 1e-10, context => Har(context).Regression.Coefficients[1]),
        new("statistics.timeseries.har.error", "its Newey-West error, 4 lags", "R, sandwich 3.0-2, make_har.R",
            0.09850958441016, 1e-10, context => Har(context).Regression.StandardErrors[1]),
    ];

    private static double[] Nile => Samples.Column("nile.csv", "nile");

    private static double[] Lh => Samples.Column("lh.csv", "lh");

    private static double[] Dax(VerificationContext context) => IndexReturns.Log(context, "DAX");

    private static HarModel Har(VerificationContext context) => HarModel.Fit(
        RealisedMeasure.Variances(Array.ConvertAll(Dax(context), r => 100 * r), 5), new HarOptions { ErrorLags = 4 });

    private static double StatasLikelihood() => new MarkovSwitchingModel
    {
        Transitions = [[.3812383, 1 - .3812383], [.3564492, 1 - .3564492]],
        Means = [-.0055216, 1.195482],
        Deviations = [.6677098, .6677098],
        Autoregression = [[.3710719, .7002937], [.4621503, -.3206652]],
    }.Probabilities(Samples.Column("hamilton_gnp.csv", "growth")).LogLikelihood;

    private static IEnumerable<ReferenceCheck> Regimes(
        string id, string description, int index, double expected, double error)
    {
        yield return new ReferenceCheck($"statistics.timeseries.hamilton.{id}", description, Hamilton, expected, 1e-5,
            _ => Gnp.Value.Parameters[index]);
        yield return new ReferenceCheck($"statistics.timeseries.hamilton.{id}.error", $"its standard error: {id}",
            Hamilton, error, 2e-5, _ => Gnp.Value.StandardErrors()[index]);
    }
}
