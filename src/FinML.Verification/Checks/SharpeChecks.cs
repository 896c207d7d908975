using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Inference on Sharpe ratios and metrics of performance, held to published numbers, to other implementations'
/// own tests and to R.</summary>
internal static class SharpeChecks
{
    private const string Deflated = "Bailey, Lopez de Prado 2014";
    private const string Probabilistic = "Bailey, Lopez de Prado 2012: two hedge funds over 134 months";
    private const string Fifty = "rubenbriones/Probabilistic-Sharpe-Ratio, tests: 50 returns";
    private const string Lo = "Lo 2002";
    private const string LedoitWolf = "Ledoit, Wolf 2008: the authors' R code on their mutual funds";
    private const string Dax = "R, EuStockMarkets: log returns of the DAX";

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("statistics.dsr.normal", "deflated Sharpe ratio, 88 trials, normal returns", Deflated,
            0.9504908, 1e-7, _ => DeflatedSharpeRatio.Of(
                2.5 / Math.Sqrt(250), 88, 0.5 / 250, 1250, 0, RawKurtosis.Normal).Probability),
        .. new[] { (10, 1.574598301), (45, 2.235640178), (100, 2.530602893), (1000, 3.255121514) }.Select(pair =>
            new ReferenceCheck($"statistics.dsr.maximum-{pair.Item1}",
                $"expected largest of {pair.Item1} standard normals, by extreme-value theory", Deflated, pair.Item2,
                1e-9, _ => DeflatedSharpeRatio.ExpectedMaximum(pair.Item1))),
        new("statistics.psr.error-fund-1", "standard error, SR .7079, skewness -.2250, kurtosis 2.9570", Probabilistic,
            0.1028, 5e-5, _ => SharpeStandardError.Mertens(0.7079, 134, -0.2250, new(2.9570))),
        new("statistics.psr.error-fund-2", "standard error, SR .8183, skewness -1.4455, kurtosis 7.0497", Probabilistic,
            0.1550, 5e-5, _ => SharpeStandardError.Mertens(0.8183, 134, -1.4455, new(7.0497))),
        new("statistics.mintrl.fund-1", "minimum track record length of the first, years", Probabilistic,
            0.7152, 5e-5, _ => MinimumTrackRecordLength.Of(0.7079, 0, -0.2250, new(2.9570)).Observations / 12),
        new("statistics.mintrl.fund-2", "minimum track record length of the second, years", Probabilistic,
            1.1593, 5e-5, _ => MinimumTrackRecordLength.Of(0.8183, 0, -1.4455, new(7.0497)).Observations / 12),
        new("statistics.mintrl.daily", "minimum track record length, SR 2 against 1, daily, years", "pypbo, tests",
            2.7311878017281761, 1e-11, _ => TrackRecordYears(250)),
        new("statistics.mintrl.weekly", "minimum track record length, SR 2 against 1, weekly, years", "pypbo, tests",
            2.8288335869452368, 1e-11, _ => TrackRecordYears(52)),
        new("statistics.minbtl.bound", "upper bound of the minimum backtest length, 45 trials (years)",
            "Bailey, Borwein, Lopez de Prado, Zhu 2014", 7.613, 5e-4, _ => MinimumBacktestLength.UpperBoundYears(45)),
        new("statistics.psr.fifty-sharpe", "Sharpe ratio", Fifty, 0.24171729852769172, 1e-12,
            _ => FiftyReturns().PerPeriod),
        new("statistics.psr.fifty-error", "standard error", Fifty, 0.16466174867277414, 1e-12,
            _ => FiftyReturns().StandardError),
        new("statistics.psr.fifty", "probability that it is above .05", Fifty, 0.877850770122146, 1e-12,
            _ => ProbabilisticSharpeRatio.Of(FiftyReturns(), 0.05).Probability),
        new("statistics.mintrl.fifty", "minimum track record length against .05 at 90 %", Fifty,
            60.365085269027084, 1e-10, _ => MinimumTrackRecordLength.Of(FiftyReturns(), 0.05, 0.9).Observations),
        new("statistics.psr.raw-kurtosis", "(n - 1) times the variance of a normal Sharpe ratio, less 1, over SR^2",
            "closed form 1/2; quantstats takes 3 off an excess kurtosis and has -1/4", 0.5, 1e-12, _ =>
                (99 * Math.Pow(SharpeStandardError.Mertens(0.4, 100, 0, new ExcessKurtosis(0).ToRaw()), 2) - 1) / 0.16),
        .. new[] { (-0.2, 4.170848014), (0, 3.464101615), (0.2, 2.878848691), (0.9, 1.207037529) }.Select(pair =>
            new ReferenceCheck($"statistics.eta.{(pair.Item1 < 0 ? "minus-" : "")}{Math.Abs(10 * pair.Item1):0}",
                $"eta(12) of an AR({pair.Item1:0.#})", Lo, pair.Item2, 1e-9, _ => LoAnnualisation.Eta(
                    12, [.. Enumerable.Range(1, 11).Select(k => Math.Pow(pair.Item1, k))]))),
        new("statistics.sharpe.error-12", "standard error, SR .5, 12 returns", Lo, 0.3061862, 5e-8,
            _ => SharpeStandardError.LoNormal(0.5, 12)),
        new("statistics.sharpe.error-60", "standard error, SR 1.5, 60 returns", Lo, 0.1881932, 5e-8,
            _ => SharpeStandardError.LoNormal(1.5, 60)),
        new("statistics.ledoit-wolf.first", "Sharpe ratio of the first fund", LedoitWolf, 0.10745501, 1e-8,
            _ => SharpeRatio.Of(Fund(1)).PerPeriod),
        new("statistics.ledoit-wolf.second", "Sharpe ratio of the second fund", LedoitWolf, 0.01074871, 1e-8,
            _ => SharpeRatio.Of(Fund(2)).PerPeriod),
        new("statistics.ledoit-wolf.difference", "their difference", LedoitWolf, 0.0967063, 1e-8,
            _ => LedoitWolfTest.Run(Fund(1), Fund(2)).Difference),
        new("statistics.ledoit-wolf.error", "kernel standard error of the difference", LedoitWolf, 0.05255350, 1e-8,
            _ => LedoitWolfTest.Run(Fund(1), Fund(2)).StandardError),
        new("statistics.ledoit-wolf.error-prewhitened", "prewhitened standard error", LedoitWolf, 0.05337753, 1e-8,
            _ => LedoitWolfTest.Run(Fund(1), Fund(2), prewhiten: true).StandardError),
        new("statistics.ledoit-wolf.p", "p-value", LedoitWolf, 0.06574628, 1e-8,
            _ => LedoitWolfTest.Run(Fund(1), Fund(2)).PValue),
        new("statistics.ledoit-wolf.p-prewhitened", "prewhitened p-value", LedoitWolf, 0.07002612, 1e-8,
            _ => LedoitWolfTest.Run(Fund(1), Fund(2), prewhiten: true).PValue),
        new("statistics.ledoit-wolf.bootstrap-5", "studentised bootstrap p-value, blocks of 5", LedoitWolf,
            0.0872, 0.015, _ => LedoitWolfBootstrap.Run(Fund(1), Fund(2), 5).PValue),
        new("statistics.ledoit-wolf.bootstrap-10", "studentised bootstrap p-value, blocks of 10", LedoitWolf,
            0.1166, 0.015, _ => LedoitWolfBootstrap.Run(Fund(1), Fund(2), 10).PValue),
        new("statistics.jobson-korkie.z", "Jobson-Korkie-Memmel z of the funds", LedoitWolf, 2.058857, 5e-7,
            _ => JobsonKorkieTest.Run(Fund(1), Fund(2)).Statistic),
        new("statistics.jobson-korkie.p", "Jobson-Korkie-Memmel p-value", LedoitWolf, 0.03950796, 1e-8,
            _ => JobsonKorkieTest.Run(Fund(1), Fund(2)).PValue),
        Golden("mean", "mean", 0.0006520417477, series => Moments.Of(series.Values).Mean),
        Golden("sd", "standard deviation", 0.0103008366, series => Moments.Of(series.Values).StandardDeviation()),
        Golden("skewness", "skewness", -0.5540533145, series => Moments.Of(series.Values).Skewness),
        Golden("kurtosis", "raw kurtosis", 9.279689018, series => Moments.Of(series.Values).Kurtosis.Value),
        Golden("error", "standard error of the Sharpe ratio", 0.02369710903,
            series => SharpeRatio.Of(series).StandardError),
        Golden("mintrl", "minimum track record length at 95 %, returns", 705.5067315,
            series => MinimumTrackRecordLength.Of(SharpeRatio.Of(series)).Observations),
        Golden("eta", "eta(12)", 3.655463036, series => LoAnnualisation.Eta(12, series)),
        Golden("drawdown", "depth of the maximum drawdown, 1 + x compounded", 0.2312978064,
            series => Drawdown.Maximum(series).Depth),
        Golden("downside", "downside deviation, target 0", 0.007195749912, series => DownsideRisk.Deviation(series)),
        Golden("omega", "Omega ratio, target 0", 1.193954657, series => DownsideRisk.OmegaRatio(series)),
        Golden("quantile", "value at risk at 5 %", 0.0157788448, series => TailRisk.ValueAtRisk(series)),
        Golden("cvar", "expected shortfall at 5 %", 0.02366912605, series => TailRisk.ConditionalValueAtRisk(series)),
        Golden("tail-ratio", "tail ratio", 1.054509897, series => TailRisk.TailRatio(series)),
        new("statistics.dax.alpha", "DAX: alpha against the FTSE per day", Dax, 0.0002944639311, 3e-13,
            context => Market(context).AlphaPerPeriod),
        new("statistics.dax.beta", "DAX: beta against the FTSE", Dax, 0.8277550219, 1e-9,
            context => Market(context).Beta),
    ];

    /// <summary>Ten digits stand in the reference, nine for the quantile.</summary>
    private static ReferenceCheck Golden(
        string id, string description, double expected, Func<ReturnSeries, double> number) =>
        new($"statistics.dax.{id}", "DAX: " + description, Dax, expected, 3e-9 * Math.Abs(expected),
            context => number(ReturnSeries.Simple(IndexReturns.Log(context, "DAX"), 252)));

    private static BenchmarkRegression Market(VerificationContext context) => BenchmarkRegression.Fit(
        ReturnSeries.Simple(IndexReturns.Log(context, "DAX"), 252),
        ReturnSeries.Simple(IndexReturns.Log(context, "FTSE"), 252));

    private static double TrackRecordYears(double periods) => MinimumTrackRecordLength.Of(
        2 / Math.Sqrt(periods), 1 / Math.Sqrt(periods), 0, RawKurtosis.Normal).Observations / periods;

    private static SharpeRatio FiftyReturns() =>
        SharpeRatio.Of(ReturnSeries.Simple(Samples.Column("psr_returns.csv", "return"), 252));

    private static ReturnSeries Fund(int number) =>
        ReturnSeries.Log(Samples.Column("ledoit_wolf_mutual_funds.csv", $"fund{number}"), 12);
}
