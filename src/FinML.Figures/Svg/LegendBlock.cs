namespace FinML.Figures.Svg;

/// <summary>The legend: entries in lines that wrap at a width. Column legends have one entry a line.</summary>
internal sealed class LegendBlock
{
    public const double Size = 12;

    private const double LineHeight = 18, Swatch = 24, SwatchGap = 6, EntryGap = 18;

    private readonly List<(LegendEntry Entry, string Text, double X, double Y)> _entries = [];

    private LegendBlock()
    {
    }

    public double Width { get; private set; }

    public double Height { get; private set; }

    public bool IsEmpty => _entries.Count == 0;

    public static LegendBlock Create(List<LegendEntry> entries, double width, bool column)
    {
        var block = new LegendBlock();
        double x = 0, y = 0;
        foreach (LegendEntry entry in entries)
        {
            string text = FontMetrics.Fit(entry.Name, Size, width - Swatch - SwatchGap);
            double length = Swatch + SwatchGap + FontMetrics.Width(text, Size);
            if (x > 0 && (column || x + length > width))
            {
                x = 0;
                y += LineHeight;
            }

            block._entries.Add((entry, text, x, y));
            block.Width = Math.Max(block.Width, x + length);
            x += length + EntryGap;
        }

        block.Height = entries.Count == 0 ? 0 : y + LineHeight;
        return block;
    }

    public void Draw(SvgCanvas canvas, double left, double top)
    {
        foreach (var (entry, text, dx, dy) in _entries)
        {
            double x = left + dx, middle = top + dy + LineHeight / 2;
            string color = entry.Style.Color;
            if (entry.Box)
                canvas.Rectangle(x + 5, middle - 5, 14, 10, color);
            else if (entry.Fill)
                canvas.Rectangle(x, middle - 5, Swatch, 10, color, 0.25);
            if (entry.Line || entry.Fill && !entry.Box)
                canvas.Line(x, middle, x + Swatch, middle, color, 2, entry.Style.Dash);
            if (entry.Marker || entry.Style.Marked)
                Markers.Draw(canvas, [(x + Swatch / 2, middle)], entry.Style.Marker, 7, color, 1);
            canvas.Text(x + Swatch + SwatchGap, middle + 4.2, text, Size);
        }
    }
}
