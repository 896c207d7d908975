namespace FinML.Figures;

/// <summary>Which cell of a column is marked as the best one.</summary>
public enum Best
{
    /// <summary>None.</summary>
    None,

    /// <summary>The highest.</summary>
    Highest,

    /// <summary>The lowest.</summary>
    Lowest,
}
