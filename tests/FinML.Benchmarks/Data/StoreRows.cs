using FinML.Data;
using FinML.Data.Store;

namespace FinML.Benchmarks.Data;

/// <summary>How fast a panel comes out of a store of Parquet files, on one thread.</summary>
internal static class StoreRows
{
    private const int Symbols = 8, Times = 400_000, Samples = 7;
    private static readonly DateTime s_start = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] s_fields = ["open", "high", "low", "close", "volume"];

    internal static void AddTo(List<Row> rows)
    {
        rows.Add(new QuantityRow("Parquet to panel", "MB/s", () => WithEngine(() => Rates(Load))));
        rows.Add(new QuantityRow("Parquet scan", "MB/s", () => WithEngine(() => Rates(Scan))));
        rows.Add(new QuantityRow("panel to Parquet", "MB/s", () => WithEngine(Write)));
        rows.Add(new QuantityRow("6 GB panel, peak memory", "MB", () => WithEngine(LargePanel.Sample)));
    }

    /// <summary>Not a number where DuckDB is absent, which meets no target.</summary>
    private static double[] WithEngine(Func<double[]> sample)
    {
        if (EngineLocation.Find() is not null)
            return sample();
        Console.Error.WriteLine("DuckDB is not here: run 'finml data engine install'.");
        return [double.NaN];
    }

    /// <summary>A panel of prices in cents on a random walk, and volumes: what market data compress like.</summary>
    internal static Panel Generated(ulong seed, int firstSymbol, int symbols, int times, DateTime start)
    {
        RandomStream random = new(seed);
        double[][] columns = new double[symbols * s_fields.Length][];
        for (int s = 0; s < symbols; s++)
        {
            double[][] bar = [.. s_fields.Select(_ => new double[times])];
            double price = 100;
            for (int t = 0; t < times; t++)
            {
                double open = price;
                price = Math.Max(1, price + Math.Round(random.NextDouble() * 2 - 1, 2));
                bar[0][t] = open;
                bar[1][t] = Math.Round(Math.Max(open, price) + random.NextDouble(), 2);
                bar[2][t] = Math.Round(Math.Min(open, price) - 0.5 * random.NextDouble(), 2);
                bar[3][t] = price;
                bar[4][t] = 100 * Math.Floor(random.NextDouble() * 10_000);
            }

            bar.CopyTo(columns, s * s_fields.Length);
        }

        return Panel.Create([.. Enumerable.Range(0, times).Select(t => start.AddMinutes(t))],
            [.. Enumerable.Range(0, symbols).Select(s => $"S{firstSymbol + s:D3}")], s_fields, columns);
    }

    /// <summary>Bytes of the columns of a panel: the fields, the time and the time of availability, 8 each.</summary>
    internal static double Bytes(long rows) => rows * 8.0 * (s_fields.Length + 2);

    internal static string[] Fields => s_fields;

    private static StoreOptions OneThread { get; } = new() { Engine = new DuckDbOptions { Threads = 1 } };

    private static double[] Rates(Action<PanelStore> read) => InStore(store =>
    {
        store.Append(Generated(1, 0, Symbols, Times, s_start));
        read(store);
        double[] rates = new double[Samples];
        for (int i = 0; i < Samples; i++)
        {
            double start = Clock.Processor.Seconds();
            read(store);
            rates[i] = Bytes(store.Rows) / 1e6 / (Clock.Processor.Seconds() - start);
        }

        return rates;
    });

    private static void Load(PanelStore store)
    {
        Panel panel = store.Load();
        if (panel.Length != Times)
            throw new InvalidOperationException($"The panel has {panel.Length} rows.");
    }

    private static void Scan(PanelStore store)
    {
        double sum = 0;
        foreach (StoreChunk chunk in store.Scan())
            sum += chunk.Column(3)[0];
        if (!(sum > 0))
            throw new InvalidOperationException($"The sum is {sum}.");
    }

    private static double[] Write() => InStore(store =>
    {
        double[] rates = new double[Samples];
        for (int i = 0; i < Samples; i++)
        {
            Panel panel = Generated((ulong)i + 1, 2 * i, 2, Times, s_start);
            double start = Clock.Processor.Seconds();
            long rows = store.Append(panel).Rows;
            rates[i] = Bytes(rows) / 1e6 / (Clock.Processor.Seconds() - start);
        }

        return rates;
    });

    private static double[] InStore(Func<PanelStore, double[]> measure)
    {
        string folder = Directory.CreateTempSubdirectory("finml-bench-").FullName;
        try
        {
            return measure(PanelStore.Create(Path.Combine(folder, "store"), s_fields, OneThread));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
