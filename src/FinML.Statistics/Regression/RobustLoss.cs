namespace FinML.Statistics;

/// <summary>Influence of a residual u, in units of the robust scale: Huber (1964), Beaton and Tukey (1974).</summary>
public enum RobustLoss
{
    /// <summary>psi(u) = u, held to +-1.345: 95 % efficient for normal errors, never lets go of an outlier.</summary>
    Huber,

    /// <summary>psi(u) = u (1 - (u / 4.685)^2)^2, 0 beyond: 95 % efficient, outliers are left out. Started from Huber's
    /// fit.</summary>
    Bisquare,
}
