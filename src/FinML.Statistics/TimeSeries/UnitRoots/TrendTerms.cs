namespace FinML.Statistics;

/// <summary>What a unit-root test allows beside the root.</summary>
public enum TrendTerms
{
    /// <summary>Nothing: the mean is 0 under the alternative.</summary>
    None,

    /// <summary>A constant.</summary>
    Constant,

    /// <summary>A constant and a linear trend.</summary>
    Trend,

    /// <summary>A constant, a linear and a quadratic trend.</summary>
    QuadraticTrend,
}
