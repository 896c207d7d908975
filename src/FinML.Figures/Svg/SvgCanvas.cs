using System.Text;

namespace FinML.Figures.Svg;

/// <summary>Writes SVG elements, and remembers where each text stands.</summary>
internal sealed class SvgCanvas(ThemeColors colors)
{
    private readonly StringBuilder _svg = new();

    public List<TextBox> Boxes { get; } = [];

    public ThemeColors Colors => colors;

    /// <summary>A line of text at the baseline (x, y). Its ink is "i", "m" for muted, or a fixed #rrggbb.</summary>
    public void Text(double x, double y, string text, double size, Anchor anchor = Anchor.Start, string ink = "i",
        bool bold = false, double angle = 0)
    {
        Boxes.Add(Measure(x, y, text, size, anchor, bold, angle));
        string fill = ink switch
        {
            "i" => $" class=\"i\" fill=\"{colors.Ink}\"",
            "m" => $" class=\"m\" fill=\"{colors.Muted}\"",
            _ => $" fill=\"{ink}\"",
        };
        _svg.Append("<text x=\"").Append(N(x)).Append("\" y=\"").Append(N(y)).Append('"').Append(fill)
            .Append(" font-size=\"").Append(N(size)).Append('"');
        if (anchor != Anchor.Start)
            _svg.Append(anchor == Anchor.End ? " text-anchor=\"end\"" : " text-anchor=\"middle\"");
        if (bold)
            _svg.Append(" font-weight=\"bold\"");
        if (angle != 0)
            _svg.Append(" transform=\"rotate(").Append(N(angle)).Append(' ').Append(N(x)).Append(' ').Append(N(y))
                .Append(")\"");
        _svg.Append('>').Append(Escape(text)).Append("</text>\n");
    }

    public static TextBox Measure(double x, double y, string text, double size, Anchor anchor = Anchor.Start,
        bool bold = false, double angle = 0)
    {
        double width = FontMetrics.Width(text, size, bold);
        double left = anchor == Anchor.Start ? x : anchor == Anchor.Middle ? x - width / 2 : x - width;
        // Ascent and descent of what is drawn, not of the font's line: 0.74 and 0.22 of an em in Arial.
        return new TextBox(text, left, y - 0.74 * size, width, 0.96 * size, angle, x, y);
    }

    public void Line(double x1, double y1, double x2, double y2, string kind, double width = 1,
        LineDash dash = LineDash.Solid,
        double opacity = 1)
    {
        string stroke = kind switch { "g" => colors.Grid, "a" => colors.Axis, "j" => colors.Muted, _ => kind };
        string name = kind.StartsWith('#') ? "" : $" class=\"{kind}\"";
        _svg.Append("<path").Append(name).Append(" d=\"M").Append(N(x1)).Append(' ').Append(N(y1)).Append('L')
            .Append(N(x2))
            .Append(' ').Append(N(y2)).Append("\" fill=\"none\" stroke=\"").Append(stroke).Append("\" stroke-width=\"")
            .Append(N(width)).Append('"').Append(Dashes(dash, width)).Append(Opacity("opacity", opacity))
                .Append("/>\n");
    }

    /// <summary>A line along a path, in #rrggbb or "j" for muted.</summary>
    public void Stroke(
        string path, string color, double width, LineDash dash = LineDash.Solid, double opacity = 1) =>
        _svg.Append("<path").Append(color == "j" ? " class=\"j\"" : "").Append(" d=\"").Append(path)
            .Append("\" fill=\"none\" stroke=\"").Append(color == "j" ? colors.Muted : color)
            .Append("\" stroke-width=\"")
            .Append(N(width)).Append("\" stroke-linejoin=\"round\"").Append(Dashes(dash, width))
            .Append(Opacity("opacity", opacity)).Append("/>\n");

    /// <summary>What a path encloses, in #rrggbb or "m" for muted.</summary>
    public void Fill(string path, string color, double opacity = 1) =>
        _svg.Append("<path").Append(color == "m" ? " class=\"m\"" : "").Append(" d=\"").Append(path)
            .Append("\" fill=\"").Append(color == "m" ? colors.Muted : color).Append('"')
            .Append(Opacity("fill-opacity", opacity)).Append("/>\n");

    public void Rectangle(
        double x, double y, double width, double height, string fill, double opacity = 1, double radius = 0)
    {
        string name = fill switch { "b" => " class=\"b\"", "i" => " class=\"i\"", _ => "" };
        string color = fill switch { "b" => colors.Background, "i" => colors.Ink, _ => fill };
        _svg.Append("<rect").Append(name).Append(" x=\"").Append(N(x)).Append("\" y=\"").Append(N(y))
            .Append("\" width=\"")
            .Append(N(Math.Max(width, 0))).Append("\" height=\"").Append(N(Math.Max(height, 0))).Append('"');
        if (radius > 0)
            _svg.Append(" rx=\"").Append(N(radius)).Append('"');
        _svg.Append(" fill=\"").Append(color).Append('"').Append(Opacity("fill-opacity", opacity)).Append("/>\n");
    }

    public void Raw(string markup) => _svg.Append(markup);

    public override string ToString() => _svg.ToString();

    public static string N(double value) => PathBuilder.Number(value);

    /// <summary>Escapes text for XML; characters that XML forbids become U+FFFD.</summary>
    public static string Escape(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            string? entity = rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\t' or '\n' or '\r' => " ",
                < 0x20 or 0x7f or 0xfffe or 0xffff => "\uFFFD",
                _ => null,
            };
            builder.Append(entity ?? rune.ToString());
        }

        return builder.ToString();
    }

    private static string Opacity(string name, double opacity) => opacity >= 1 ? ""
        : $" {name}=\"{opacity.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)}\"";

    private static string Dashes(LineDash dash, double width)
    {
        // In units of the width, but never finer than a thin line can show.
        double u = Math.Max(width, 1.2);
        double[] pattern = dash switch
        {
            LineDash.Dash => [4 * u, 2 * u],
            LineDash.Dot => [1.2 * u, 1.4 * u],
            LineDash.DashDot => [5 * u, 1.6 * u, 1.2 * u, 1.6 * u],
            LineDash.LongDash => [8 * u, 2 * u],
            _ => [],
        };
        return pattern.Length == 0 ? "" : $" stroke-dasharray=\"{string.Join(' ', pattern.Select(N))}\"";
    }
}
