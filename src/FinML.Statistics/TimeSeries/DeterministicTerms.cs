namespace FinML.Statistics;

/// <summary>What a model of time series has besides their own lags.</summary>
public enum DeterministicTerms
{
    /// <summary>Nothing: the series have mean 0.</summary>
    None,

    /// <summary>A constant.</summary>
    Constant,

    /// <summary>A constant and a linear trend.</summary>
    ConstantAndTrend,
}
