namespace FinML.Statistics;

/// <summary>
/// Brier (1950) score of probability forecasts, mean (p - o)^2, and its decomposition of Murphy (1973) over bins:
/// score = reliability - resolution + uncertainty + within-bin, the last part 0 where each bin holds one probability
/// (Stephenson, Coelho and Jolliffe 2008).
/// </summary>
public sealed record BrierScore
{
    /// <summary>Mean (p - o)^2, from 0 to 1; less is better.</summary>
    public required double Score { get; init; }

    /// <summary>sum n_k (mean p_k - frequency_k)^2 / n: 0 where the forecasts are calibrated.</summary>
    public required double Reliability { get; init; }

    /// <summary>sum n_k (frequency_k - frequency)^2 / n: how far the forecasts tell occasions apart.</summary>
    public required double Resolution { get; init; }

    /// <summary>frequency (1 - frequency): the score of always forecasting the frequency.</summary>
    public required double Uncertainty { get; init; }

    /// <summary>Variance of p less twice its covariance with o, within bins.</summary>
    public required double WithinBins { get; init; }

    /// <summary>1 - score / uncertainty; null where all outcomes are alike.</summary>
    public double? Skill => Uncertainty > 0 ? 1 - Score / Uncertainty : null;

    /// <summary>The reliability diagram, bins without forecasts left out.</summary>
    public required IReadOnlyList<CalibrationBin> Bins { get; init; }

    /// <summary>Number of forecasts.</summary>
    public required int Count { get; init; }

    /// <summary>The score with <paramref name="bins"/> bins of equal width.</summary>
    /// <param name="probabilities">Forecasts, from 0 to 1.</param>
    /// <param name="outcomes">Whether the event came.</param>
    /// <param name="bins">Number of bins; 0 gives each distinct probability one of its own.</param>
    public static BrierScore Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> outcomes, int bins = 10)
    {
        Guard.Series(probabilities, 1, nameof(probabilities));
        Guard.AtLeast(bins, 0, nameof(bins));
        if (probabilities.Length != outcomes.Length)
            throw new ArgumentException(
                $"{probabilities.Length} probabilities stand against {outcomes.Length} outcomes; there must be one " +
                $"for each.", nameof(outcomes));
        int n = probabilities.Length;
        double score = 0, frequency = 0;
        var groups = new SortedDictionary<double, List<(double P, double O)>>(); // by probability, or by bin number
        for (int t = 0; t < n; t++)
        {
            double p = probabilities[t], o = outcomes[t] ? 1 : 0;
            if (p < 0 || p > 1)
                throw new ArgumentException(
                    $"probabilities is {Guard.Text(p)} at index {t}; every value must be from 0 to 1.",
                    nameof(probabilities));
            score += (p - o) * (p - o) / n;
            frequency += o / n;
            double key = bins == 0 ? p : Math.Min(Math.Floor(p * bins + 1e-9), bins - 1); // .29 of 100
            if (!groups.TryGetValue(key, out List<(double P, double O)>? group))
                groups.Add(key, group = []);
            group.Add((p, o));
        }

        double reliability = 0, resolution = 0, within = 0;
        var table = new List<CalibrationBin>();
        foreach ((double key, List<(double P, double O)> group) in groups)
        {
            double meanP = group.Average(pair => pair.P), meanO = group.Average(pair => pair.O);
            reliability += group.Count * (meanP - meanO) * (meanP - meanO) / n;
            resolution += group.Count * (meanO - frequency) * (meanO - frequency) / n;
            within += group.Sum(pair => (pair.P - meanP) * (pair.P - meanP - 2 * (pair.O - meanO))) / n;
            (double lower, double upper) = bins == 0 ? (key, key) : (key / bins, (key + 1) / bins);
            table.Add(new CalibrationBin(lower, upper, group.Count, meanP, meanO));
        }

        return new BrierScore
        {
            Score = score,
            Reliability = reliability,
            Resolution = resolution,
            Uncertainty = frequency * (1 - frequency),
            WithinBins = within,
            Bins = table,
            Count = n,
        };
    }
}
