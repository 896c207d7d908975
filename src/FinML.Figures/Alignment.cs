namespace FinML.Figures;

/// <summary>How the cells of a column are aligned.</summary>
public enum Alignment
{
    /// <summary>Numbers right, anything else left, by the column's cells.</summary>
    Auto,

    /// <summary>Left.</summary>
    Left,

    /// <summary>Right.</summary>
    Right,

    /// <summary>Centre.</summary>
    Center,
}
