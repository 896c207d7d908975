namespace FinML.Statistics;

/// <summary>Where the squared residuals of a regression discontinuity's standard errors come from.</summary>
public enum DiscontinuityVariance
{
    /// <summary>Differences to the nearest neighbours in the running variable (Abadie and Imbens 2006): no fit is
    /// involved, rdrobust's default.</summary>
    NearestNeighbours,

    /// <summary>Residuals of the local fit.</summary>
    HC0,

    /// <summary>HC0 times n / (n - k).</summary>
    HC1,

    /// <summary>e^2 / (1 - h), h the leverage.</summary>
    HC2,

    /// <summary>e^2 / (1 - h)^2.</summary>
    HC3,
}
