namespace FinML.Figures;

/// <summary>Which panels of a grid have one axis.</summary>
public enum AxisSharing
{
    /// <summary>All panels; ticks are labelled at the outer edges only.</summary>
    All,

    /// <summary>The panels that stand in one line: those of a column share x, those of a row share y.</summary>
    Aligned,

    /// <summary>None: each panel has its own axis and may have its own kind (dates, numbers, labels, log).</summary>
    None,
}
