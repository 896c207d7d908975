namespace FinML.Statistics;

/// <summary>How many lags the long-run variance of a KPSS test has.</summary>
public enum KpssLags
{
    /// <summary>The automatic rule of Hobijn, Franses and Ooms (1998) for the Bartlett kernel.</summary>
    Automatic,

    /// <summary>floor(4 (n / 100)^(1/4)): the l4 of the paper.</summary>
    Short,

    /// <summary>ceiling(12 (n / 100)^(1/4)): about the l12 of the paper.</summary>
    Long,
}
