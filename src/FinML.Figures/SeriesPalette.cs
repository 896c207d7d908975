namespace FinML.Figures;

/// <summary>How the series of a figure are told apart.</summary>
public enum SeriesPalette
{
    /// <summary>Seven colours, at least 25 apart in CIELAB for normal, deuteranope and protanope eyes and 18 for
    /// tritanope ones; from the third on each has a dash pattern.</summary>
    Default,

    /// <summary>
    /// Eight colours, at least 23 apart for normal, deuteranope, protanope and tritanope eyes, and a second sign beside
    /// each: eight marker shapes, of which lines carry a few, and dash patterns. The first eight series can be told
    /// apart without any colour.
    /// </summary>
    ColorBlind,
}
