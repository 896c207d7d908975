namespace FinML.Figures.Traces;

/// <summary>Quantiles of sorted values.</summary>
internal static class OrderStatistics
{
    /// <summary>Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996, numpy's
    /// default).</summary>
    public static double Quantile(double[] sorted, double p)
    {
        double position = p * (sorted.Length - 1);
        int low = Math.Min((int)position, Math.Max(sorted.Length - 2, 0));
        int high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + (sorted[high] - sorted[low]) * (position - low);
    }
}
