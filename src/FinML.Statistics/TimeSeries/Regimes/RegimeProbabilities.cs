namespace FinML.Statistics;

/// <summary>What the values say about the regimes, for each value after the first lags.</summary>
public sealed record RegimeProbabilities
{
    /// <summary>Of the values after the first lags.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>P(s_t = k | values up to t) at [t][k]: what a trader could have known.</summary>
    public required IReadOnlyList<double[]> Filtered { get; init; }

    /// <summary>P(s_t = k | all values) at [t][k]: for describing the past, never for trading it.</summary>
    public required IReadOnlyList<double[]> Smoothed { get; init; }
}
