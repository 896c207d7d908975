namespace FinML.Statistics;

/// <summary>One step of each <see cref="VolatilityKind"/>: the variance of the next value from the last variance and
/// the last error. Parameters are not checked.</summary>
public static class VolatilityRecursion
{
    /// <summary>omega + alpha e^2 + beta h.</summary>
    public static double Garch(double omega, double alpha, double beta, double variance, double error) =>
        omega + alpha * error * error + beta * variance;

    /// <summary>omega + (alpha + gamma [e &lt; 0]) e^2 + beta h.</summary>
    public static double Gjr(
        double omega, double alpha, double gamma, double beta, double variance, double error) =>
        Garch(omega, error < 0 ? alpha + gamma : alpha, beta, variance, error);

    /// <summary>exp(omega + alpha (|z| - E|z|) + gamma z + beta ln h), z = e / sqrt(h).</summary>
    public static double Egarch(double omega, double alpha, double gamma, double beta, double meanAbsolute,
        double variance, double error)
    {
        double z = error / Math.Sqrt(variance);
        return Math.Exp(omega + alpha * (Math.Abs(z) - meanAbsolute) + gamma * z + beta * Math.Log(variance));
    }
}
