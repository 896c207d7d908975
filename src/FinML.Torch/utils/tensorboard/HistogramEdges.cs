using FinML.Torch.Utils.tensorboard.Enums;

namespace FinML.Torch.Utils.tensorboard;

/// <summary>Buckets of equal width by the usual rules, as numpy.histogram_bin_edges makes them.</summary>
internal static class HistogramEdges
{
    internal static double[] Of(double[] values, HistogramBinSelector rule)
    {
        double low = values.Min(), high = values.Max(), range = high - low;
        double width = range == 0 ? 0 : rule switch
        {
            HistogramBinSelector.Sqrt => range / Math.Sqrt(values.Length),
            HistogramBinSelector.Sturges => range / (Math.Log2(values.Length) + 1),
            HistogramBinSelector.Rice => range / (2 * Math.Pow(values.Length, 1.0 / 3)),
            HistogramBinSelector.Scott =>
                Math.Pow(24 * Math.Sqrt(Math.PI) / values.Length, 1.0 / 3) * Math.Sqrt(Moment(values, 2)),
            HistogramBinSelector.Doane => Doane(values, range),
            HistogramBinSelector.Stone => Stone(values, low, high),
            _ => throw new ArgumentOutOfRangeException(
                nameof(rule), rule, $"add_histogram: {rule} is no rule for buckets."),
        };
        if (range == 0)
            (low, high) = (low - 0.5, high + 0.5);
        return Even(low, high, width > 0 ? (int)Math.Ceiling((high - low) / width) : 1);
    }

    /// <summary>How many values lie in each of [edge, next edge), the last one closed; what lies outside all of them
    /// counts in the outermost.</summary>
    internal static double[] Counts(double[] values, double[] edges)
    {
        double[] counts = new double[edges.Length - 1];
        foreach (double value in values)
        {
            int found = Array.BinarySearch(edges, value);
            counts[Math.Clamp(found >= 0 ? found : ~found - 1, 0, counts.Length - 1)]++;
        }

        return counts;
    }

    private static double Doane(double[] values, double range)
    {
        double n = values.Length;
        if (n <= 2)
            return 0;
        double error = Math.Sqrt(6 * (n - 2) / ((n + 1) * (n + 3)));
        double skewness = Moment(values, 3) / Math.Pow(Moment(values, 2), 1.5);
        return range / (1 + Math.Log2(n) + Math.Log2(1 + (Math.Abs(skewness) / error)));
    }

    // The estimated risk of h = range / bins is (2 - (n + 1) sum p^2) / h, p being the buckets' shares.
    private static double Stone(double[] values, double low, double high)
    {
        double n = values.Length, best = double.PositiveInfinity;
        int bins = 1, most = Math.Max(100, (int)Math.Sqrt(n));
        for (int candidate = 1; candidate <= most; candidate++)
        {
            double squares = Counts(values, Even(low, high, candidate)).Sum(c => c / n * (c / n));
            double risk = (2 - ((n + 1) * squares)) * candidate / (high - low);
            if (risk < best)
                (best, bins) = (risk, candidate);
        }

        return (high - low) / bins;
    }

    private static double[] Even(double low, double high, int bins)
    {
        double[] edges = new double[bins + 1];
        for (int i = 0; i < bins; i++)
            edges[i] = low + (i * ((high - low) / bins));
        edges[bins] = high;
        return edges;
    }

    private static double Moment(double[] values, int power)
    {
        double mean = values.Average();
        return values.Average(v => Math.Pow(v - mean, power));
    }
}
