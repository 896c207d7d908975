using System.Globalization;

namespace FinML.Figures;

/// <summary>
/// Series colours that hold a contrast of at least 3:1 on white, #0d1117 and #1e1e1e at once (WCAG 2.1, 1.4.11), and
/// that stay at least 25 apart in CIELAB for normal, deuteranope and protanope eyes and 18 for tritanope ones (Machado,
/// Oliveira and Fernandes 2009). They start from the Okabe-Ito hues, moved by a random search within the band of
/// luminance 0.145 to 0.295 that both pages allow. A dash pattern is the second channel, for greyscale prints.
/// </summary>
public static class Palette
{
    private static readonly string[] SeriesColors =
        ["#0798fb", "#ed6f00", "#965faa", "#6e9f72", "#995b28", "#375bf0", "#6f6872"];

    private static readonly LineDash[] SeriesDashes =
        [LineDash.Solid, LineDash.Solid, LineDash.Dash, LineDash.Dot, LineDash.DashDot, LineDash.LongDash,
            LineDash.Solid];

    // The best of a search over 80,000 colours of the same band for all four kinds of eye at once. (Okabe and Ito's
    // eight are 16 apart, and their yellow and black vanish on white and on dark pages.)
    private static readonly string[] ColorBlindColors =
        ["#4b8efd", "#f7680d", "#8c6369", "#cb8266", "#9e8eb1", "#d60826", "#9426ff", "#6068b0"];

    private static readonly LineDash[] ColorBlindDashes =
        [LineDash.Solid, LineDash.Dash, LineDash.Dot, LineDash.LongDash, LineDash.DashDot, LineDash.Solid,
            LineDash.Dash, LineDash.Dot];

    // cividis (Nunez, Anderton and Renslow 2018), nine anchors: made for colour-blind readers, monotone in lightness.
    private static readonly string[] SequentialAnchors =
        ["#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74", "#c3b369", "#fee838"];

    // Blue below, orange above (after ColorBrewer's PuOr), near-white in the middle.
    private static readonly string[] DivergingAnchors =
        ["#053a61", "#2166ac", "#5a9bc9", "#a9cfe4", "#f4f4f2", "#f9c89b", "#e58a3c", "#b85510", "#6e2f04"];

    /// <summary>The series colours in order, as #rrggbb.</summary>
    public static IReadOnlyList<string> Colors => SeriesColors;

    /// <summary>The dash pattern that goes with each colour.</summary>
    public static IReadOnlyList<LineDash> Dashes => SeriesDashes;

    /// <summary>The colours of a palette in order, as #rrggbb.</summary>
    public static IReadOnlyList<string> Of(SeriesPalette palette) =>
        palette == SeriesPalette.ColorBlind ? ColorBlindColors : SeriesColors;

    internal static string Neutral => SeriesColors[^1];

    internal static string ColorOf(int slot, SeriesPalette palette = SeriesPalette.Default)
    {
        IReadOnlyList<string> colors = Of(palette);
        return colors[slot % colors.Count];
    }

    internal static LineDash DashOf(int slot, SeriesPalette palette = SeriesPalette.Default)
    {
        if (palette == SeriesPalette.ColorBlind)
            return ColorBlindDashes[slot % ColorBlindDashes.Length];
        // After one round through the colours the patterns shift, so that no pair of colour and dash repeats before the
        // third.
        int round = slot / SeriesColors.Length;
        return SeriesDashes[(slot + round * 3) % SeriesDashes.Length];
    }

    /// <summary>The colour at <paramref name="fraction"/> (0 to 1) of a colour scale, as #rrggbb.</summary>
    public static string Scale(bool diverging, double fraction)
    {
        string[] anchors = diverging ? DivergingAnchors : SequentialAnchors;
        double position = Math.Clamp(fraction, 0, 1) * (anchors.Length - 1);
        int low = Math.Min((int)position, anchors.Length - 2);
        var (r0, g0, b0) = Parse(anchors[low]);
        var (r1, g1, b1) = Parse(anchors[low + 1]);
        double t = position - low;
        return string.Create(CultureInfo.InvariantCulture, $"#{Mix(r0, r1):x2}{Mix(g0, g1):x2}{Mix(b0, b1):x2}");

        int Mix(int a, int b) => (int)Math.Round(a + (b - a) * t);
    }

    /// <summary>WCAG contrast ratio of two #rrggbb colours: (L1 + 0.05) / (L2 + 0.05), from 1 to 21.</summary>
    public static double Contrast(string first, string second)
    {
        double a = Luminance(first), b = Luminance(second);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    internal static double Luminance(string color)
    {
        var (r, g, b) = Parse(color);
        return 0.2126 * Linear(r) + 0.7152 * Linear(g) + 0.0722 * Linear(b);
    }

    internal static double Linear(int channel)
    {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }

    internal static (int Red, int Green, int Blue) Parse(string color) =>
        (Hex(color, 1), Hex(color, 3), Hex(color, 5));

    internal static string Check(string color)
    {
        if (color is ['#', ..] && color.Length == 7 && color.AsSpan(1).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0)
            return color.ToLowerInvariant();
        throw new ArgumentException($"A color is written #rrggbb; got '{color}'.", nameof(color));
    }

    private static int Hex(string color, int start) =>
        int.Parse(color.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
