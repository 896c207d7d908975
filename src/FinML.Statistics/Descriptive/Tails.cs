using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace FinML.Statistics;

/// <summary>Probabilities of the tails of test statistics, accurate where they are small.</summary>
internal static class Tails
{
    /// <summary>P(|t| &gt; |value|) with Student's distribution.</summary>
    internal static double StudentTwoSided(double value, double degreesOfFreedom) => double.IsInfinity(value)
        ? 0
        : SpecialFunctions.BetaRegularized(
            degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + value * value));

    /// <summary>P(t &gt; value) with Student's distribution.</summary>
    internal static double StudentUpper(double value, double degreesOfFreedom)
    {
        double half = StudentTwoSided(value, degreesOfFreedom) / 2;
        return value > 0 ? half : 1 - half;
    }

    /// <summary>The t that has <paramref name="probability"/> below it.</summary>
    internal static double StudentQuantile(double probability, double degreesOfFreedom) =>
        StudentT.InvCDF(0, 1, degreesOfFreedom, probability);

    /// <summary>P(F &gt; value).</summary>
    internal static double FUpper(double value, double numerator, double denominator) => double.IsInfinity(value)
        ? 0
        : SpecialFunctions.BetaRegularized(
            denominator / 2, numerator / 2, denominator / (denominator + numerator * value));

    /// <summary>P(chi-squared &gt; value).</summary>
    internal static double ChiSquaredUpper(double value, double degreesOfFreedom) => double.IsInfinity(value)
        ? 0
        : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2, Math.Max(value, 0) / 2);

    /// <summary>P(|Z| &gt; |value|), standard normal.</summary>
    internal static double NormalTwoSided(double value) => Math.Min(1, 2 * StandardNormal.UpperTail(Math.Abs(value)));

    /// <summary>P-value of a statistic that is standard normal, or Student's where degrees of freedom are
    /// given.</summary>
    internal static double PValue(double statistic, Alternative alternative, int? degreesOfFreedom)
    {
        double Upper(double value) => degreesOfFreedom is { } df
            ? StudentUpper(value, df)
            : StandardNormal.UpperTail(value);
        return alternative switch
        {
            Alternative.TwoSided => Math.Min(1, 2 * Upper(Math.Abs(statistic))),
            Alternative.Greater => Upper(statistic),
            _ => Upper(-statistic),
        };
    }
}
