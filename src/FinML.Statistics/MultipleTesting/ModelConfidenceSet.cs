namespace FinML.Statistics;

/// <summary>
/// Hansen, Lunde and Nason's model confidence set (2011): the models that contain the best one with a given
/// confidence. Tests that all models of the set are equally good, eliminates the worst while the test rejects; a
/// model's p-value is the largest of the tests up to its elimination.
/// </summary>
/// <remarks>
/// Which model goes next does not depend on the bootstrap's critical values. So the whole order is found first, and the
/// null distributions are then built from the last set to the first by adding one model at a time: O(k^2 B) for all k
/// tests together.
/// </remarks>
public sealed record ModelConfidenceSet
{
    /// <summary>The models from the first that was eliminated to the best, with their p-values, which rise.</summary>
    public required IReadOnlyList<(string Model, double PValue)> Models { get; init; }

    /// <summary>Which statistic.</summary>
    public required ConfidenceSetStatistic Statistic { get; init; }

    /// <summary>The resamples that it was made from.</summary>
    public required BootstrapMeans Resamples { get; init; }

    /// <summary>Tests.</summary>
    /// <param name="performance">Resamples of two or more models (their own gains or losses: no benchmark).</param>
    /// <param name="statistic">T_R or T_max.</param>
    public static ModelConfidenceSet Of(
        BootstrapMeans performance, ConfidenceSetStatistic statistic = ConfidenceSetStatistic.Range)
    {
        ArgumentNullException.ThrowIfNull(performance);
        int k = performance.Means.Count;
        if (k < 2)
            throw new ArgumentException($"There is {k} model; at least 2 are needed.", nameof(performance));
        double[] losses = [.. performance.Means.Select(m => -m)];
        (int[] order, double[] pValues) = statistic switch
        {
            ConfidenceSetStatistic.Range => RangeElimination.Run(losses, performance),
            ConfidenceSetStatistic.Maximum => MaximumElimination.Run(losses, performance),
            _ => throw new ArgumentOutOfRangeException(
                nameof(statistic), $"statistic is {(int)statistic}; it must be a named one."),
        };
        for (int i = 1; i < k; i++)
            pValues[i] = Math.Max(pValues[i], pValues[i - 1]);
        return new ModelConfidenceSet
        {
            Models = [.. order.Select((model, i) => (performance.Performance.Names[model], pValues[i]))],
            Statistic = statistic,
            Resamples = performance,
        };
    }

    /// <summary>The models of the set that holds the best with probability 1 - alpha, the best last.</summary>
    /// <param name="alpha">Above 0 and below 1.</param>
    public IReadOnlyList<string> Included(double alpha = 0.05)
    {
        Guard.Between(alpha, 0, 1, nameof(alpha));
        return [.. Models.Where(m => m.PValue > alpha).Select(m => m.Model)];
    }
}
