namespace FinML.Statistics;

/// <summary>What a test would have us believe where it rejects.</summary>
public enum Alternative
{
    /// <summary>The quantity differs from its value under the null.</summary>
    TwoSided,

    /// <summary>The quantity is greater than its value under the null.</summary>
    Greater,

    /// <summary>The quantity is less than its value under the null.</summary>
    Less,
}
