namespace FinML.Statistics;

/// <summary>
/// A method that learns E[target | features], for the parts of a causal model that are not of interest themselves.
/// Deterministic: the same data and seed give the same bits.
/// </summary>
public interface ILearner
{
    /// <summary>The method and its settings, in words.</summary>
    string Name { get; }

    /// <summary>Learns.</summary>
    /// <param name="features">Without an intercept; every learner has its own.</param>
    /// <param name="target">One value for each row.</param>
    /// <param name="seed">Of what is random in the method.</param>
    IFittedLearner Fit(DesignMatrix features, ReadOnlySpan<double> target, ulong seed);
}
