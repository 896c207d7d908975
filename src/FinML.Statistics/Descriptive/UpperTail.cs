using MathNet.Numerics;

namespace FinML.Statistics;

/// <summary>Probabilities beyond a value, accurate far out where 1 less a distribution function is not.</summary>
internal static class UpperTail
{
    /// <summary>P(chi-squared &gt; x).</summary>
    internal static double ChiSquared(double x, double degreesOfFreedom) =>
        x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2, x / 2);

    /// <summary>P(F &gt; x).</summary>
    internal static double F(double x, double numerator, double denominator) =>
        x <= 0
            ? 1
            : SpecialFunctions.BetaRegularized(
                denominator / 2, numerator / 2, denominator / (denominator + numerator * x));

    /// <summary>P(|t| &gt; |x|).</summary>
    internal static double StudentTwoSided(double x, double degreesOfFreedom) =>
        double.IsInfinity(x)
            ? 0
            : SpecialFunctions.BetaRegularized(
                degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + x * x));
}
