namespace FinML.Statistics;

/// <summary>Whom the treated are compared with.</summary>
public enum ComparisonGroup
{
    /// <summary>Units that are never treated.</summary>
    NeverTreated,

    /// <summary>Units that are not treated yet, never treated ones among them.</summary>
    NotYetTreated,
}
