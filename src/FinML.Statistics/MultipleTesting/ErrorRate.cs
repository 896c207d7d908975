namespace FinML.Statistics;

/// <summary>What a correction for many tests keeps small.</summary>
public enum ErrorRate
{
    /// <summary>The probability of one false rejection or more.</summary>
    FamilyWise,

    /// <summary>The expected share of false rejections among the rejections.</summary>
    FalseDiscovery,
}
