using FinML.Data;
using FinML.Data.Features;

namespace FinML.Benchmarks.Data;

/// <summary>How fast features are computed: of one series, of many assets, and row by row.</summary>
internal static class FeatureRows
{
    private const int Assets = 1000, Days = 5040; // 20 years
    private const double WarmSeconds = 2;
    private static readonly string[] Fields = ["open", "high", "low", "close", "volume"];

    internal static void AddTo(List<Row> rows)
    {
        rows.Add(new QuantityRow("all indicators, 5,105 bars", "ms", Indicators));
        rows.Add(new QuantityRow("all indicators, one bar more", "us", OneBar));
        rows.Add(new QuantityRow("GARCH walk-forward, 5,105 bars", "ms", WalkForwardGarch));
        var many = new Lazy<(double Seconds, double Gigabytes)>(ManyAssets);
        rows.Add(new QuantityRow("daily features, 1,000 assets x 20 years", "s", () => [many.Value.Seconds]));
        rows.Add(new QuantityRow("daily features, memory", "GB", () => [many.Value.Gigabytes]));
    }

    private static double[] Indicators()
    {
        Panel index = DataCatalog.Open().Load("sp500");
        var set = new FeatureSet(StandardFeatures.OfBars);
        return Times(101, () => set.Compute(index, index.Assets[0])).Select(s => s * 1e3).ToArray();
    }

    private static double[] OneBar()
    {
        Panel index = DataCatalog.Open().Load("sp500");
        FeatureSetStream stream = new FeatureSet(StandardFeatures.OfBars).Start(Fields);
        var row = new double[Fields.Length];
        var results = new double[StandardFeatures.OfBars.Count];
        return Times(11, () =>
        {
            stream.Reset();
            for (int t = 0; t < index.Length; t++)
            {
                for (int i = 0; i < row.Length; i++)
                    row[i] = index.Column(0, index.FieldIndex(Fields[i]))[t];
                stream.Next(index.Times[t], row, results);
            }
        }).Select(s => s * 1e6 / index.Length).ToArray();
    }

    private static double[] WalkForwardGarch()
    {
        Panel index = DataCatalog.Open().Load("sp500");
        var set = new FeatureSet(new GarchVolatility());
        return Times(3, () => set.Compute(index, index.Assets[0])).Select(s => s * 1e3).ToArray();
    }

    private static (double Seconds, double Gigabytes) ManyAssets()
    {
        Panel panel = Generated();
        var set = new FeatureSet(StandardFeatures.OfBars);
        set.Compute(panel.Slice(0, Days / 10));
        long before = GC.GetTotalAllocatedBytes(precise: true);
        double start = Clock.Processor.Seconds();
        Panel features = set.Compute(panel);
        double seconds = Clock.Processor.Seconds() - start; // of all threads: what one core would take
        // All that was ever allocated, and the panel: no less than what was in use at any time.
        double bytes = GC.GetTotalAllocatedBytes(precise: true) - before
            + (double)Assets * Fields.Length * Days * sizeof(double);
        return features.Length == Days
            ? (seconds, bytes / 1e9)
            : throw new InvalidOperationException($"{features.Length} rows of features.");
    }

    private static Panel Generated()
    {
        var columns = new List<double[]>(Assets * Fields.Length);
        for (int asset = 0; asset < Assets; asset++)
        {
            var random = new RandomStream(1, (ulong)asset);
            double[][] bars = [.. Fields.Select(_ => new double[Days])];
            double price = 100;
            for (int t = 0; t < Days; t++)
            {
                bars[0][t] = price;
                price *= Math.Exp(0.02 * (random.NextDouble() - 0.5));
                bars[1][t] = Math.Max(bars[0][t], price) * (1 + 0.01 * random.NextDouble());
                bars[2][t] = Math.Min(bars[0][t], price) * (1 - 0.01 * random.NextDouble());
                bars[3][t] = price;
                bars[4][t] = 1e6 * (1 + random.NextDouble());
            }

            columns.AddRange(bars);
        }

        var start = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return Panel.Create([.. Enumerable.Range(0, Days).Select(t => start.AddDays(t))],
            [.. Enumerable.Range(0, Assets).Select(a => $"A{a}")], Fields, columns);
    }

    /// <summary>Processor seconds of each run, after two seconds of them: the compiler has to be done.</summary>
    private static double[] Times(int runs, Action work)
    {
        double end = Clock.Wall.Seconds() + WarmSeconds;
        do
            work();
        while (Clock.Wall.Seconds() < end);
        var seconds = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            double start = Clock.Processor.Seconds();
            work();
            seconds[i] = Clock.Processor.Seconds() - start;
        }

        return seconds;
    }
}
