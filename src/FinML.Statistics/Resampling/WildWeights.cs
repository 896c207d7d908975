namespace FinML.Statistics;

/// <summary>The random factor of a residual in the wild bootstrap: mean 0, variance 1.</summary>
public enum WildWeights
{
    /// <summary>+1 or -1 with probability 1/2 each: the better one in most samples (Davidson and Flachaire 2008).
    /// </summary>
    Rademacher,

    /// <summary>
    /// Mammen (1993): (1 - sqrt 5) / 2 with probability (sqrt 5 + 1) / (2 sqrt 5), (1 + sqrt 5) / 2 otherwise; its
    /// third moment is 1, so that skewness is kept.
    /// </summary>
    Mammen,
}
