namespace FinML.Statistics;

/// <summary>Weight k(x) of the autocovariance at lag x times the bandwidth: Andrews (1991), equation 2.7.</summary>
public enum HacKernel
{
    /// <summary>1 up to x = 1. The estimate can be negative.</summary>
    Truncated,

    /// <summary>1 - x.</summary>
    Bartlett,

    /// <summary>1 - 6 x^2 + 6 x^3 up to 1/2, then 2 (1 - x)^3.</summary>
    Parzen,

    /// <summary>25 / (12 pi^2 x^2) (sin(y) / y - cos(y)), y = 6 pi x / 5: no last lag.</summary>
    QuadraticSpectral,
}
