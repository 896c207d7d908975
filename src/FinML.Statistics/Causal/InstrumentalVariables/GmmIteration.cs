namespace FinML.Statistics;

/// <summary>How often the weights of the moments are made anew.</summary>
public enum GmmIteration
{
    /// <summary>Once, from the residuals of two-stage least squares: Hansen (1982).</summary>
    TwoStep,

    /// <summary>Until estimate and weights agree.</summary>
    Iterated,

    /// <summary>At every trial value, inside the minimum: Hansen, Heaton and Yaron (1996).</summary>
    ContinuouslyUpdated,
}
