using FinML.Data;
using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Sharpe inference, autocorrelation and the bootstrap, held to published numbers.</summary>
internal static class StatisticsChecks
{
    private const string DeflatedSource = "Bailey, Lopez de Prado 2014, the example: SR 2.5 a year, 5 years of days";
    private const string ProbabilisticSource = "Bailey, Lopez de Prado 2012: SR .458 a month over 24 months";
    private const string LongMemorySource = "Ding, Granger, Engle 1993: |r| of the S&P 500, 1928-1991";

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("statistics.dsr.threshold", "expected maximum daily Sharpe ratio of 100 trials", DeflatedSource,
            0.1131720019, 1e-9, _ => PaperExample(100).ExpectedMaximumSharpe),
        new("statistics.dsr.paper", "deflated Sharpe ratio, 100 trials", DeflatedSource,
            0.9003968344, 1e-9, _ => PaperExample(100).Probability),
        new("statistics.dsr.fewer-trials", "deflated Sharpe ratio, 46 trials", DeflatedSource,
            0.9505017, 1e-6, _ => PaperExample(46).Probability),
        new("statistics.psr.normal", "probabilistic Sharpe ratio, normal returns", ProbabilisticSource,
            0.982, 5e-4, _ => ProbabilisticSharpeRatio.Of(0.458, 0, 24, 0, new RawKurtosis(3)).Probability),
        new("statistics.psr.fat-tails", "probabilistic Sharpe ratio, skewness -2.448, kurtosis 10.164",
            ProbabilisticSource, 0.91323430688486018, 1e-9,
            _ => ProbabilisticSharpeRatio
                .Of(1.585 / Math.Sqrt(12), 0, 24, -2.448, new RawKurtosis(10.164)).Probability),
        new("statistics.minbtl.45", "minimum backtest length, 45 trials, target SR 1 (years)",
            "Bailey, Borwein, Lopez de Prado, Zhu 2014", 4.998087004, 1e-8, _ => MinimumBacktestLength.Years(45)),
        new("statistics.acf.lag-1", "autocorrelation of |r| at lag 1", LongMemorySource,
            0.318, 5e-4, context => AbsoluteAutocorrelation(context, 1)),
        new("statistics.acf.lag-100", "autocorrelation of |r| at lag 100", LongMemorySource,
            0.163, 6e-4, context => AbsoluteAutocorrelation(context, 100)),
        new("statistics.sharpe.dax", "daily Sharpe ratio of the DAX 1991-1998, log returns, divisor n - 1",
            "R, EuStockMarkets: mean(r) / sd(r)", 0.06329988263, 1e-10, context => Dax(context).PerPeriod),
        new("statistics.psr.dax", "probability that the DAX's Sharpe ratio is above 0",
            "R, EuStockMarkets", 0.9962210484, 1e-8, context => ProbabilisticSharpeRatio.Of(Dax(context)).Probability),
        new("statistics.bootstrap.blocks", "automatic block length (stationary bootstrap) of the FTSE's log returns",
            "Politis-White with Patton's correction, arch's algorithm", 3.19667693481, 1e-9,
            context => PolitisWhiteBlockLength.Select(IndexReturns.Log(context, "FTSE")).Stationary),
        new("statistics.bootstrap.error", "bootstrap standard error of a mean over its closed form, block length 1",
            "sd / sqrt(n) with divisor n: 1 but for 20,000 resamples' chance", 1, 0.02, BootstrapErrorRatio),
        new("statistics.bootstrap.coverage", "share of 95% intervals that hold the mean, 400 AR(.3) samples of 250",
            "nominal .95; Monte Carlo error .011, small-sample loss up to .03", 0.935, 0.03, _ => Coverage()),
    ];

    private static DeflatedSharpeRatio PaperExample(int trials) => DeflatedSharpeRatio.Of(
        2.5 / Math.Sqrt(250), trials, 0.5 / 250, 1250, -3, new RawKurtosis(10));

    private static double AbsoluteAutocorrelation(VerificationContext context, int lag)
    {
        double[] returns = context.Catalog.Load("sp500-dge").Column(0, 0).ToArray();
        return Autocorrelation.At(Array.ConvertAll(returns, Math.Abs), lag);
    }

    private static SharpeRatio Dax(VerificationContext context) =>
        SharpeRatio.Of(ReturnSeries.Log(IndexReturns.Log(context, "DAX"), periodsPerYear: 252));

    private static double BootstrapErrorRatio(VerificationContext context)
    {
        double[] returns = IndexReturns.Log(context, "FTSE");
        var interval = new IidBootstrap().Interval(
            returns, SampleStatistic.Mean, new BootstrapOptions { Replicates = 20_000, Seed = 1 });
        return interval.StandardError / (Moments.Of(returns).StandardDeviation(0) / Math.Sqrt(returns.Length));
    }

    private static double Coverage()
    {
        const int Samples = 400, Length = 250;
        int covered = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            var random = new RandomStream(1, (ulong)sample);
            var values = new double[Length];
            double state = random.NextNormal() / Math.Sqrt(1 - 0.09); // stationary from the first value on
            for (int t = 0; t < Length; t++)
            {
                values[t] = state;
                state = 0.3 * state + random.NextNormal();
            }

            var interval = StationaryBootstrap.Automatic(values).Interval(
                values, SampleStatistic.Mean, new BootstrapOptions { Replicates = 999, Seed = (ulong)sample });
            covered += interval.Contains(0) ? 1 : 0;
        }

        return covered / (double)Samples;
    }
}
