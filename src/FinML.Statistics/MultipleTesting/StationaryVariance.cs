using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>
/// The variance of sqrt(n) times the mean of a stationary-bootstrap resample in closed form (Politis and Romano 1994,
/// lemma 1): gamma_0 + 2 sum_i kappa(i) gamma_i, kappa(i) = (1 - i/n) (1 - p)^i + (i/n) (1 - p)^(n-i), with the sample
/// autocovariances gamma_i (divisor n) and p = 1 / mean block length. The omega^2 of Hansen's test.
/// </summary>
internal static class StationaryVariance
{
    /// <summary>Of each model's gains.</summary>
    internal static double[] Of(ModelPerformance performance, IReadOnlyList<double> means, double blockLength,
        int maxThreads)
    {
        int n = performance.Count, k = performance.Models;
        double[] weights = Weights(n, 1 / blockLength);
        var variances = new double[k];
        Parallel.For(0, k, BootstrapMeans.Threads(maxThreads), model =>
        {
            double[] d = performance.Column(model);
            for (int t = 0; t < n; t++)
                d[t] -= means[model];
            double variance = Product(d, d);
            for (int lag = 1; lag < n; lag++)
            {
                if (weights[lag] != 0)
                    variance += 2 * weights[lag] * Product(d.AsSpan(0, n - lag), d.AsSpan(lag));
            }

            variances[model] = Math.Max(variance / n, 0);
        });
        return variances;
    }

    /// <summary>Kappa by lag; 0 where it is too small to be seen beside gamma_0.</summary>
    private static double[] Weights(int n, double p)
    {
        const double Unseen = 1e-18;
        var weights = new double[n];
        for (int lag = 1; lag < n; lag++)
        {
            double share = (double)lag / n;
            double weight = (1 - share) * Math.Pow(1 - p, lag) + share * Math.Pow(1 - p, n - lag);
            weights[lag] = weight > Unseen ? weight : 0;
        }

        return weights;
    }

    private static double Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int i = 0;
        Vector512<double> sums = Vector512<double>.Zero;
        for (; i + Vector512<double>.Count <= a.Length; i += Vector512<double>.Count)
            sums += Vector512.Create(a[i..]) * Vector512.Create(b[i..]);
        double sum = Vector512.Sum(sums);
        for (; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
