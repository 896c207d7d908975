namespace FinML.Statistics;

/// <summary>
/// Sample quantiles by definition 7 of Hyndman and Fan (1996), "Sample quantiles in statistical packages": linear
/// interpolation between order statistics at h = (n - 1) p. The default of R, NumPy and pandas.
/// </summary>
public static class Quantile
{
    /// <summary>The p-quantile of values in any order.</summary>
    /// <param name="values">One or more finite numbers.</param>
    /// <param name="probability">From 0 (the minimum) to 1 (the maximum).</param>
    public static double Type7(ReadOnlySpan<double> values, double probability)
    {
        Guard.Series(values, 1, nameof(values));
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return Type7Sorted(sorted, probability);
    }

    /// <summary>The p-quantile of values already in ascending order (not checked).</summary>
    public static double Type7Sorted(ReadOnlySpan<double> sorted, double probability)
    {
        if (sorted.IsEmpty)
            throw new ArgumentException("sorted has 0 values; at least 1 is needed.", nameof(sorted));
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(probability), $"probability is {Guard.Text(probability)}; it must be from 0 to 1.");
        double h = (sorted.Length - 1) * probability;
        int below = (int)Math.Floor(h);
        if (below + 1 >= sorted.Length)
            return sorted[^1];
        double low = sorted[below], high = sorted[below + 1];
        return low == high ? low : low + (h - below) * (high - low);
    }
}
