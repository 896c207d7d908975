using MathNet.Numerics;

namespace FinML.Statistics;

/// <summary>
/// The noncentral t distribution, of (Z + delta) / sqrt(chi-squared_nu / nu): Lenth (1989), algorithm AS 243.
/// </summary>
public static class NoncentralT
{
    private const double LargestNoncentrality = 37.5; // beyond it exp(-delta^2 / 2) is 0 in double precision

    /// <summary>P(T &lt;= t).</summary>
    /// <param name="t">Any number.</param>
    /// <param name="degreesOfFreedom">nu, above 0; need not be whole.</param>
    /// <param name="noncentrality">delta, -37.5 to 37.5.</param>
    public static double Cdf(double t, double degreesOfFreedom, double noncentrality)
    {
        Guard.Finite(t, nameof(t));
        Guard.Positive(degreesOfFreedom, nameof(degreesOfFreedom));
        if (!(Math.Abs(noncentrality) <= LargestNoncentrality))
            throw new ArgumentOutOfRangeException(
                nameof(noncentrality),
                $"noncentrality is {Guard.Text(noncentrality)}; it must be from -37.5 to 37.5.");
        return t >= 0
            ? AtOrAbove0(t, degreesOfFreedom, noncentrality)
            : 1 - AtOrAbove0(-t, degreesOfFreedom, -noncentrality);
    }

    /// <summary>
    /// Phi(-delta) + sum_j (p_j I_x(j + 1/2, nu / 2) + q_j I_x(j + 1, nu / 2)) / 2, x = t^2 / (t^2 + nu), the weights
    /// those of Poisson distributions at whole and half numbers.
    /// </summary>
    private static double AtOrAbove0(double t, double nu, double delta)
    {
        double x = t * t / (t * t + nu), lambda = delta * delta / 2, sum = StandardNormal.Cdf(-delta);
        if (x == 0)
            return sum;
        double p = Math.Exp(-lambda) / 2, q = Math.Sqrt(2 / Math.PI) * Math.Exp(-lambda) * delta / 2;
        for (int j = 0; j <= lambda + 40 + 12 * Math.Sqrt(lambda); j++)
        {
            sum += p * SpecialFunctions.BetaRegularized(j + 0.5, nu / 2, x)
                + q * SpecialFunctions.BetaRegularized(j + 1, nu / 2, x);
            p *= lambda / (j + 1);
            q *= lambda / (j + 1.5);
        }

        return Math.Clamp(sum, 0, 1);
    }
}
