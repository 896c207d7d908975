namespace FinML.Statistics;

/// <summary>
/// Test of Diebold and Mariano (1995) that two forecasters have the same expected loss: the mean difference of their
/// losses over its long-run standard error. For forecasts as they were made; where they come from nested models the
/// statistic is not normal, see <see cref="ClarkWest"/>.
/// </summary>
public sealed record DieboldMariano
{
    /// <summary>Above 0 where the first forecaster has the greater loss.</summary>
    public required double Statistic { get; init; }

    /// <summary>P-value of equal expected losses against <see cref="Alternative"/>.</summary>
    public required double PValue { get; init; }

    /// <summary>Mean of first losses less second.</summary>
    public required double MeanDifference { get; init; }

    /// <summary>Standard error of the mean difference, before any small-sample factor.</summary>
    public required double StandardError { get; init; }

    /// <summary>What is held against equality; greater: the first loses more.</summary>
    public required Alternative Alternative { get; init; }

    /// <summary>Last autocovariance in the long-run variance.</summary>
    public required int Lags { get; init; }

    /// <summary>Variance, small-sample factor and distribution, in words.</summary>
    public required string Method { get; init; }

    /// <summary>Number of occasions.</summary>
    public required int Count { get; init; }

    /// <summary>
    /// As R's forecast::dm.test: autocovariances up to horizon - 1 with weight 1, the factor sqrt((n + 1 - 2 h +
    /// h (h - 1) / n) / n) and Student's distribution with n - 1 degrees of freedom, of Harvey, Leybourne and Newbold
    /// (1997).
    /// </summary>
    /// <param name="firstLosses">Losses of one forecaster; four or more.</param>
    /// <param name="secondLosses">Of the other, on the same occasions.</param>
    /// <param name="horizon">Steps ahead, 1 or more: optimal errors are correlated up to lag horizon - 1.</param>
    /// <param name="alternative">Greater: the first loses more.</param>
    /// <exception cref="ArgumentException">Not aligned, not finite, too short, a constant difference, or a variance
    /// that the weights of 1 make 0 or less (take <see cref="TestBartlett"/>).</exception>
    public static DieboldMariano Test(
        ReadOnlySpan<double> firstLosses,
        ReadOnlySpan<double> secondLosses,
        int horizon = 1,
        Alternative alternative = Alternative.TwoSided)
    {
        double[] difference = LossDifference.Of(firstLosses, secondLosses, horizon);
        double n = difference.Length;
        double variance = Variance(difference, HacKernel.Truncated, horizon - 1);
        if (!(variance > 0))
            throw new ArgumentException(
                $"The long-run variance with {horizon - 1} autocovariances of weight 1 is {Guard.Text(variance)}; " +
                $"take the test with Bartlett's weights.", nameof(horizon));
        double factor = Math.Sqrt((n + 1 - 2 * horizon + horizon * (horizon - 1) / n) / n);
        return Of(difference, variance, factor, horizon - 1, alternative, difference.Length - 1,
            "Harvey-Leybourne-Newbold: truncated kernel to horizon - 1, Student's t with n - 1");
    }

    /// <summary>
    /// As <see cref="Test(ReadOnlySpan{double}, ReadOnlySpan{double}, int, Alternative)"/>, of the same loss.
    /// </summary>
    /// <exception cref="ArgumentException">As there, or the two scores are of different losses.</exception>
    public static DieboldMariano Test(
        ForecastScore first,
        ForecastScore second,
        int horizon = 1,
        Alternative alternative = Alternative.TwoSided)
    {
        ForecastScore.RequireSame(first, second);
        return Test(first.Losses, second.Losses, horizon, alternative);
    }

    /// <summary>
    /// As statsmodels' diebold_mariano_test: Bartlett's weights (Newey and West 1987), no factor, normal distribution.
    /// </summary>
    /// <param name="firstLosses">Losses of one forecaster; four or more.</param>
    /// <param name="secondLosses">Of the other, on the same occasions.</param>
    /// <param name="lags">Default ceiling(n^(1/3)).</param>
    /// <param name="alternative">Greater: the first loses more.</param>
    public static DieboldMariano TestBartlett(
        ReadOnlySpan<double> firstLosses,
        ReadOnlySpan<double> secondLosses,
        int? lags = null,
        Alternative alternative = Alternative.TwoSided)
    {
        double[] difference = LossDifference.Of(firstLosses, secondLosses, 1);
        int last = lags ?? (int)Math.Ceiling(Math.Cbrt(difference.Length) - 1e-12);
        Guard.InRange(last, 0, difference.Length - 1, nameof(lags));
        double variance = Variance(difference, HacKernel.Bartlett, last);
        if (!(variance > 0))
            throw new ArgumentException(
                $"The long-run variance with {last} lags is {Guard.Text(variance)}; take fewer.", nameof(lags));
        return Of(difference, variance, 1, last, alternative, null, "Newey-West, normal distribution");
    }

    private static double Variance(double[] difference, HacKernel kernel, int lags) =>
        CovarianceEstimator.Kernel(kernel, Bandwidth.Lags(lags))
            .Of(Scores.Of(LossDifference.Centred(difference))).Value[0, 0];

    private static DieboldMariano Of(
        double[] difference,
        double variance,
        double factor,
        int lags,
        Alternative alternative,
        int? degreesOfFreedom,
        string method)
    {
        double mean = Moments.Of(difference).Mean, error = Math.Sqrt(variance / difference.Length);
        double statistic = factor * mean / error;
        return new DieboldMariano
        {
            Statistic = statistic,
            PValue = Tails.PValue(statistic, alternative, degreesOfFreedom),
            MeanDifference = mean,
            StandardError = error,
            Alternative = alternative,
            Lags = lags,
            Method = method,
            Count = difference.Length,
        };
    }
}
