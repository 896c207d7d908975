using MathNet.Numerics.Distributions;

namespace FinML.Statistics;

/// <summary>The normal distribution with mean 0 and variance 1.</summary>
public static class StandardNormal
{
    /// <summary>P(Z &lt;= <paramref name="z"/>).</summary>
    public static double Cdf(double z) => Normal.CDF(0, 1, z);

    /// <summary>P(Z &gt; <paramref name="z"/>), accurate in the far tail where 1 - Cdf is not.</summary>
    public static double UpperTail(double z) => Normal.CDF(0, 1, -z);

    /// <summary>The z with Cdf(z) = <paramref name="probability"/>, which lies between 0 and 1.</summary>
    public static double Quantile(double probability)
    {
        Guard.Between(probability, 0, 1, nameof(probability));
        return Normal.InvCDF(0, 1, probability);
    }

    /// <summary>exp(-z^2 / 2) / sqrt(2 pi).</summary>
    public static double Density(double z) => Normal.PDF(0, 1, z);
}
