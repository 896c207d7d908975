namespace FinML.Statistics;

/// <summary>How replicates become an interval.</summary>
public enum BootstrapMethod
{
    /// <summary>The type-7 quantiles of the replicates.</summary>
    Percentile,

    /// <summary>Twice the estimate less the opposite quantile.</summary>
    Basic,

    /// <summary>
    /// Bias-corrected and accelerated (Efron 1987), with the acceleration from a jackknife that deletes a whole block
    /// at a time, which is the ordinary jackknife where the block length is 1.
    /// </summary>
    Bca,
}
