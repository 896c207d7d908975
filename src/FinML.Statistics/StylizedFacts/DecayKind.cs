namespace FinML.Statistics;

/// <summary>The shape of a decay.</summary>
public enum DecayKind
{
    /// <summary>A k^(-rate): long memory where the rate is below 1.</summary>
    PowerLaw,

    /// <summary>A exp(-rate k): the autocorrelation of squares in a GARCH(1,1).</summary>
    Exponential,
}
