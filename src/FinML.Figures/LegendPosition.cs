namespace FinML.Figures;

/// <summary>Where the names of the series stand.</summary>
public enum LegendPosition
{
    /// <summary>Above the plot when there is more than one name, otherwise nowhere.</summary>
    Auto,

    /// <summary>Between title and plot, wrapped to the width.</summary>
    Top,

    /// <summary>A column beside the plot.</summary>
    Right,

    /// <summary>Under the plot, wrapped to the width.</summary>
    Below,

    /// <summary>In the corner of the first row that covers the fewest data.</summary>
    Inside,

    /// <summary>Nowhere.</summary>
    None,
}
