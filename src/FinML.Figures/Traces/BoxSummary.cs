namespace FinML.Figures.Traces;

/// <summary>
/// The numbers of a box plot (Tukey 1977): quartiles (type 7), whiskers to the outermost values within 1.5
/// interquartile ranges of the box, and the values beyond them.
/// </summary>
internal sealed record BoxSummary(
    double LowerWhisker, double LowerQuartile, double Median, double UpperQuartile, double UpperWhisker,
    double[] Outliers)
{
    public static BoxSummary Of(double[] sorted)
    {
        double q1 = OrderStatistics.Quantile(sorted, 0.25), q3 = OrderStatistics.Quantile(sorted, 0.75);
        double low = q1 - 1.5 * (q3 - q1), high = q3 + 1.5 * (q3 - q1);
        double[] inside = [.. sorted.Where(v => v >= low && v <= high)];
        // The quartiles are interpolated: the outermost value within reach may lie inside the box.
        return new BoxSummary(
            Math.Min(inside[0], q1), q1, OrderStatistics.Quantile(sorted, 0.5), q3, Math.Max(inside[^1], q3),
            [.. sorted.Where(v => v < low || v > high)]);
    }
}
