using System.Diagnostics;
using FinML.Statistics;

namespace FinML.Benchmarks.Statistics;

/// <summary>What intervals cost beyond the replicates they are made of, what those hold in memory, and statistics that
/// are not made of moments; on one thread.</summary>
internal static class IntervalRows
{
    private const int Rounds = 3;

    internal static void AddTo(Dictionary<string, Func<Action>> works, List<Row> rows)
    {
        const string peered = "iid BCa of a Sharpe ratio, n 2,000, B 10,000";
        works.Add(peered, () =>
        {
            double[] values = ResamplingRows.Noise(2_000, 1);
            BootstrapOptions options = Options(10_000) with { Method = BootstrapMethod.Bca };
            return () => new IidBootstrap().Interval(values, SampleStatistic.Sharpe, options);
        });
        rows.Add(new PeerRow(peered));
        rows.Add(new QuantityRow("1,000,000 Sharpe ratios, memory", "MB", Megabytes));
        rows.Add(new QuantityRow("BCa of 1,000,000 Sharpe ratios", "x plain", () => Times(BootstrapMethod.Bca)));
        rows.Add(new QuantityRow(
            "studentised, 1,000,000 Sharpe ratios", "x plain", () => Times(BootstrapMethod.Studentised)));
        rows.Add(Statistic("100,000 maximum drawdowns, 5,000 days, block 20",
            SampleStatistic.MaximumDrawdown(ReturnKind.Simple)));
        rows.Add(Statistic("100,000 expected shortfalls, 5,000 days, block 20", SampleStatistic.ExpectedShortfall()));
    }

    /// <summary>All that was allocated while it ran: more than it ever held.</summary>
    private static double[] Megabytes()
    {
        double[] returns = ResamplingRows.Noise(ResamplingRows.Days, 1);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Replicates(returns, SampleStatistic.Sharpe, 1_000_000);
        return [(GC.GetTotalAllocatedBytes(precise: true) - before) / 1e6];
    }

    private static double[] Times(BootstrapMethod method)
    {
        double[] returns = ResamplingRows.Noise(ResamplingRows.Days, 1), ratios = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            double plain = Seconds(() => Replicates(returns, SampleStatistic.Sharpe, 1_000_000));
            double interval = Seconds(() => new StationaryBootstrap(20).Interval(
                returns, SampleStatistic.Sharpe, Options(1_000_000) with { Method = method }));
            ratios[round] = interval / plain;
        }

        return ratios;
    }

    private static QuantityRow Statistic(string name, SampleStatistic statistic) => new(name, "s", () =>
    {
        double[] returns = ResamplingRows.Noise(ResamplingRows.Days, 1);
        return [.. Enumerable.Range(0, Rounds).Select(_ => Seconds(() => Replicates(returns, statistic, 100_000)))];
    });

    private static void Replicates(double[] returns, SampleStatistic statistic, int count) =>
        new StationaryBootstrap(20).Replicates(returns, statistic, Options(count));

    private static BootstrapOptions Options(int replicates) =>
        new() { Replicates = replicates, Seed = 1, MaxThreads = 1 };

    private static double Seconds(Action run)
    {
        long start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
