namespace FinML.Statistics;

/// <summary>
/// Sample autocorrelation r_k = sum_{t&gt;k} d_t d_{t-k} / sum_t d_t^2 with d the deviations from the full-sample mean:
/// the form of Box and Jenkins (and of R's acf), whose sequence is positive semi-definite.
/// </summary>
public static class Autocorrelation
{
    /// <summary>r_0 (always 1), r_1, ... r_maxLag.</summary>
    /// <param name="values">Two or more finite numbers, not constant.</param>
    /// <param name="maxLag">From 0 to the number of values less 1.</param>
    public static double[] Compute(ReadOnlySpan<double> values, int maxLag)
    {
        Guard.Series(values, 2, nameof(values));
        Guard.NotConstant(values, nameof(values));
        double[] covariances = Autocovariances(values, maxLag);
        double variance = covariances[0];
        for (int k = 0; k < covariances.Length; k++)
            covariances[k] /= variance;
        return covariances;
    }

    /// <summary>r_lag alone.</summary>
    public static double At(ReadOnlySpan<double> values, int lag) => Compute(values, lag)[lag];

    /// <summary>Autocovariances with divisor n at lags 0 to <paramref name="maxLag"/>.</summary>
    public static double[] Autocovariances(ReadOnlySpan<double> values, int maxLag)
    {
        Guard.Series(values, 1, nameof(values));
        Guard.InRange(maxLag, 0, values.Length - 1, nameof(maxLag));
        double mean = Moments.Of(values).Mean;
        var deviations = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            deviations[i] = values[i] - mean;

        var covariances = new double[maxLag + 1];
        for (int k = 0; k <= maxLag; k++)
        {
            double sum = 0;
            for (int t = k; t < deviations.Length; t++)
                sum += deviations[t] * deviations[t - k];
            covariances[k] = sum / deviations.Length;
        }

        return covariances;
    }
}
