namespace FinML.Benchmarks;

/// <summary>The median of samples, and the range that holds the middle 80 % of them.</summary>
internal sealed record Spread(double Median, double Low, double High, int Samples)
{
    /// <exception cref="ArgumentException">There are no samples.</exception>
    internal static Spread Of(IEnumerable<double> samples)
    {
        double[] sorted = [.. samples.Order()];
        if (sorted.Length == 0)
            throw new ArgumentException("A spread needs at least one sample.", nameof(samples));
        return new Spread(Quantile(sorted, 0.5), Quantile(sorted, 0.1), Quantile(sorted, 0.9), sorted.Length);
    }

    // Linear between the order statistics, as numpy's default.
    private static double Quantile(double[] sorted, double p)
    {
        double at = p * (sorted.Length - 1);
        int below = (int)at;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }
}
