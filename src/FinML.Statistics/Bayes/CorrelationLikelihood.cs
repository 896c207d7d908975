namespace FinML.Statistics;

/// <summary>
/// The likelihood of a correlation rho given the sample correlation r of n normal pairs (Fisher 1915; Hotelling 1953),
/// as a function of Fisher's z = atanh(rho): proportional to (1 - rho^2)^((n - 1) / 2) times the integral over all w of
/// (cosh w - rho r)^(-(n - 1)). With w = theta sinh(v) the integrand is analytic and falls off doubly exponentially, so
/// that the trapezoidal rule converges geometrically, also where rho r is near 1.
/// </summary>
internal sealed class CorrelationLikelihood(double r, int count)
{
    private const double Step = 0.25;

    /// <summary>Log of the likelihood up to a constant of r and n.</summary>
    internal double Log(double z)
    {
        double logCosh = Elementary.LogCosh(z);
        // 1 - rho r, without the loss of digits near 1: (e^z (1 - r) + e^-z (1 + r)) / (2 cosh z).
        double logGap = Math.Abs(z) + Math.Log(
            (z > 0 ? 1 - r : 1 + r) + Math.Exp(-2 * Math.Abs(z)) * (z > 0 ? 1 + r : 1 - r)) - Math.Log(2) - logCosh;
        double gap = Math.Exp(logGap), power = count - 1;
        double theta = Math.Sqrt(2 * gap / power), sum = 0.5, term;
        int k = 0;
        do
        {
            k++;
            double v = k * Step, half = Math.Sinh(0.5 * theta * Math.Sinh(v));
            term = Math.Cosh(v) * Math.Exp(-power * Elementary.LogOnePlus(2 * half * half / gap));
            sum += term;
        }
        while (term > 1e-18 * sum);

        return -power * logCosh - power * logGap + Math.Log(theta * sum);
    }
}
