namespace FinML.Figures.Svg;

/// <summary>
/// Text widths without a font engine: the advance widths (thousandths of an em) of Liberation Sans, which Arial and
/// Helvetica share. The SVG asks for those three fonts, so that the estimate is the width on nearly every machine.
/// </summary>
internal static class FontMetrics
{
    public const string Family = "Helvetica, Arial, 'Liberation Sans', sans-serif";

    // U+0020 to U+007E
    private static readonly short[] Ascii =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
        556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
        556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
        500, 500, 500, 334, 260, 334, 584,
    ];

    private static readonly short[] AsciiBold =
    [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722,
        611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556,
        611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778,
        556, 556, 500, 389, 280, 389, 584,
    ];

    /// <summary>Width in pixels of a line of text.</summary>
    public static double Width(string text, double size, bool bold = false)
    {
        double units = 0;
        foreach (System.Text.Rune rune in text.EnumerateRunes())
            units += Advance(rune.Value, bold);
        return units * size / 1000;
    }

    /// <summary>Breaks text at spaces so that each line fits; a word that is too long is cut with an
    /// ellipsis.</summary>
    public static List<string> Wrap(string text, double size, double width, int maxLines, bool bold = false)
    {
        var lines = new List<string>();
        string line = "";
        string[] words = text.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < words.Length; i++)
        {
            string longer = line.Length == 0 ? words[i] : line + " " + words[i];
            if (line.Length == 0 || Width(longer, size, bold) <= width)
            {
                line = longer;
                continue;
            }

            if (lines.Count == maxLines - 1)
            {
                line += " " + string.Join(' ', words[i..]);
                break;
            }

            lines.Add(line);
            line = words[i];
        }

        lines.Add(line);
        return lines.ConvertAll(l => Fit(l, size, width, bold));
    }

    /// <summary>The text, or as much of its start as fits with an ellipsis.</summary>
    public static string Fit(string text, double size, double width, bool bold = false)
    {
        if (Width(text, size, bold) <= width)
            return text;
        for (int length = text.Length - 1; length > 0; length--)
        {
            if (char.IsHighSurrogate(text[length - 1]))
                continue;
            string shorter = text[..length].TrimEnd() + "…";
            if (Width(shorter, size, bold) <= width)
                return shorter;
        }

        return "…";
    }

    private static int Advance(int rune, bool bold) => rune switch
    {
        >= 0x20 and <= 0x7e => (bold ? AsciiBold : Ascii)[rune - 0x20],
        0x2212 => 584,
        0x2026 => 1000,
        0x2014 => 1000,
        0x2018 or 0x2019 => bold ? 278 : 222,
        >= 0x300 and <= 0x36f => 0, // combining marks
        >= 0x1100 => rune is >= 0x2000 and < 0x2e80 ? 700 : 1000, // symbols; ideographs and emoji are an em wide
        _ => bold ? 667 : 611, // other alphabets: a little more than their mean
    };
}
