namespace FinML.Statistics;

/// <summary>
/// Test of Clark and West (2007) that a larger model, which holds a smaller one as a special case, forecasts no better:
/// the mean of (y - small)^2 - [(y - large)^2 - (small - large)^2], which takes off the noise of the parameters that
/// are 0 under the null. One-sided: rejects where the larger model is better. With normal critical values the test is
/// slightly conservative (1 to 2 points at 5 %).
/// </summary>
public sealed record ClarkWest
{
    /// <summary>Mean adjusted difference over its standard error.</summary>
    public required double Statistic { get; init; }

    /// <summary>P(Z &gt; statistic).</summary>
    public required double PValue { get; init; }

    /// <summary>Mean of the adjusted difference of squared errors.</summary>
    public required double MeanDifference { get; init; }

    /// <summary>Its standard error: divisor n - 1 for one step ahead, Newey-West with horizon - 1 lags
    /// beyond.</summary>
    public required double StandardError { get; init; }

    /// <summary>Number of occasions.</summary>
    public required int Count { get; init; }

    /// <summary>Runs the test.</summary>
    /// <param name="outcomes">What came; four or more.</param>
    /// <param name="smallForecasts">Of the smaller model.</param>
    /// <param name="largeForecasts">Of the model that nests it.</param>
    /// <param name="horizon">Steps ahead, 1 or more.</param>
    public static ClarkWest Test(
        ReadOnlySpan<double> outcomes,
        ReadOnlySpan<double> smallForecasts,
        ReadOnlySpan<double> largeForecasts,
        int horizon = 1)
    {
        Guard.AtLeast(horizon, 1, nameof(horizon));
        Guard.Series(outcomes, Math.Max(4, horizon + 2), nameof(outcomes));
        Guard.Finite(smallForecasts, nameof(smallForecasts));
        Guard.Finite(largeForecasts, nameof(largeForecasts));
        Guard.SameLength(outcomes, smallForecasts, nameof(outcomes), nameof(smallForecasts));
        Guard.SameLength(outcomes, largeForecasts, nameof(outcomes), nameof(largeForecasts));
        int n = outcomes.Length;
        var adjusted = new double[n];
        for (int t = 0; t < n; t++)
        {
            double small = outcomes[t] - smallForecasts[t], large = outcomes[t] - largeForecasts[t];
            double between = smallForecasts[t] - largeForecasts[t];
            adjusted[t] = small * small - (large * large - between * between);
        }

        if (Guard.IsConstant(adjusted))
            throw new ArgumentException(
                $"The adjusted difference is {Guard.Text(adjusted[0])} on all {n} occasions; the two models' " +
                $"forecasts must differ.", nameof(largeForecasts));
        LinearRegression mean = LinearRegression.Fit(
            adjusted,
            DesignMatrix.Intercept(n),
            horizon == 1 ? CovarianceEstimator.Classical : CovarianceEstimator.NeweyWest(horizon - 1));
        return new ClarkWest
        {
            Statistic = mean.TStatistics[0],
            PValue = StandardNormal.UpperTail(mean.TStatistics[0]),
            MeanDifference = mean.Coefficients[0],
            StandardError = mean.StandardErrors[0],
            Count = n,
        };
    }
}
