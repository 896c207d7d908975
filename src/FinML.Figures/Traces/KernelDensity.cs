using System.Globalization;

namespace FinML.Figures.Traces;

/// <summary>
/// Gaussian kernel density: f(x) = sum K((x - x_i) / h) / (n h). The default bandwidth is Silverman's rule of thumb
/// (1986, eq. 3.31): h = 0.9 min(s, IQR / 1.34) n^(-1/5); where the interquartile range is zero, s alone decides.
/// </summary>
internal static class KernelDensity
{
    // A kernel is below 1e-17 of its height there.
    private const double Reach = 9;

    public static double Silverman(double[] sorted)
    {
        double mean = sorted.Average();
        double s = Math.Sqrt(sorted.Sum(v => (v - mean) * (v - mean)) / (sorted.Length - 1));
        double iqr = OrderStatistics.Quantile(sorted, 0.75) - OrderStatistics.Quantile(sorted, 0.25);
        double spread = iqr > 0 ? Math.Min(s, iqr / 1.34) : s;
        return Round(0.9 * spread * Math.Pow(sorted.Length, -0.2));
    }

    /// <summary>The density at each point of a rising grid.</summary>
    public static double[] At(double[] sorted, double bandwidth, double[] grid)
    {
        double scale = 1 / (sorted.Length * bandwidth * Math.Sqrt(2 * Math.PI));
        var density = new double[grid.Length];
        int first = 0;
        for (int g = 0; g < grid.Length; g++)
        {
            while (first < sorted.Length && sorted[first] < grid[g] - Reach * bandwidth)
                first++;
            double sum = 0;
            for (int i = first; i < sorted.Length && sorted[i] <= grid[g] + Reach * bandwidth; i++)
            {
                double u = (grid[g] - sorted[i]) / bandwidth;
                sum += Math.Exp(-u * u / 2);
            }

            density[g] = Round(sum * scale);
        }

        return density;
    }

    public static double[] Grid(double low, double high, int count)
    {
        var grid = new double[count];
        for (int i = 0; i < count; i++)
            grid[i] = i == count - 1 ? high : low + (high - low) * i / (count - 1);
        return grid;
    }

    // Exponentials may differ in their last bit between machines; figures may not.
    private static double Round(double value) =>
        double.Parse(value.ToString("E9", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
