using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>
/// A statistic as a smooth function f of the means of up to four numbers an observation. From the rows, f and its
/// gradient follow the estimate, the statistic of a resample in O(blocks), the influence values
/// psi_t = f'(m) (row_t - m), and the standard errors that are made of those.
/// </summary>
internal sealed class SmoothForm
{
    private readonly SmoothValue _value;
    private readonly SmoothGradient _gradient;

    /// <param name="rows">(n): what the means are taken of.</param>
    /// <param name="value">f.</param>
    /// <param name="gradient">f'.</param>
    internal SmoothForm(Vector256<double>[] rows, SmoothValue value, SmoothGradient gradient)
    {
        Rows = rows;
        _value = value;
        _gradient = gradient;
        Vector256<double> sum = Vector256<double>.Zero;
        foreach (Vector256<double> row in rows)
            sum += row;
        Means = sum / Vector256.Create((double)rows.Length);
    }

    /// <param name="means">Of the rows of a resample.</param>
    /// <param name="count">Number of rows there.</param>
    internal delegate double SmoothValue(Vector256<double> means, int count);

    /// <param name="means">Of the rows of a resample.</param>
    /// <param name="count">Number of rows there.</param>
    internal delegate Vector256<double> SmoothGradient(Vector256<double> means, int count);

    internal Vector256<double>[] Rows { get; }

    internal Vector256<double> Means { get; }

    internal double Value(Vector256<double> means, int count) => _value(means, count);

    internal Vector256<double> Gradient(Vector256<double> means, int count) => _gradient(means, count);

    /// <summary>psi_t, whose mean is 0 and whose long-run variance over n is the statistic's variance.</summary>
    internal double[] Influence()
    {
        Vector256<double> gradient = Gradient(Means, Rows.Length);
        double centre = Vector256.Dot(gradient, Means);
        return Array.ConvertAll(Rows, row => Vector256.Dot(gradient, row) - centre);
    }
}
