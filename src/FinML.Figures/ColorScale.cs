namespace FinML.Figures;

/// <summary>The colours of a heatmap.</summary>
public enum ColorScale
{
    /// <summary>Diverging where the values lie on both sides of zero, otherwise sequential.</summary>
    Auto,

    /// <summary>From dark blue (low) to yellow (high), even in lightness.</summary>
    Sequential,

    /// <summary>Blue below zero, orange above, white at zero.</summary>
    Diverging,
}
