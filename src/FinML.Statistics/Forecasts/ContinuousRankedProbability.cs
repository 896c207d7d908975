namespace FinML.Statistics;

/// <summary>
/// Continuous ranked probability score, the integral of (F(x) - [x &gt;= y])^2: the absolute error of a distribution,
/// in the unit of the outcome. Matheson and Winkler (1976); Gneiting and Raftery (2007).
/// </summary>
public static class ContinuousRankedProbability
{
    /// <summary>Of normal forecasts: s (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)), z = (y - m) / s.</summary>
    /// <param name="outcomes">What came.</param>
    /// <param name="means">Forecast means.</param>
    /// <param name="deviations">Forecast standard deviations, above 0.</param>
    public static ForecastScore Normal(
        ReadOnlySpan<double> outcomes, ReadOnlySpan<double> means, ReadOnlySpan<double> deviations)
    {
        Guard.Series(outcomes, 1, nameof(outcomes));
        Guard.Finite(means, nameof(means));
        Guard.Finite(deviations, nameof(deviations));
        Guard.SameLength(outcomes, means, nameof(outcomes), nameof(means));
        Guard.SameLength(outcomes, deviations, nameof(outcomes), nameof(deviations));
        ForecastScore.AllPositive(deviations, nameof(deviations));
        var losses = new double[outcomes.Length];
        for (int t = 0; t < losses.Length; t++)
        {
            double s = deviations[t], z = (outcomes[t] - means[t]) / s;
            losses[t] = s * (z * (1 - 2 * StandardNormal.UpperTail(z)) + 2 * StandardNormal.Density(z)
                - 1 / Math.Sqrt(Math.PI));
        }

        return new ForecastScore("CRPS of normal forecasts", losses);
    }

    /// <summary>
    /// Of samples from the forecast: mean |x_i - y| - sum_ij |x_i - x_j| / (2 m^2), or 2 m (m - 1) where fair.
    /// </summary>
    /// <param name="outcomes">What came.</param>
    /// <param name="samples">The sample of each forecast; two values or more each.</param>
    /// <param name="fair">True scores the distribution that the sample was drawn from: unbiased in the size of the
    /// sample, Ferro (2014). False scores the sample's own step function, as scoringRules' edf.</param>
    public static ForecastScore Ensemble(ReadOnlySpan<double> outcomes, double[][] samples, bool fair = true)
    {
        ArgumentNullException.ThrowIfNull(samples);
        Guard.Series(outcomes, 1, nameof(outcomes));
        if (samples.Length != outcomes.Length)
            throw new ArgumentException(
                $"{samples.Length} samples stand against {outcomes.Length} outcomes; there must be one for each.",
                nameof(samples));
        var losses = new double[outcomes.Length];
        for (int t = 0; t < losses.Length; t++)
        {
            Guard.Series(samples[t], 2, $"sample {t}");
            double[] sorted = (double[])samples[t].Clone();
            Array.Sort(sorted);
            double m = sorted.Length, distance = 0, spread = 0; // spread: sum of x_j - x_i over i < j
            for (int i = 0; i < sorted.Length; i++)
            {
                distance += Math.Abs(sorted[i] - outcomes[t]);
                spread += (2 * i + 1 - m) * sorted[i];
            }

            losses[t] = distance / m - spread / (m * (fair ? m - 1 : m));
        }

        return new ForecastScore(fair ? "fair CRPS of samples" : "CRPS of samples", losses);
    }

    /// <summary>
    /// Of quantile forecasts: twice the pinball loss, each level weighted by the probabilities nearest to it. Levels
    /// (i - 1/2) / m give the score of the sample of m; few levels leave the tails out and score too low.
    /// </summary>
    /// <param name="outcomes">What came.</param>
    /// <param name="levels">Probabilities, rising, between 0 and 1.</param>
    /// <param name="quantiles">For each outcome the quantiles at the levels; they must not fall.</param>
    public static ForecastScore Quantiles(ReadOnlySpan<double> outcomes, double[] levels, double[][] quantiles)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentNullException.ThrowIfNull(quantiles);
        Guard.Series(outcomes, 1, nameof(outcomes));
        Guard.Series(levels, 1, nameof(levels));
        for (int k = 0; k < levels.Length; k++)
            Guard.Between(levels[k], k == 0 ? 0 : levels[k - 1], 1, $"level {k}");
        if (quantiles.Length != outcomes.Length)
            throw new ArgumentException(
                $"{quantiles.Length} rows of quantiles stand against {outcomes.Length} outcomes; there must be one " +
                $"for each.", nameof(quantiles));
        var losses = new double[outcomes.Length];
        for (int t = 0; t < losses.Length; t++)
        {
            double[] row = quantiles[t];
            Guard.Series(row, levels.Length, $"quantiles {t}");
            Guard.SameLength(levels, row, nameof(levels), $"quantiles {t}");
            for (int k = 0; k < row.Length; k++)
            {
                if (k > 0 && row[k] < row[k - 1])
                    throw new ArgumentException(
                        $"Row {t} has the quantile {Guard.Text(row[k])} at level {Guard.Text(levels[k])} below " +
                        $"{Guard.Text(row[k - 1])} at level {Guard.Text(levels[k - 1])}; quantiles must not fall.",
                        nameof(quantiles));
                double from = k == 0 ? 0 : (levels[k - 1] + levels[k]) / 2;
                double to = k == row.Length - 1 ? 1 : (levels[k] + levels[k + 1]) / 2;
                losses[t] += 2 * (to - from) * ForecastScore.Pinball(outcomes[t], row[k], levels[k]);
            }
        }

        return new ForecastScore("CRPS of quantiles", losses);
    }
}
