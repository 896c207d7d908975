namespace FinML.Statistics;

/// <summary>The law of the standardised errors z, of mean 0 and variance 1.</summary>
public enum InnovationLaw
{
    /// <summary>Standard normal: quasi-likelihood, consistent where the mean and the variance are right.</summary>
    Normal,

    /// <summary>Student's t with nu degrees of freedom, above 2, scaled to variance 1.</summary>
    StudentT,
}
