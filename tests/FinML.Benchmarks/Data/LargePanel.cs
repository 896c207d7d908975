using System.Diagnostics;
using System.Globalization;
using FinML.Data;
using FinML.Data.Store;

namespace FinML.Benchmarks.Data;

/// <summary>
/// A panel of 6 GB of columns is generated into a store and read through, each symbol's log returns to their mean and
/// deviation, in a process of its own: the number is the most memory that it ever had.
/// </summary>
internal static class LargePanel
{
    private const int Symbols = 100, Batches = 4, Times = 268_000; // x 7 columns x 8 bytes = 6.0 GB

    /// <summary>What the child does: prints its peak memory in MB, and the seconds of writing and reading.</summary>
    internal static int Run()
    {
        string folder = Directory.CreateTempSubdirectory("finml-bench-").FullName;
        try
        {
            PanelStore store = PanelStore.Create(Path.Combine(folder, "store"), StoreRows.Fields, new StoreOptions
            { Engine = new DuckDbOptions { Threads = 1, MemoryBytes = 256L << 20 } });
            long start = Stopwatch.GetTimestamp();
            for (int s = 0; s < Symbols; s++)
            {
                for (int b = 0; b < Batches; b++)
                {
                    store.Append(StoreRows.Generated((ulong)(s * Batches + b), s, 1, Times,
                        new DateTime(2019, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(b * Times)));
                }
            }

            double written = Stopwatch.GetElapsedTime(start).TotalSeconds;
            start = Stopwatch.GetTimestamp();
            long rows = Process(store);
            double read = Stopwatch.GetElapsedTime(start).TotalSeconds;
            using var self = System.Diagnostics.Process.GetCurrentProcess();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{self.PeakWorkingSet64 / 1e6:F0} {StoreRows.Bytes(rows) / 1e9:F2} {written:F1} {read:F1}"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Megabytes.</summary>
    /// <exception cref="UsageException">The child failed, or the panel was smaller than 6 GB.</exception>
    internal static double[] Sample()
    {
        using var child = System.Diagnostics.Process.Start(new ProcessStartInfo(
            Environment.ProcessPath ?? "dotnet", IsDotnet() ? [typeof(LargePanel).Assembly.Location, "large-panel"]
                : ["large-panel"])
        { RedirectStandardOutput = true })!;
        string[] words = child.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
        child.WaitForExit();
        if (child.ExitCode != 0 || words.Length != 4)
            throw new UsageException($"The process of the large panel ended with {child.ExitCode}.");
        double[] numbers = [.. words.Select(w => double.Parse(w, CultureInfo.InvariantCulture))];
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"large panel: {numbers[1]:F2} GB, written in {numbers[2]:F1} s, read in {numbers[3]:F1} s"));
        return numbers[1] >= 6
            ? [numbers[0]]
            : throw new UsageException($"The large panel has {numbers[1]} GB.");
    }

    private static bool IsDotnet() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";

    private static long Process(PanelStore store)
    {
        long rows = 0;
        Dictionary<string, (double Last, double Sum, double Squares)> moments = [];
        foreach (StoreChunk chunk in store.Scan())
        {
            (double last, double sum, double squares) = moments.GetValueOrDefault(chunk.Symbol, (double.NaN, 0, 0));
            foreach (double close in chunk.Column(3))
            {
                double r = Math.Log(close / last);
                if (!double.IsNaN(r))
                    (sum, squares) = (sum + r, squares + r * r);
                last = close;
            }

            moments[chunk.Symbol] = (last, sum, squares);
            rows += chunk.Length;
        }

        return moments.Count == Symbols && moments.Values.All(m => m.Squares > 0)
            ? rows
            : throw new InvalidOperationException($"{moments.Count} symbols were read.");
    }
}
