namespace FinML.Statistics;

/// <summary>One regression among those averaged over.</summary>
public sealed record AveragedModel
{
    /// <summary>Names of the predictors; none for the intercept alone.</summary>
    public required IReadOnlyList<string> Predictors { get; init; }

    /// <summary>Posterior probability: exact where all models were fitted, else its share of the sampler's visits.
    /// </summary>
    public required double Probability { get; init; }

    /// <summary>Log BF against the intercept alone.</summary>
    public required double LogBayesFactor { get; init; }

    /// <summary>R-squared, not adjusted.</summary>
    public required double RSquared { get; init; }
}
