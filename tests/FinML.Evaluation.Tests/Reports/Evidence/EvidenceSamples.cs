using FinML.Data;
using FinML.Markets;
using FinML.Statistics;

namespace FinML.Evaluation.Tests.Reports;

/// <summary>Records that the tests of the report share.</summary>
internal static class EvidenceSamples
{
    internal static readonly BacktestReportOptions Options =
        new() { Bootstrap = new BootstrapOptions { Replicates = 499, Seed = 1 } };

    internal static DateTime[] Days(int n, int year = 2000) =>
    [
        .. Enumerable.Range(0, 2 * n).Select(i => new DateTime(year, 1, 3, 0, 0, 0, DateTimeKind.Utc).AddDays(i))
            .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Take(n),
    ];

    internal static double[] Normal(int n, double mean, double deviation, ulong seed)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, n).Select(_ => mean + deviation * random.NextNormal())];
    }

    internal static EvidenceInput Of(double[] returns, double[]? benchmark = null, string name = "rule") => new()
    {
        Name = name,
        Times = Days(returns.Length),
        NetReturns = returns,
        Benchmark = benchmark is null ? null : new NamedReturns("market", benchmark),
    };

    /// <summary>A backtest that is long and short by turns on a random walk, and what runs it again.</summary>
    internal static (BacktestResult Result, BacktestRerun Rerun) Backtest(int n = 800, int hold = 15)
    {
        double[] steps = Normal(n, 0.0004, 0.01, 11), prices = new double[n], targets = new double[n];
        prices[0] = 100;
        for (int t = 1; t < n; t++)
            prices[t] = prices[t - 1] * Math.Exp(steps[t]);
        for (int t = 0; t < n; t++)
            targets[t] = (t / hold % 3) switch { 0 => 1, 1 => 0, _ => -1 };
        DateTime[] days = Days(n);
        BacktestResult Run(ExecutionOptions execution) =>
            Backtester.Run(days, prices, prices, targets, execution, "by turns");
        return (Run(new ExecutionOptions()), Run);
    }

    /// <summary>Everything known: positions, a rerun, a benchmark, baselines, strategies, paths.</summary>
    internal static EvidenceInput Whole(int n = 800)
    {
        (BacktestResult result, BacktestRerun rerun) = Backtest(n);
        double[] market = Normal(result.Length, 0.0003, 0.011, 5), other = Normal(result.Length, 0.0001, 0.01, 6);
        return EvidenceInput.Of(result) with
        {
            Rerun = rerun,
            Benchmark = new NamedReturns("market", market),
            Baselines = [new NamedReturns("coin", Normal(result.Length, 0, 0.01, 7))],
            Strategies = [new NamedReturns("by turns", result.NetReturns), new NamedReturns("other", other)],
            Paths = [other, market, result.NetReturns],
            Trials = new TrialCount(12, 0.0005, "a dozen."),
            Notes = ["read from nowhere."],
        };
    }
}
