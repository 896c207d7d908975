namespace FinML.Statistics;

/// <summary>
/// Likelihood-ratio tests of Berkowitz (2001) on z_t = Phi^-1(u_t), u the probability integral transforms: that z is
/// independent N(0, 1) against a Gaussian AR(1) with free mean and variance (chi-squared 3), and that it is independent
/// (chi-squared 1). Exact likelihood, the first value included.
/// </summary>
public sealed record BerkowitzTest
{
    /// <summary>Likelihood ratio of mean 0, variance 1 and autocorrelation 0.</summary>
    public required double Statistic { get; init; }

    /// <summary>P(chi-squared(3) &gt; statistic).</summary>
    public required double PValue { get; init; }

    /// <summary>Likelihood ratio of autocorrelation 0, mean and variance free.</summary>
    public required double IndependenceStatistic { get; init; }

    /// <summary>P(chi-squared(1) &gt; statistic of independence).</summary>
    public required double IndependencePValue { get; init; }

    /// <summary>Mean of z: above 0 where outcomes come above the forecasts.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation of z: above 1 where the forecasts are too narrow.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>First autocorrelation of z, by maximum likelihood.</summary>
    public required double Autocorrelation { get; init; }

    /// <summary>Number of values.</summary>
    public required int Count { get; init; }

    /// <summary>Runs the tests.</summary>
    /// <param name="transforms">Five or more values between 0 and 1, in order of time, not all equal.</param>
    public static BerkowitzTest Test(ReadOnlySpan<double> transforms)
    {
        AndersonDarling.CheckTransforms(transforms, 5, nameof(transforms));
        Guard.NotConstant(transforms, nameof(transforms));
        double[] z = Array.ConvertAll(transforms.ToArray(), StandardNormal.Quantile);
        int n = z.Length;
        double normal = -0.5 * n * Math.Log(2 * Math.PI) - 0.5 * z.Sum(value => value * value);
        double rho = MostLikely(z);
        (double free, double mean, double variance) = LogLikelihood(z, rho);
        (double independent, _, _) = LogLikelihood(z, 0);
        double statistic = Math.Max(0, 2 * (free - normal)), dependence = Math.Max(0, 2 * (free - independent));
        return new BerkowitzTest
        {
            Statistic = statistic,
            PValue = Tails.ChiSquaredUpper(statistic, 3),
            IndependenceStatistic = dependence,
            IndependencePValue = Tails.ChiSquaredUpper(dependence, 1),
            Mean = mean,
            StandardDeviation = Math.Sqrt(variance / (1 - rho * rho)),
            Autocorrelation = rho,
            Count = n,
        };
    }

    /// <summary>The likelihood of an AR(1) at its best mean and innovation variance, given its coefficient.</summary>
    private static (double Value, double Mean, double Variance) LogLikelihood(double[] z, double rho)
    {
        // Prais and Winsten's rows: sqrt(1 - rho^2) (z_1 - m), (z_t - rho z_{t-1}) - (1 - rho) m.
        double first = 1 - rho * rho, step = 1 - rho, top = first * z[0], bottom = first + (z.Length - 1) * step * step;
        for (int t = 1; t < z.Length; t++)
            top += step * (z[t] - rho * z[t - 1]);
        double mean = top / bottom, sum = first * (z[0] - mean) * (z[0] - mean);
        for (int t = 1; t < z.Length; t++)
        {
            double innovation = z[t] - mean - rho * (z[t - 1] - mean);
            sum += innovation * innovation;
        }

        double variance = sum / z.Length;
        double value = -0.5 * z.Length * (Math.Log(2 * Math.PI * variance) + 1) + 0.5 * Math.Log(first);
        return (value, mean, variance);
    }

    private static double MostLikely(double[] z)
    {
        const int Steps = 100;
        double best = Enumerable.Range(1, Steps - 1).Select(i => -1 + 2.0 * i / Steps)
            .MaxBy(rho => LogLikelihood(z, rho).Value);
        double low = Math.Max(best - 2.0 / Steps, -1 + 1e-9), high = Math.Min(best + 2.0 / Steps, 1 - 1e-9);
        double ratio = (Math.Sqrt(5) - 1) / 2;
        while (high - low > 1e-10) // golden section
        {
            double left = high - ratio * (high - low), right = low + ratio * (high - low);
            if (LogLikelihood(z, left).Value > LogLikelihood(z, right).Value)
                high = right;
            else
                low = left;
        }

        return (low + high) / 2;
    }
}
