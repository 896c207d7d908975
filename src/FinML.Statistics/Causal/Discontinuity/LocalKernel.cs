namespace FinML.Statistics;

/// <summary>Weights of observations by their distance u = |x - cutoff| / bandwidth.</summary>
public enum LocalKernel
{
    /// <summary>1 - u: optimal at a boundary, the default.</summary>
    Triangular,

    /// <summary>0.75 (1 - u^2).</summary>
    Epanechnikov,

    /// <summary>1/2: a plain regression within the window.</summary>
    Uniform,
}
