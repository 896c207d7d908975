namespace FinML.Statistics;

/// <summary>
/// Test of A. W. Lo and A. C. MacKinlay (1988) that returns are uncorrelated: the variance of returns over q periods is
/// q times that over one. Overlapping returns, unbiased variances; the statistic robust to unequal variances (z2), or
/// not (z1).
/// </summary>
public sealed record VarianceRatio
{
    /// <summary>q.</summary>
    public required int Period { get; init; }

    /// <summary>1 for uncorrelated returns, above for trends, below for reversals.</summary>
    public required double Ratio { get; init; }

    /// <summary>Of the ratio.</summary>
    public required double StandardError { get; init; }

    /// <summary>(Ratio - 1) / StandardError.</summary>
    public required double Statistic { get; init; }

    /// <summary>Two-sided, normal.</summary>
    public required double PValue { get; init; }

    /// <summary>Whether the error allows for unequal variances.</summary>
    public required bool IsRobust { get; init; }

    /// <summary>Number of one-period returns.</summary>
    public required int Count { get; init; }

    /// <summary>Runs the test.</summary>
    /// <param name="returns">Logarithmic, of one period; finite, not constant.</param>
    /// <param name="period">q, from 2 to half the number of returns.</param>
    /// <param name="robust">Whether variances may differ in time, as those of markets do.</param>
    public static VarianceRatio Test(ReadOnlySpan<double> returns, int period, bool robust = true)
    {
        Guard.Series(returns, 4, nameof(returns));
        Guard.NotConstant(returns, nameof(returns));
        Guard.InRange(period, 2, returns.Length / 2, nameof(period));
        int n = returns.Length, q = period;
        Moments moments = Moments.Of(returns);
        double[] d = new double[n];
        for (int t = 0; t < n; t++)
            d[t] = returns[t] - moments.Mean;

        double sum = 0, squares = 0;
        for (int t = 0; t < n; t++)
        {
            sum += d[t] - (t >= q ? d[t - q] : 0);
            if (t >= q - 1)
                squares += sum * sum;
        }

        double divisor = q * (n - q + 1.0) * (1 - q / (double)n);
        double ratio = squares / divisor / moments.Variance();
        double error = robust ? Robust(d, q) : Math.Sqrt(2 * (2.0 * q - 1) * (q - 1) / (3.0 * q * n));
        double statistic = (ratio - 1) / error;
        return new VarianceRatio
        {
            Period = q,
            Ratio = ratio,
            StandardError = error,
            Statistic = statistic,
            PValue = Tails.NormalTwoSided(statistic),
            IsRobust = robust,
            Count = n,
        };
    }

    /// <summary>sqrt(sum_j (2 (q - j) / q)^2 sum_t d_t^2 d_{t-j}^2 / (sum_t d_t^2)^2).</summary>
    private static double Robust(double[] d, int q)
    {
        double[] squares = Array.ConvertAll(d, x => x * x);
        double total = squares.Sum(), variance = 0;
        for (int j = 1; j < q; j++)
        {
            double weight = 2.0 * (q - j) / q, sum = 0;
            for (int t = j; t < squares.Length; t++)
                sum += squares[t] * squares[t - j];
            variance += weight * weight * sum / (total * total);
        }

        return Math.Sqrt(variance);
    }
}
