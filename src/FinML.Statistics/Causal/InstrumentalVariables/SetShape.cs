namespace FinML.Statistics;

/// <summary>What a confidence set by inversion of a test can be.</summary>
public enum SetShape
{
    /// <summary>No value is accepted: the model is rejected as a whole.</summary>
    Empty,

    /// <summary>One interval with two ends.</summary>
    Interval,

    /// <summary>Several pieces, all of them with two ends.</summary>
    Disjoint,

    /// <summary>Unbounded, with a gap: the data reject some values but no large ones.</summary>
    Unbounded,

    /// <summary>Every value is accepted: the data say nothing about the coefficient.</summary>
    WholeLine,
}
