using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using FinML.Data;

namespace FinML.Benchmarks.Data;

/// <summary>How fast a panel in memory is read through.</summary>
internal static class PanelRows
{
    private const int Assets = 100, Fields = 5, Times = 40_000, Samples = 21; // 160 MB of values

    internal static void AddTo(List<Row> rows) => rows.Add(new QuantityRow("panel scan", "GB/s", Scan));

    private static double[] Scan()
    {
        Panel panel = Generated();
        double bytes = (double)Assets * Fields * Times * sizeof(double), sink = 0;
        double[] rates = new double[Samples];
        for (int i = 0; i < Samples; i++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int asset = 0; asset < Assets; asset++)
            {
                for (int field = 0; field < Fields; field++)
                    sink += Sum(panel.Column(asset, field));
            }

            rates[i] = bytes / 1e9 / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return double.IsFinite(sink) ? rates : throw new InvalidOperationException($"The panel's sum is {sink}.");
    }

    private static double Sum(ReadOnlySpan<double> column)
    {
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(column);
        Vector<double> a = Vector<double>.Zero, b = a, c = a, d = a;
        int i = 0;
        for (; i + 4 <= vectors.Length; i += 4)
        {
            a += vectors[i];
            b += vectors[i + 1];
            c += vectors[i + 2];
            d += vectors[i + 3];
        }

        double sum = Vector.Sum(a + b + c + d);
        for (int j = i * Vector<double>.Count; j < column.Length; j++)
            sum += column[j];
        return sum;
    }

    private static Panel Generated()
    {
        var start = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string[] fields = ["open", "high", "low", "close", "volume"];
        return Panel.Create(
            [.. Enumerable.Range(0, Times).Select(t => start.AddMinutes(t))],
            [.. Enumerable.Range(0, Assets).Select(a => $"A{a}")],
            fields,
            [.. Enumerable.Range(0, Assets * Fields).Select(c => Enumerable.Repeat(1.0 + c, Times).ToArray())]);
    }
}
