using FinML.Data;
using FinML.Markets;
using FinML.Statistics;

namespace FinML.Evaluation.Tests.Reports;

public sealed class BacktestReportTests : IDisposable
{
    private const int Days = 1_000;
    private static readonly BacktestReportOptions Options =
        new() { Bootstrap = new BootstrapOptions { Replicates = 499, Seed = 1 } };

    private readonly string folder = Directory.CreateTempSubdirectory("finml-report-").FullName;
    private readonly TrialLedger ledger;

    public BacktestReportTests() => ledger = TrialLedger.Open(Path.Combine(folder, "ledger.db"));

    public void Dispose()
    {
        ledger.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Its_numbers_are_those_of_the_parts()
    {
        var report = BacktestReport.Create(ledger, Enter("hold", Hold), [Enter("half", HalfTheTime)], Options);

        var half = report["half"];
        var returns = ReturnSeries.Simple(half.Backtest.NetReturns.ToArray(), 252);
        Assert.Equal(SharpeRatio.Of(returns).Annualised, half.NetSharpe!.Estimate, 12);
        Assert.Equal(
            ProbabilisticSharpeRatio.Of(SharpeRatio.Of(returns)).Probability, half.Probabilistic!.Probability, 12);
        Assert.Equal(
            half.NetSharpe.Estimate - report.Benchmark.NetSharpe!.Estimate, half.AgainstBenchmark!.Difference, 12);
        Assert.InRange(half.NetSharpe.Estimate, half.NetSharpe.Lower, half.NetSharpe.Upper);
        Assert.Equal(half.Backtest.Turnover.Sum() * 252 / half.Backtest.Length, half.TurnoverPerYear, 9);
        Assert.True(half.Gross.AnnualisedReturn > half.Net.AnnualisedReturn);
        Assert.Null(report.Benchmark.AgainstBenchmark);
    }

    [Fact]
    public void Every_trial_counts_and_baselines_do_not()
    {
        var entries = Enumerable.Range(0, 7).Select(i => Enter($"trial {i}", t => (t / (i + 2)) % 2)).ToList();
        var baseline = Enter("momentum", HalfTheTime, TrialKind.Baseline);

        var report = BacktestReport.Create(
            ledger, Enter("hold", Hold, TrialKind.Baseline), [.. entries, baseline], Options);

        Assert.Equal(7, report.Trials);
        var alone = report["trial 0"].Probabilistic!.Probability;
        Assert.True(
            report["trial 0"].Deflated!.Probability < alone, "seven trials did not lower the Sharpe ratio's evidence");
        Assert.Contains("7 trials", ReportTables.Evidence(report).ToText());
    }

    [Fact]
    public void The_same_run_entered_twice_counts_once()
    {
        var first = BacktestReport.Create(ledger, Enter("hold", Hold), [Enter("half", HalfTheTime)], Options);
        var second = BacktestReport.Create(ledger, Enter("hold", Hold), [Enter("half", HalfTheTime)], Options);

        Assert.Equal(first.Trials, second.Trials);
        Assert.Equal(ReportTables.Evidence(first).ToText(), ReportTables.Evidence(second).ToText());
    }

    [Fact]
    public void A_strategy_that_never_trades_is_a_trial_without_a_verdict()
    {
        var report = BacktestReport.Create(
            ledger, Enter("hold", Hold, TrialKind.Baseline), [Enter("flat", _ => 0)], Options);

        Assert.Equal(1, report.Trials);
        Assert.Null(report["flat"].NetSharpe);
        Assert.StartsWith("No verdict", Verdict.Of(report, "flat"));
        Assert.Contains("flat", ReportTables.Performance(report).ToText());
    }

    [Fact]
    public void A_verdict_needs_both_the_benchmark_beaten_and_the_trials_paid_for()
    {
        // Knows half of the days: the sign of tomorrow's return on even days.
        var clairvoyant = Enter(
            "clairvoyant", t => t % 2 == 0 && t + 2 < Days ? Math.Sign(Opens[t + 2] - Opens[t + 1]) : 0);
        var report = BacktestReport.Create(
            ledger, Enter("hold", Hold, TrialKind.Baseline), [clairvoyant, Enter("half", HalfTheTime)], Options);

        Assert.EndsWith("the evidence supports that it beats hold.", Verdict.Of(report, "clairvoyant"));
        Assert.Contains("no evidence", Verdict.Of(report, "half"));
        Assert.Contains("2 trials", Verdict.Of(report, "half"));
    }

    [Fact]
    public void One_strategy_of_it_is_examined_with_the_trials_of_the_ledger()
    {
        var report = BacktestReport.Create(
            ledger,
            Enter("hold", Hold, TrialKind.Baseline),
            [
                Enter("half", HalfTheTime), Enter("thirds", t => t / 30 % 3 - 1),
                Enter("coin", t => t % 2, TrialKind.Baseline),
            ],
            Options);

        var evidence = report.Examine("half", execution => Run("half", HalfTheTime, execution));

        Assert.Equal(report["half"].NetSharpe, evidence.Sharpe!.Annual);
        Assert.Equal(report["half"].Deflated!.Probability, evidence.Sharpe.Deflated.Probability, 12);
        Assert.Equal(report["half"].AgainstBenchmark, evidence.Baselines[0].Difference);
        Assert.Equal(["hold", "coin"], evidence.Baselines.Take(2).Select(b => b.Name));
        Assert.Equal(["half", "thirds"], evidence.Input.Strategies.Select(s => s.Name));
        Assert.Contains(evidence.Verdict.Reasons, r => r.Contains("the ledger has 2 of this experiment"));
        Assert.Equal(
            evidence.Sharpe.Annual.Estimate, evidence.Costs.Points.Single(p => p.Level == 1).Sharpe!.Value, 12);
        Assert.Null(report.Examine("hold").Input.Benchmark);
    }

    [Fact]
    public void A_short_record_is_refused_a_ranking()
    {
        var report = BacktestReport.Create(
            ledger, Enter("hold", Hold, days: 200), [Enter("half", HalfTheTime, days: 200)], Options);

        Assert.StartsWith("Insufficient data: 199 returns", Verdict.Of(report, "half"));
    }

    [Fact]
    public void Different_periods_and_unknown_names_are_refused()
    {
        var periods = Assert.Throws<ArgumentException>(() => BacktestReport.Create(
            ledger, Enter("hold", Hold), [Enter("half", HalfTheTime, days: 500)], Options));
        Assert.Contains("499 periods", periods.Message);
        Assert.Contains("999", periods.Message);

        var report = BacktestReport.Create(ledger, Enter("hold", Hold), [Enter("half", HalfTheTime)], Options);
        var name = Assert.Throws<ArgumentException>(() => report["halve"]);
        Assert.Contains("'halve'", name.Message);
        Assert.Contains("half", name.Message);
    }

    private static readonly double[] Opens = Prices();

    private static double Hold(int t) => 1;

    private static double HalfTheTime(int t) => t / 20 % 2;

    private static double[] Prices()
    {
        var random = new RandomStream(11);
        var prices = new double[Days];
        prices[0] = 100;
        for (int t = 1; t < Days; t++)
            prices[t] = prices[t - 1] * Math.Exp(0.0003 + 0.01 * random.NextNormal());
        return prices;
    }

    private RecordedBacktest Enter(
        string name, Func<int, double> target, TrialKind kind = TrialKind.Trial, int days = Days)
    {
        var result = Run(name, target, new ExecutionOptions(), days);
        return new ExperimentBook(ledger, "test", "data", seed: 1, new { days }).Enter(result, kind);
    }

    private static BacktestResult Run(
        string name, Func<int, double> target, ExecutionOptions execution, int days = Days)
    {
        var start = new DateTime(2000, 1, 3, 0, 0, 0, DateTimeKind.Utc);
        var times = Enumerable.Range(0, days).Select(t => start.AddDays(t)).ToArray();
        double[] targets = Enumerable.Range(0, days).Select(target).ToArray();
        return Backtester.Run(times, Opens.AsSpan(0, days), Opens.AsSpan(0, days), targets, execution, name);
    }
}
