using System.Numerics;

namespace FinML.Data.Tests.Synthetic;

/// <summary>Estimates from simulated samples, held to the truth in units of their standard error.</summary>
internal static class Estimate
{
    /// <summary>4 standard errors: by chance once in 16,000 (the seeds are fixed: it holds or it does not).</summary>
    public const double Bound = 4;

    /// <summary>The mean of independent values is the expected one within the bound.</summary>
    public static void MeanIs(double expected, IReadOnlyCollection<double> values, string what = "mean")
    {
        double mean = values.Average();
        double error = Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / values.Count / values.Count);
        Is(expected, mean, error, what);
    }

    /// <summary>The share of independent trials is the expected one within the bound.</summary>
    public static void ShareIs(double expected, int hits, int trials, string what = "share") =>
        Is(expected, hits / (double)trials, Math.Sqrt(expected * (1 - expected) / trials), what);

    /// <summary>An estimate is the expected value within the bound.</summary>
    public static void Is(double expected, double got, double error, string what) => Assert.True(
        Math.Abs(got - expected) <= Bound * error, $"{what}: {got} +- {error}, the truth is {expected}");

    /// <summary>
    /// The empirical characteristic function of the values is the given one at several points, real and imaginary part
    /// within the bound: a test of the whole distribution.
    /// </summary>
    public static void CharacteristicIs(Func<double, Complex> phi, double[] values, params double[] points)
    {
        foreach (double u in points)
        {
            Complex expected = phi(u);
            MeanIs(expected.Real, Array.ConvertAll(values, x => Math.Cos(u * x)), $"Re phi({u})");
            MeanIs(expected.Imaginary, Array.ConvertAll(values, x => Math.Sin(u * x)), $"Im phi({u})");
        }
    }

    public static double[] LogReturns(double[] prices) =>
        [.. Enumerable.Range(1, prices.Length - 1).Select(t => Math.Log(prices[t] / prices[t - 1]))];
}
