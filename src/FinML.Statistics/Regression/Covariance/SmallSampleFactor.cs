namespace FinML.Statistics;

/// <summary>What a covariance is multiplied by because the residuals are shorter than the errors.</summary>
public enum SmallSampleFactor
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>n / (n - k); for clusters G / (G - 1) times (n - 1) / (n - k).</summary>
    ObservationsOverDegreesOfFreedom,
}
