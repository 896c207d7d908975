namespace FinML.Statistics;

/// <summary>Where the p-value of a Kolmogorov-Smirnov test comes from.</summary>
public enum KolmogorovMethod
{
    /// <summary>Exact where that is quick: 1,000 values, or 4,000,000 pairs of values of two samples.</summary>
    Automatic,

    /// <summary>The distribution at this number of values.</summary>
    Exact,

    /// <summary>Its limit for many values.</summary>
    Asymptotic,
}
