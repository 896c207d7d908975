namespace FinML.Figures.Svg;

/// <summary>The colours of everything that is not data.</summary>
internal sealed record ThemeColors(string Background, string Ink, string Muted, string Grid, string Axis)
{
    public static readonly ThemeColors Light = new("#ffffff", "#1f2328", "#59636e", "#e4e8ec", "#8c959f");

    public static readonly ThemeColors Dark = new("#0d1117", "#e6edf3", "#9da7b3", "#272e38", "#6e7681");

    public static readonly ThemeColors Print = new("#ffffff", "#000000", "#333333", "#dddddd", "#555555");

    public static ThemeColors Of(Theme theme) =>
        theme switch { Theme.Dark => Dark, Theme.Print => Print, _ => Light };
}
