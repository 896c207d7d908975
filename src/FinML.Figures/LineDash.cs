namespace FinML.Figures;

/// <summary>The pattern of a line, the second channel beside colour.</summary>
public enum LineDash
{
    /// <summary>Unbroken.</summary>
    Solid,

    /// <summary>Dashes.</summary>
    Dash,

    /// <summary>Dots.</summary>
    Dot,

    /// <summary>A dash, then a dot.</summary>
    DashDot,

    /// <summary>Long dashes with small gaps.</summary>
    LongDash,
}
