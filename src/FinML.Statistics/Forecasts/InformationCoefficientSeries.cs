namespace FinML.Statistics;

/// <summary>
/// Information coefficients of successive cross-sections: their mean, their ratio mean / standard deviation (ICIR), and
/// a t-test of the mean with a standard error that allows for their dependence in time (Newey and West 1987), as
/// overlapping horizons make it.
/// </summary>
public sealed record InformationCoefficientSeries
{
    /// <summary>Mean coefficient.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation over periods, ddof 1.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>Mean / standard deviation, per period; times the square root of periods per year for a year, where the
    /// coefficients are independent.</summary>
    public required double Icir { get; init; }

    /// <summary>Newey-West standard error of the mean, with n / (n - 1).</summary>
    public required double StandardError { get; init; }

    /// <summary>Mean over standard error.</summary>
    public double TStatistic => Mean / StandardError;

    /// <summary>Two-sided, Student's t with n - 1.</summary>
    public double PValue => Tails.StudentTwoSided(TStatistic, Count - 1);

    /// <summary>Last lag with weight above 0.</summary>
    public required int Lags { get; init; }

    /// <summary>Share of periods with a coefficient above 0.</summary>
    public required double PositiveShare { get; init; }

    /// <summary>Number of periods.</summary>
    public required int Count { get; init; }

    /// <summary>Of coefficients already computed, from -1 to 1, in order of time.</summary>
    /// <param name="coefficients">Four or more, not all equal.</param>
    /// <param name="lags">Default floor(4 (n / 100)^(2/9)); horizon - 1 or more where forecasts overlap.</param>
    public static InformationCoefficientSeries Of(ReadOnlySpan<double> coefficients, int? lags = null)
    {
        Guard.Series(coefficients, 4, nameof(coefficients));
        int positive = 0, n = coefficients.Length;
        for (int t = 0; t < n; t++)
        {
            if (Math.Abs(coefficients[t]) > 1)
                throw new ArgumentException(
                    $"coefficients is {Guard.Text(coefficients[t])} at index {t}; a correlation is from -1 to 1.",
                    nameof(coefficients));
            positive += coefficients[t] > 0 ? 1 : 0;
        }

        Guard.NotConstant(coefficients, nameof(coefficients));
        int last = lags ?? Bandwidth.RuleOfThumbLags(n);
        Guard.InRange(last, 0, n - 1, nameof(lags));
        Moments moments = Moments.Of(coefficients);
        LinearRegression mean = LinearRegression.Fit(
            coefficients,
            DesignMatrix.Intercept(n),
            CovarianceEstimator.NeweyWest(last, factor: SmallSampleFactor.ObservationsOverDegreesOfFreedom));
        return new InformationCoefficientSeries
        {
            Mean = moments.Mean,
            StandardDeviation = moments.StandardDeviation(),
            Icir = moments.Mean / moments.StandardDeviation(),
            StandardError = mean.StandardErrors[0],
            Lags = last,
            PositiveShare = positive / (double)n,
            Count = n,
        };
    }

    /// <summary>Of forecasts and outcomes, one array of assets for each period.</summary>
    /// <param name="forecasts">For each period, in order of time, a forecast for each asset.</param>
    /// <param name="outcomes">What came, aligned; periods may have different assets.</param>
    /// <param name="lags">As in <see cref="Of(ReadOnlySpan{double}, int?)"/>.</param>
    public static InformationCoefficientSeries Of(
        IReadOnlyList<double[]> forecasts, IReadOnlyList<double[]> outcomes, int? lags = null)
    {
        ArgumentNullException.ThrowIfNull(forecasts);
        ArgumentNullException.ThrowIfNull(outcomes);
        if (forecasts.Count != outcomes.Count)
            throw new ArgumentException(
                $"There are {forecasts.Count} periods of forecasts and {outcomes.Count} of outcomes; they must be " +
                $"aligned.", nameof(outcomes));
        for (int t = 0; t < forecasts.Count; t++)
        {
            if (forecasts[t].Length < 3 || forecasts[t].Length != outcomes[t].Length)
                throw new ArgumentException(
                    $"Period {t} has {forecasts[t].Length} forecasts and {outcomes[t].Length} outcomes; it needs " +
                    $"three or more of each, aligned.", nameof(forecasts));
        }

        return Of([.. forecasts.Zip(outcomes, (f, o) => InformationCoefficient.Of(f, o).Value)], lags);
    }
}
