using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>Statistics made of the first four moments, as smooth functions of the means of z, z^2, z^3, z^4, z the
/// values in their standard units.</summary>
internal static class MomentForms
{
    internal static SampleStatistic Mean() => new SmoothStatistic("mean", values =>
    {
        var units = StandardUnits.Of(values);
        return new SmoothForm(
            Powers(values, units, 1),
            (m, _) => units.Centre + units.Scale * m[0],
            (_, _) => Vector256.Create(units.Scale, 0, 0, 0));
    });

    internal static SampleStatistic Variance(int ddof)
    {
        Guard.InRange(ddof, 0, 1, nameof(ddof));
        return new SmoothStatistic("variance", values =>
        {
            var units = StandardUnits.Of(values);
            return new SmoothForm(
                Powers(values, units, 2),
                (m, n) => Square(units, m, n, ddof),
                (m, n) => Factor(units, n, ddof) * Vector256.Create(-2 * m[0], 1, 0, 0));
        });
    }

    internal static SampleStatistic StandardDeviation(int ddof)
    {
        Guard.InRange(ddof, 0, 1, nameof(ddof));
        return new SmoothStatistic("standard deviation", values =>
        {
            var units = StandardUnits.Of(values);
            return new SmoothForm(
                Powers(values, units, 2),
                (m, n) => Math.Sqrt(Square(units, m, n, ddof)),
                (m, n) => DeviationGradient(units, m, n, ddof));
        });
    }

    internal static SampleStatistic Sharpe(double riskFree, int ddof)
    {
        Guard.Finite(riskFree, nameof(riskFree));
        Guard.InRange(ddof, 0, 1, nameof(ddof));
        return new SmoothStatistic("Sharpe ratio", values =>
        {
            var units = StandardUnits.Of(values);
            return new SmoothForm(
                Powers(values, units, 2),
                (m, n) => SharpeValue(units, m, n, riskFree, ddof),
                (m, n) => SharpeGradient(units, m, n, riskFree, ddof));
        });
    }

    internal static SampleStatistic Skewness() => new SmoothStatistic("skewness", values => new SmoothForm(
        Powers(values, StandardUnits.Of(values), 3),
        (m, _) => Third(m) / Math.Pow(StandardUnits.Variance(m[0], m[1]), 1.5),
        (m, _) =>
        {
            double v = StandardUnits.Variance(m[0], m[1]), root = Math.Sqrt(v);
            Vector256<double> third = Vector256.Create(-3 * m[1] + 6 * m[0] * m[0], -3 * m[0], 1, 0);
            return third / (v * root) - 1.5 * Third(m) / (v * v * root) * Vector256.Create(-2 * m[0], 1, 0, 0);
        }));

    internal static SampleStatistic Kurtosis() => new SmoothStatistic("raw kurtosis", values => new SmoothForm(
        Powers(values, StandardUnits.Of(values), 4),
        (m, _) => Fourth(m) / Math.Pow(StandardUnits.Variance(m[0], m[1]), 2),
        (m, _) =>
        {
            double v = StandardUnits.Variance(m[0], m[1]);
            Vector256<double> fourth = Vector256.Create(
                -4 * m[2] + 12 * m[0] * m[1] - 12 * m[0] * m[0] * m[0], 6 * m[0] * m[0], -4 * m[0], 1);
            return fourth / (v * v) - 2 * Fourth(m) / (v * v * v) * Vector256.Create(-2 * m[0], 1, 0, 0);
        }));

    internal static double SharpeValue(StandardUnits units, Vector256<double> m, int n, double riskFree, int ddof)
    {
        double square = Square(units, m, n, ddof), excess = units.Centre + units.Scale * m[0] - riskFree;
        return square > 0 ? excess / Math.Sqrt(square) : Math.Abs(excess) < 1e-14 ? 0 : double.NaN;
    }

    /// <summary>Of (mean - rf) / sd: s / sd in the first place, less ratio / sd times the gradient of sd.</summary>
    internal static Vector256<double> SharpeGradient(
        StandardUnits units, Vector256<double> m, int n, double riskFree, int ddof)
    {
        double deviation = Math.Sqrt(Square(units, m, n, ddof));
        double ratio = SharpeValue(units, m, n, riskFree, ddof);
        return Vector256.Create(units.Scale / deviation, 0, 0, 0)
            - ratio / deviation * DeviationGradient(units, m, n, ddof);
    }

    private static Vector256<double>[] Powers(ReadOnlySpan<double> values, StandardUnits units, int highest) =>
        SmoothStatistic.Rows(values, value =>
        {
            double z = units.From(value), square = z * z;
            return Vector256.Create(
                z, highest > 1 ? square : 0, highest > 2 ? square * z : 0, highest > 3 ? square * square : 0);
        });

    /// <summary>The variance of a resample with divisor n - ddof, in the units of the values.</summary>
    private static double Square(StandardUnits units, Vector256<double> m, int n, int ddof) =>
        Factor(units, n, ddof) * StandardUnits.Variance(m[0], m[1]);

    private static double Factor(StandardUnits units, int n, int ddof) =>
        units.Scale * units.Scale * n / (n - ddof);

    private static Vector256<double> DeviationGradient(StandardUnits units, Vector256<double> m, int n, int ddof) =>
        Factor(units, n, ddof) / (2 * Math.Sqrt(Square(units, m, n, ddof))) * Vector256.Create(-2 * m[0], 1, 0, 0);

    /// <summary>Central moments from those about the origin.</summary>
    private static double Third(Vector256<double> m) => m[2] - 3 * m[0] * m[1] + 2 * m[0] * m[0] * m[0];

    private static double Fourth(Vector256<double> m) =>
        m[3] - 4 * m[0] * m[2] + 6 * m[0] * m[0] * m[1] - 3 * m[0] * m[0] * m[0] * m[0];
}
