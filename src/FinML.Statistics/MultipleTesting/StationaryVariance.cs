namespace FinML.Statistics;

/// <summary>
/// The variance of sqrt(n) times the mean of a stationary-bootstrap resample in closed form (Politis and Romano 1994,
/// lemma 1): gamma_0 + 2 sum_i kappa(i) gamma_i, kappa(i) = (1 - i/n) (1 - p)^i + (i/n) (1 - p)^(n-i), with the sample
/// autocovariances gamma_i (divisor n) and p = 1 / mean block length. The omega^2 of Hansen's test.
/// </summary>
/// <remarks>
/// The geometric weights are sums that follow from their predecessors: with q = 1 - p, sum_i q^i d_(t-i) and
/// sum_i i q^i d_(t-i) at t come from those at t - 1, so that all lags together cost one pass and not one each. The
/// second part of kappa is felt at lags near n only, where few products are left.
/// </remarks>
internal static class StationaryVariance
{
    private const double Unseen = 1e-18; // beside gamma_0

    /// <summary>Of each model's gains.</summary>
    internal static double[] Of(ModelPerformance performance, IReadOnlyList<double> means, double blockLength,
        int maxThreads)
    {
        int n = performance.Count, k = performance.Models;
        var variances = new double[k];
        Parallel.For(0, k, BootstrapMeans.Threads(maxThreads), model =>
        {
            double[] d = performance.Column(model);
            for (int t = 0; t < n; t++)
                d[t] -= means[model];
            variances[model] = Math.Max(Of(d, 1 - 1 / blockLength) / n, 0);
        });
        return variances;
    }

    /// <summary>n times the variance, of centred values.</summary>
    private static double Of(double[] d, double q)
    {
        int n = d.Length;
        double squares = 0, near = 0, late = 0, sum = 0, weighted = 0; // sum_i q^i d_(t-i), sum_i i q^i d_(t-i)
        for (int t = 0; t < n; t++)
        {
            squares += d[t] * d[t];
            near += d[t] * (sum - weighted / n);
            weighted = q * (weighted + sum + d[t]);
            sum = q * (sum + d[t]);
        }

        double weight = q;
        for (int j = 1; j < n && weight > Unseen; j++, weight *= q)
        {
            double product = 0; // of lag n - j
            for (int t = 0; t < j; t++)
                product += d[t] * d[n - j + t];
            late += weight * (n - j) / n * product;
        }

        return squares + 2 * (near + late);
    }
}
