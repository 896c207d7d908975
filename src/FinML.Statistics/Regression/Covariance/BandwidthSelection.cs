namespace FinML.Statistics;

/// <summary>
/// Automatic bandwidths of Andrews (1991), equations 6.2 and 6.4, and of Newey and West (1994), with the weights of R's
/// sandwich: 0 for the intercept's scores, 1 for the others; 1 where there is only one column.
/// </summary>
internal static class BandwidthSelection
{
    internal static double Andrews(HacKernel kernel, double[] scores, int columns, int intercept)
    {
        double n = scores.Length / columns, first = 0, second = 0, denominator = 0;
        for (int j = 0; j < columns; j++)
        {
            if (j == intercept && columns > 1)
                continue;
            (double rho, double variance) = Autoregression(scores, columns, j);
            double square = variance * variance;
            denominator += square / Math.Pow(1 - rho, 4);
            first += 4 * rho * rho * square / (Math.Pow(1 - rho, 6) * Math.Pow(1 + rho, 2));
            second += 4 * rho * rho * square / Math.Pow(1 - rho, 8);
        }

        if (!(denominator > 0) || !double.IsFinite(first / denominator) || !double.IsFinite(second / denominator))
            throw new ArgumentException(
                "The automatic bandwidth of Andrews needs scores that vary and have no unit root; give a fixed " +
                "number of lags.");
        double alpha1 = first / denominator, alpha2 = second / denominator;
        return kernel switch
        {
            HacKernel.Truncated => 0.6611 * Math.Pow(n * alpha2, 0.2),
            HacKernel.Bartlett => 1.1447 * Math.Cbrt(n * alpha1),
            HacKernel.Parzen => 2.6614 * Math.Pow(n * alpha2, 0.2),
            _ => 1.3221 * Math.Pow(n * alpha2, 0.2),
        };
    }

    internal static double NeweyWest(HacKernel kernel, double[] scores, int columns, int intercept, bool whitened)
    {
        (double growth, double scale, int order) = kernel switch
        {
            HacKernel.Bartlett => (2.0 / 9, 1.1447, 1),
            HacKernel.Parzen => (4.0 / 25, 2.6614, 2),
            HacKernel.QuadraticSpectral => (2.0 / 25, 1.3221, 2),
            _ => throw new ArgumentException(
                "The bandwidth of Newey and West (1994) is not defined for the truncated kernel; take Andrews's."),
        };
        int n = scores.Length / columns, observations = n + (whitened ? 1 : 0);
        int last = Math.Min((int)Math.Floor((whitened ? 3 : 4) * Math.Pow(observations / 100.0, growth)), n - 1);
        var sums = new double[n];
        for (int t = 0; t < n; t++)
        {
            for (int j = 0; j < columns; j++)
                sums[t] += j == intercept && columns > 1 ? 0 : scores[t * columns + j];
        }

        double s0 = 0, sq = 0;
        for (int lag = 0; lag <= last; lag++)
        {
            double covariance = 0;
            for (int t = lag; t < n; t++)
                covariance += sums[t] * sums[t - lag] / n;
            s0 += (lag == 0 ? 1 : 2) * covariance;
            sq += 2 * Math.Pow(lag, order) * covariance;
        }

        if (s0 == 0)
            throw new ArgumentException(
                "The automatic bandwidth of Newey and West needs scores that vary; give a fixed number of lags.");
        double rate = 1.0 / (2 * order + 1);
        double bandwidth = scale * Math.Pow(sq / s0 * (sq / s0) * observations, rate);
        return order == 1 ? Math.Floor(bandwidth) + 1 : bandwidth;
    }

    /// <summary>AR(1) with a constant by least squares.</summary>
    private static (double Rho, double Variance) Autoregression(double[] scores, int columns, int column)
    {
        int pairs = scores.Length / columns - 1;
        double meanBefore = 0, meanAfter = 0, sxx = 0, sxy = 0, syy = 0;
        for (int t = 0; t < pairs; t++)
        {
            meanBefore += scores[t * columns + column] / pairs;
            meanAfter += scores[(t + 1) * columns + column] / pairs;
        }

        for (int t = 0; t < pairs; t++)
        {
            double before = scores[t * columns + column] - meanBefore;
            double after = scores[(t + 1) * columns + column] - meanAfter;
            sxx += before * before;
            sxy += before * after;
            syy += after * after;
        }

        double rho = sxx == 0 ? 0 : sxy / sxx;
        return (rho, (syy - rho * sxy) / pairs);
    }
}
