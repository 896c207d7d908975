namespace FinML.Figures.Traces;

/// <summary>
/// Equal-width bins. The default width is Freedman and Diaconis (1981): 2 IQR n^(-1/3); where the interquartile range
/// is zero, Sturges' count log2(n) + 1. At most 200 bins.
/// </summary>
internal static class HistogramBins
{
    public const int Most = 200;

    /// <summary>Bin edges over the finite values; their number is one more than the number of bins.</summary>
    public static double[] Edges(double[] sorted, int? bins)
    {
        double low = sorted[0], high = sorted[^1];
        if (low == high)
            return [low - 0.5, high + 0.5];
        int count = bins ?? DefaultCount(sorted);
        double width = Width(low, high, count);
        var edges = new double[count + 1];
        for (int i = 0; i <= count; i++)
            edges[i] = i == count ? high : Math.FusedMultiplyAdd(i, width, low); // i * width may overflow
        return edges;
    }

    /// <summary>Bins are closed on the left; the last one on both sides.</summary>
    public static double[] Count(double[] sorted, double[] edges)
    {
        var counts = new double[edges.Length - 1];
        double low = edges[0], width = Width(low, edges[^1], counts.Length);
        foreach (double value in sorted)
        {
            int bin = Math.Clamp((int)((value - low) / width), 0, counts.Length - 1);
            // Division may land one bin off: the edges decide.
            while (bin > 0 && value < edges[bin])
                bin--;
            while (bin < counts.Length - 1 && value >= edges[bin + 1])
                bin++;
            counts[bin]++;
        }

        return counts;
    }

    // Each end by itself: their difference may be too large for a double.
    private static double Width(double low, double high, int count) =>
        double.IsFinite(high - low) ? (high - low) / count : high / count - low / count;

    private static int DefaultCount(double[] sorted)
    {
        int n = sorted.Length;
        double range = sorted[^1] - sorted[0];
        double spread = OrderStatistics.Quantile(sorted, 0.75) - OrderStatistics.Quantile(sorted, 0.25);
        double width = 2 * spread / Math.Cbrt(n);
        double count = width > 0 && double.IsFinite(range)
            ? Math.Ceiling(range / width)
            : Math.Ceiling(Math.Log2(n)) + 1;
        return (int)Math.Clamp(count, 1, Most);
    }
}
