using FinML.Data;
using FinML.Markets;

namespace FinML.Benchmarks.Markets;

/// <summary>Many backtests at once, on one core.</summary>
internal static class SweepRows
{
    private const int Bars = 5_040, Samples = 9; // 20 years of days

    internal static void AddTo(List<Row> rows)
    {
        rows.Add(new QuantityRow("moving averages, 10,000 pairs x 20 years", "s", () => Sweep(shorts: false)));
        rows.Add(new QuantityRow("moving averages, long and short", "s", () => Sweep(shorts: true)));
        rows.Add(new QuantityRow("backtest, 100 assets x 20 years", "s", Backtest));
    }

    private static double[] Sweep(bool shorts)
    {
        (double[] opens, double[] closes) = Prices(new RandomStream(20));
        MovingAveragePair[] pairs =
            [.. Enumerable.Range(0, 10_000).Select(i => new MovingAveragePair(1 + i % 100, 101 + 2 * (i / 100)))];
        double sink = 0;
        double[] seconds = Seconds(() => sink += MovingAverageSweep.Run(opens, closes, pairs, shorts: shorts)
            .Max(result => result.Net.FinalEquity));
        return double.IsFinite(sink) ? seconds : throw new InvalidOperationException($"The sweep's sum is {sink}.");
    }

    private static double[] Backtest()
    {
        const int Assets = 100;
        var random = new RandomStream(21);
        var start = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        List<double[]> columns = [];
        for (int asset = 0; asset < Assets; asset++)
        {
            (double[] opens, double[] closes) = Prices(random);
            columns.AddRange([opens, closes]);
        }

        Panel panel = Panel.Create(
            [.. Enumerable.Range(0, Bars).Select(t => start.AddDays(t))],
            [.. Enumerable.Range(0, Assets).Select(asset => $"A{asset}")], ["open", "close"], columns);
        var options = new PortfolioBacktestOptions { Execution = new() { RebalanceBand = 0 } };
        double sink = 0;
        double[] seconds = Seconds(() =>
            sink += PortfolioBacktester.Run(panel, new EqualWeight(), options).Account.FinalEquity);
        return double.IsFinite(sink) ? seconds : throw new InvalidOperationException($"The equities' sum is {sink}.");
    }

    private static double[] Seconds(Action work)
    {
        work();
        double[] seconds = new double[Samples];
        for (int sample = 0; sample < Samples; sample++)
        {
            double start = Clock.Processor.Seconds(); // one thread: what else runs hardly shows
            work();
            seconds[sample] = Clock.Processor.Seconds() - start;
        }

        return seconds;
    }

    private static (double[] Opens, double[] Closes) Prices(RandomStream random)
    {
        double[] opens = new double[Bars], closes = new double[Bars];
        double log = Math.Log(100);
        for (int t = 0; t < Bars; t++)
        {
            opens[t] = Math.Exp(log += 0.003 * random.NextNormal());
            closes[t] = Math.Exp(log += 0.01 * random.NextNormal());
        }

        return (opens, closes);
    }
}
