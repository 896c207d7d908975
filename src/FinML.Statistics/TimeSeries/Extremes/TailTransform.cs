namespace FinML.Statistics;

/// <summary>
/// w(y) = ln(1 + xi y) / xi, y where xi = 0: it turns the generalised Pareto law into the exponential, and the
/// generalised extreme-value law into Gumbel's.
/// </summary>
internal static class TailTransform
{
    /// <summary>w, its derivative by y, and its derivative by xi; NaN outside the support.</summary>
    internal static (double Value, double ByY, double ByShape) Of(double y, double shape)
    {
        double x = shape * y, z = 1 + x;
        if (!(z > 0))
            return (double.NaN, double.NaN, double.NaN);
        if (Math.Abs(x) < 1e-5)
            return (y * (1 - x * (0.5 - x / 3)), 1 / z, y * y * (-0.5 + x * (2.0 / 3 - 0.75 * x)));

        // ln(1 + x) without the rounding error of 1 + x: W. Kahan.
        double value = Math.Log(z) * (x / (z - 1)) / shape;
        return (value, 1 / z, (y / z - value) / shape);
    }

    /// <summary>The y of a w: (exp(xi w) - 1) / xi.</summary>
    internal static double Inverse(double w, double shape)
    {
        double x = shape * w;
        return Math.Abs(x) < 1e-5 ? w * (1 + x * (0.5 + x / 6)) : (Math.Exp(x) - 1) / shape;
    }
}
