using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>
/// Statistics of returns about a target t, as smooth functions of the means of u, min(u, 0)^2, max(u, 0) and max(-u,
/// 0), u = (r - t) / s, s the standard deviation of the data.
/// </summary>
internal static class DownsideForms
{
    internal static SampleStatistic Deviation(double target) => Make("downside deviation", target, (data, scale) => (
        (m, _) => scale * Math.Sqrt(StandardUnits.Share(m[1], data[1])),
        (m, _) => StandardUnits.Share(m[1], data[1]) > 0
            ? Vector256.Create(0, scale / (2 * Math.Sqrt(m[1])), 0, 0)
            : Vector256<double>.Zero));

    internal static SampleStatistic Sortino(double target) => Make("Sortino ratio", target, (data, _) => (
        (m, _) => m[0] / Math.Sqrt(StandardUnits.Share(m[1], data[1])),
        (m, _) => Vector256.Create(1 / Math.Sqrt(m[1]), -m[0] / (2 * m[1] * Math.Sqrt(m[1])), 0, 0)));

    internal static SampleStatistic Omega(double target) => Make("Omega ratio", target, (data, _) => (
        (m, _) => m[2] / StandardUnits.Share(m[3], data[3]),
        (m, _) => Vector256.Create(0, 0, 1 / m[3], -m[2] / (m[3] * m[3]))));

    private static SmoothStatistic Make(
        string name,
        double target,
        Func<Vector256<double>, double, (SmoothForm.SmoothValue, SmoothForm.SmoothGradient)> functions)
    {
        Guard.Finite(target, nameof(target));
        return new SmoothStatistic(name, values =>
        {
            double scale = StandardUnits.Of(values).Scale;
            Vector256<double>[] rows = SmoothStatistic.Rows(values, value =>
            {
                double u = (value - target) / scale, below = Math.Min(u, 0);
                return Vector256.Create(u, below * below, Math.Max(u, 0), -below);
            });
            Vector256<double> sum = Vector256<double>.Zero;
            foreach (Vector256<double> row in rows)
                sum += row;
            (SmoothForm.SmoothValue value, SmoothForm.SmoothGradient gradient) =
                functions(sum / Vector256.Create((double)rows.Length), scale);
            return new SmoothForm(rows, value, gradient);
        });
    }
}
