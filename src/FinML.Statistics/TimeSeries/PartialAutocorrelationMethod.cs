namespace FinML.Statistics;

/// <summary>How partial autocorrelations are estimated.</summary>
public enum PartialAutocorrelationMethod
{
    /// <summary>The recursion of Durbin (1960) and Levinson on the autocorrelations of divisor n, as R's pacf: always
    /// within -1 and 1.</summary>
    DurbinLevinson,

    /// <summary>The last coefficient of a regression of x_t on a constant and x_{t-1} ... x_{t-k}: less biased where
    /// the series is persistent.</summary>
    LeastSquares,
}
