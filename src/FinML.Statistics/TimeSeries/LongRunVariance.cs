namespace FinML.Statistics;

/// <summary>
/// Variance of sqrt(n) times the mean of a dependent series, by Newey and West (1987): gamma_0 + 2 sum_{k=1}^{L}
/// (1 - k / (L + 1)) gamma_k, Bartlett weights, autocovariances with divisor n.
/// </summary>
public sealed record LongRunVariance
{
    /// <summary>The long-run variance, in squared units of the values.</summary>
    public required double Value { get; init; }

    /// <summary>The last lag with weight above 0.</summary>
    public required int Lag { get; init; }

    /// <summary>Number of values.</summary>
    public required int Count { get; init; }

    /// <summary>Standard error of the mean, sqrt(Value / n).</summary>
    public double StandardErrorOfMean => Math.Sqrt(Value / Count);

    /// <summary>With a fixed lag.</summary>
    /// <param name="values">Two or more finite numbers.</param>
    /// <param name="lag">From 0 (independence) to the number of values less 1.</param>
    public static LongRunVariance NeweyWest(ReadOnlySpan<double> values, int lag)
    {
        Guard.Series(values, 2, nameof(values));
        Guard.InRange(lag, 0, values.Length - 1, nameof(lag));
        double mean = Moments.Of(values).Mean;
        Scores deviations = Scores.Of(Array.ConvertAll(values.ToArray(), value => value - mean));
        double variance = CovarianceEstimator.NeweyWest(lag).Of(deviations).Value[0, 0];

        // The Bartlett kernel is positive semi-definite; rounding may leave -1e-20 for a constant series.
        return new LongRunVariance { Value = Math.Max(variance, 0), Lag = lag, Count = values.Length };
    }

    /// <summary>With the lag that <see cref="AndrewsLag"/> chooses.</summary>
    public static LongRunVariance NeweyWest(ReadOnlySpan<double> values) => NeweyWest(values, AndrewsLag(values));

    /// <summary>
    /// Automatic lag of Andrews (1991) for the Bartlett kernel with an AR(1) plug-in: bandwidth S = 1.1447 (alpha
    /// n)^(1/3), alpha = 4 rho^2 / ((1 - rho)^2 (1 + rho)^2), lag = ceiling(S) - 1 (weight 1 - k / S is 0 from S on).
    /// rho is held to +-0.97, as Andrews and Monahan (1992) advise.
    /// </summary>
    public static int AndrewsLag(ReadOnlySpan<double> values)
    {
        Guard.Series(values, 3, nameof(values));
        Guard.NotConstant(values, nameof(values));
        double rho = Math.Clamp(Autocorrelation.At(values, 1), -0.97, 0.97);
        double alpha = 4 * rho * rho / Math.Pow((1 - rho) * (1 + rho), 2);
        double bandwidth = 1.1447 * Math.Cbrt(alpha * values.Length);
        return Math.Clamp((int)Math.Ceiling(bandwidth) - 1, 0, values.Length - 1);
    }
}
