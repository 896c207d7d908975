using MathNet.Numerics.Distributions;

namespace FinML.Statistics;

/// <summary>
/// Quantiles of Student's t by bisection of its upper tail; MathNet's search ends at 800, which one degree of freedom
/// passes at a level of .001.
/// </summary>
internal static class StudentQuantile
{
    /// <summary>The t with P(T &gt; t) = <paramref name="tail"/>.</summary>
    /// <param name="degreesOfFreedom">Above 0; need not be whole.</param>
    /// <param name="tail">Between 0 and 1.</param>
    internal static double Upper(double degreesOfFreedom, double tail)
    {
        if (tail > 0.5)
            return -Upper(degreesOfFreedom, 1 - tail);
        double low = 0, high = 1;
        while (StudentT.CDF(0, 1, degreesOfFreedom, -high) > tail)
        {
            low = high;
            high *= 2;
        }

        while (true)
        {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high)
                return high;
            if (StudentT.CDF(0, 1, degreesOfFreedom, -middle) > tail)
                low = middle;
            else
                high = middle;
        }
    }
}
