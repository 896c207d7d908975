namespace FinML.Figures;

/// <summary>The page a figure is drawn for. Series colours are the same in all of them and keep their
/// contrast in all of them; how safe they are for colour-blind readers is the figure's choice
/// (<see cref="SeriesPalette"/>).</summary>
public enum Theme
{
    /// <summary>
    /// Follows the reader: light, or dark where the page or the system asks for it (prefers-color-scheme, VS Code,
    /// JupyterLab). The figure brings its own background, so it is readable wherever it lands.
    /// </summary>
    Auto,

    /// <summary>Dark ink on white.</summary>
    Light,

    /// <summary>Light ink on #0d1117.</summary>
    Dark,

    /// <summary>Black ink on no background, for paper.</summary>
    Print,
}
