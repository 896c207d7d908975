using MathNet.Numerics;

namespace FinML.Statistics;

/// <summary>The noncentral chi-squared distribution, as a Poisson mixture of central ones.</summary>
internal static class NoncentralChiSquared
{
    /// <summary>sum_j Poisson(j; l / 2) P(chi-squared with v + 2 j &lt;= x), from the largest weight
    /// outwards.</summary>
    internal static double Cdf(double x, double degreesOfFreedom, double noncentrality)
    {
        if (x <= 0)
            return 0;
        double half = noncentrality / 2, sum = 0;
        int centre = (int)half;
        for (int j = centre; j >= 0 && Add(j); j--)
        {
        }

        for (int j = centre + 1; Add(j); j++)
        {
        }

        return sum;

        bool Add(int j)
        {
            double weight = Math.Exp(-half + (j == 0 ? 0 : j * Math.Log(half)) - SpecialFunctions.GammaLn(j + 1));
            sum += weight * SpecialFunctions.GammaLowerRegularized(degreesOfFreedom / 2 + j, x / 2);
            return weight > 1e-17;
        }
    }

    /// <summary>The x with Cdf(x) = probability, by bisection.</summary>
    internal static double Quantile(double probability, double degreesOfFreedom, double noncentrality)
    {
        double low = 0, high = degreesOfFreedom + noncentrality;
        while (Cdf(high, degreesOfFreedom, noncentrality) < probability)
            high *= 2;
        while (high - low > 1e-13 * high)
        {
            double middle = (low + high) / 2;
            if (Cdf(middle, degreesOfFreedom, noncentrality) < probability)
                low = middle;
            else
                high = middle;
            if (middle == (low + high) / 2)
                break;
        }

        return (low + high) / 2;
    }
}
