namespace FinML.Statistics;

/// <summary>How the density of the errors at the quantile is estimated: summary.rq of R's quantreg.</summary>
public enum QuantileErrors
{
    /// <summary>Errors alike at every x; the sparsity by Siddiqui (1960) from the residuals nearest to 0.
    /// "iid".</summary>
    Alike,

    /// <summary>Sandwich of Hendricks and Koenker (1992): the density at each x from the fits at tau +- h.
    /// "nid".</summary>
    DifferenceSandwich,

    /// <summary>Sandwich of Powell (1991): a Gaussian kernel at each residual. "ker".</summary>
    KernelSandwich,
}
