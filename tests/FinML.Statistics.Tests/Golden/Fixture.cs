using System.Globalization;
using System.IO.Compression;

namespace FinML.Statistics.Tests;

/// <summary>The series in this folder; make.R says where they come from.</summary>
internal static class Fixture
{
    internal static double[] Dax => Column("eu_log_returns.csv", "dax");

    internal static double[] Ftse => Column("eu_log_returns.csv", "ftse");

    internal static double[] Nile => Column("nile.csv", "nile");

    internal static double[] Lh => Column("lh.csv", "lh");

    internal static double[] Sunspots => Column("sunspot_year.csv", "sunspots");

    internal static double[] DemGbp => Column("dem_gbp_returns_1984_1991.csv.gz", "log_return_pct");

    internal static double[] Column(string file, string column)
    {
        using Stream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", file));
        using Stream plain = file.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(stream, CompressionMode.Decompress)
            : stream;
        using var reader = new StreamReader(plain);
        int index = Array.IndexOf(reader.ReadLine()!.Split(','), column);
        Assert.True(index >= 0, $"{file} has no column {column}");
        var values = new List<double>();
        while (reader.ReadLine() is { } line)
            values.Add(double.Parse(line.Split(',')[index], CultureInfo.InvariantCulture));
        return values.ToArray();
    }

    /// <summary>A value of a file of names and values.</summary>
    internal static double Golden(string file, string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Golden", file);
        string line = File.ReadLines(path).Single(l => l.StartsWith(name + ",", StringComparison.Ordinal));
        return double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>|actual / expected - 1| at most <paramref name="tolerance"/>.</summary>
    internal static void Near(double expected, double actual, double tolerance = 1e-9) =>
        Assert.True(
            Math.Abs(actual - expected) <= tolerance * Math.Max(Math.Abs(expected), 1e-300),
            $"expected {expected:R}, got {actual:R}, relative tolerance {tolerance:R}");

    /// <summary>One sentence that holds every one of <paramref name="parts"/>.</summary>
    internal static void Says<TException>(Action action, params string[] parts)
        where TException : Exception
    {
        TException error = Assert.ThrowsAny<TException>(action);
        foreach (string part in parts)
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Circular blocks whose starts come from the generator s = (1103515245 s + 12345) mod 2^31, s = 1 at
    /// first: floor(s n / 2^31). What the goldens of replayed resamples were made with.</summary>
    internal static ReplayedBlocks Lcg(int count, int blockLength, int replicates)
    {
        uint state = 1;
        var starts = new int[replicates][];
        for (int r = 0; r < replicates; r++)
        {
            starts[r] = new int[(count + blockLength - 1) / blockLength];
            for (int b = 0; b < starts[r].Length; b++)
            {
                state = (1103515245 * state + 12345) & 0x7fffffff;
                starts[r][b] = (int)((ulong)state * (ulong)count >> 31);
            }
        }

        return new ReplayedBlocks(blockLength, starts);
    }

    /// <summary>Standard normals by Box and Muller on the shared generator.</summary>
    internal static double[] Normals(int count, ulong seed)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            (uint a, uint b, uint c, uint d) = FinML.Shared.Philox4x32.Block((ulong)i, 0, seed);
            double radius = Math.Sqrt(-2 * Math.Log(1 - FinML.Shared.Philox4x32.ToUnitDouble(a, b)));
            values[i] = radius * Math.Cos(2 * Math.PI * FinML.Shared.Philox4x32.ToUnitDouble(c, d));
        }

        return values;
    }

    /// <summary>x_t = rho x_{t-1} + e_t, from its stationary distribution.</summary>
    internal static double[] Autoregression(int count, double rho, ulong seed)
    {
        double[] values = Normals(count, seed);
        values[0] /= Math.Sqrt(1 - rho * rho);
        for (int i = 1; i < count; i++)
            values[i] += rho * values[i - 1];
        return values;
    }
}
