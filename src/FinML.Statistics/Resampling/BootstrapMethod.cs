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

    /// <summary>
    /// Bootstrap-t: the estimate less its standard error times the quantiles of t* = (replicate - estimate) / its
    /// standard error in the resample. The most accurate where the standard error is a good one; smooth statistics
    /// bring their own (blockwise in the resample, Goetze and Kuensch 1996, a prewhitened kernel estimate on the data,
    /// Ledoit and Wolf 2008), any other is given one.
    /// </summary>
    Studentised,
}
