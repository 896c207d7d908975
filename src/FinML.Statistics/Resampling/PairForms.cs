using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>Statistics of two aligned series as smooth functions of means.</summary>
internal static class PairForms
{
    /// <summary>Means of a, b, a b, b^2 in standard units.</summary>
    internal static PairStatistic Beta() => new SmoothPair("beta", (first, second) =>
    {
        StandardUnits a = StandardUnits.Of(first), b = StandardUnits.Of(second);
        return new SmoothForm(
            Products(first, second, a, b), (m, _) => Slope(m, a, b), (m, _) => SlopeGradient(m, a, b));
    });

    internal static PairStatistic Alpha() => new SmoothPair("alpha", (first, second) =>
    {
        StandardUnits a = StandardUnits.Of(first), b = StandardUnits.Of(second);
        return new SmoothForm(
            Products(first, second, a, b),
            (m, _) => a.Centre + a.Scale * m[0] - Slope(m, a, b) * (b.Centre + b.Scale * m[1]),
            (m, _) => Vector256.Create(a.Scale, -Slope(m, a, b) * b.Scale, 0, 0)
                - (b.Centre + b.Scale * m[1]) * SlopeGradient(m, a, b));
    });

    internal static PairStatistic InformationRatio() => new SmoothPair("information ratio", (first, second) =>
    {
        var active = new double[first.Length];
        for (int t = 0; t < active.Length; t++)
            active[t] = first[t] - second[t];
        return ((SmoothStatistic)SampleStatistic.Sharpe).Form(active);
    });

    /// <summary>Means of a, a^2, b, b^2 in standard units; the ratios with ddof 1.</summary>
    internal static PairStatistic SharpeDifference() => new SmoothPair("difference of Sharpe ratios", (first, second) =>
    {
        StandardUnits a = StandardUnits.Of(first), b = StandardUnits.Of(second);
        return new SmoothForm(
            SmoothPair.Rows(first, second, (x, y) =>
            {
                double u = a.From(x), v = b.From(y);
                return Vector256.Create(u, u * u, v, v * v);
            }),
            (m, n) => MomentForms.SharpeValue(a, m, n, 0, 1) - MomentForms.SharpeValue(b, Second(m), n, 0, 1),
            (m, n) =>
            {
                Vector256<double> one = MomentForms.SharpeGradient(a, m, n, 0, 1);
                Vector256<double> two = MomentForms.SharpeGradient(b, Second(m), n, 0, 1);
                return Vector256.Create(one[0], one[1], -two[0], -two[1]);
            });
    });

    internal static PairStatistic RatioOfMeans() => new SmoothPair("ratio of means", (first, second) => new SmoothForm(
        SmoothPair.Rows(first, second, (x, y) => Vector256.Create(x, y, 0, 0)),
        (m, _) => m[0] / m[1],
        (m, _) => Vector256.Create(1 / m[1], -m[0] / (m[1] * m[1]), 0, 0)));

    private static Vector256<double> Second(Vector256<double> m) => Vector256.Create(m[2], m[3], 0, 0);

    private static Vector256<double>[] Products(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, StandardUnits a, StandardUnits b) =>
        SmoothPair.Rows(first, second, (x, y) =>
        {
            double u = a.From(x), v = b.From(y);
            return Vector256.Create(u, v, u * v, v * v);
        });

    private static double Slope(Vector256<double> m, StandardUnits a, StandardUnits b) =>
        a.Scale / b.Scale * (m[2] - m[0] * m[1]) / StandardUnits.Variance(m[1], m[3]);

    private static Vector256<double> SlopeGradient(Vector256<double> m, StandardUnits a, StandardUnits b)
    {
        double covariance = m[2] - m[0] * m[1], variance = StandardUnits.Variance(m[1], m[3]);
        return a.Scale / b.Scale / variance * Vector256.Create(
            -m[1], -m[0] + 2 * m[1] * covariance / variance, 1, -covariance / variance);
    }
}
