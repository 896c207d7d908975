namespace FinML.Statistics;

/// <summary>In what a heterogeneous autoregression is linear.</summary>
public enum HarTransform
{
    /// <summary>The realised variance.</summary>
    Level,

    /// <summary>Its root, the realised volatility; forecasts are of the volatility.</summary>
    SquareRoot,

    /// <summary>Its logarithm; forecasts are exp(m + s^2 / 2), right for normal errors.</summary>
    Logarithm,
}
