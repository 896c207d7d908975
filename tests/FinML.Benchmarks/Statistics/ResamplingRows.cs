using System.Diagnostics;
using FinML.Data;
using FinML.Statistics;

namespace FinML.Benchmarks.Statistics;

/// <summary>Seconds of the large tests, on one thread.</summary>
internal static class ResamplingRows
{
    internal const int Days = 5_000;

    private const int Strategies = 1_000;

    internal static void AddTo(Dictionary<string, Func<Action>> works, List<Row> rows)
    {
        const string peered = "iid bootstrap of a mean, n 2,000, B 10,000";
        works.Add(peered, IidMean);
        rows.Add(new PeerRow(peered));
        rows.Add(new QuantityRow("1,000,000 Sharpe ratios, 5,000 days, block 20", "s", () => Seconds(3, Sharpes(1))));
        rows.Add(new QuantityRow("2 threads: 1,000,000 Sharpe ratios", "s", () => Seconds(3, Sharpes(2))));
        rows.Add(new QuantityRow("SPA, StepM, MCS: 1,000 strategies, 10,000 resamples", "s", () => Seconds(1, Tests)));
        rows.Add(new QuantityRow("CSCV, 16 segments, 1,000 strategies", "s", () => Seconds(1, Overfitting)));
    }

    private static Action IidMean()
    {
        double[] values = Noise(2_000, 1);
        var options = new BootstrapOptions { Replicates = 10_000, Seed = 1, MaxThreads = 1 };
        return () => new IidBootstrap().Interval(values, SampleStatistic.Mean, options);
    }

    private static Action Sharpes(int threads)
    {
        double[] returns = Noise(Days, 1);
        return () => new StationaryBootstrap(20).Replicates(
            returns, SampleStatistic.Sharpe,
            new BootstrapOptions { Replicates = 1_000_000, Seed = 1, MaxThreads = threads });
    }

    private static void Tests()
    {
        BootstrapMeans means = BootstrapMeans.Of(
            Models(), new StationaryBootstrap(10),
            new BootstrapOptions { Replicates = 10_000, Seed = 1, MaxThreads = 1 });
        SuperiorPredictiveAbility.Of(means);
        StepwiseTest.Of(means);
        ModelConfidenceSet.Of(means);
        ModelConfidenceSet.Of(means, ConfidenceSetStatistic.Maximum);
    }

    private static void Overfitting() => BacktestOverfitting.Of(Models());

    private static ModelPerformance Models() => ModelPerformance.OfReturns(
        [.. Enumerable.Range(0, Strategies).Select(i => $"strategy {i}")],
        [.. Enumerable.Range(0, Strategies).Select(i => Noise(Days, (ulong)i))]);

    internal static double[] Noise(int count, ulong stream)
    {
        var random = new RandomStream(7, stream);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = 0.01 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
        return values;
    }

    private static double[] Seconds(int samples, Action run)
    {
        double[] seconds = new double[samples];
        for (int i = 0; i < samples; i++)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    }
}
