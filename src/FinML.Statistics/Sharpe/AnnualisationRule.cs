namespace FinML.Statistics;

/// <summary>How a Sharpe ratio per period became one per year.</summary>
public enum AnnualisationRule
{
    /// <summary>Times sqrt(q): returns that show no autocorrelation.</summary>
    SquareRoot,

    /// <summary>Times eta(q) of Lo (2002), from the sample autocorrelations.</summary>
    Autocorrelations,

    /// <summary>Neither holds: there is no number per year.</summary>
    Refused,
}
