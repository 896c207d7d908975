namespace FinML.Statistics;

/// <summary>How returns per period become a return per year.</summary>
public enum Compounding
{
    /// <summary>The constant yearly rate with the same final wealth: W_n^(periods per year / n) - 1.</summary>
    Geometric,

    /// <summary>
    /// Mean return times periods per year; no compounding. The numerator of the annualised Sharpe ratio.
    /// </summary>
    Arithmetic,
}
