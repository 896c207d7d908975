namespace FinML.Statistics;

/// <summary>How a generalised Pareto distribution is fitted.</summary>
public enum ParetoMethod
{
    /// <summary>Maximum likelihood; errors from the observed information, right for a shape above -1/2.</summary>
    MaximumLikelihood,

    /// <summary>Probability-weighted moments, Hosking and Wallis (1987); errors right for a shape below 1/2.</summary>
    ProbabilityWeightedMoments,
}
