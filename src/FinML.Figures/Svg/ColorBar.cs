using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>The key of a heatmap, to the right of its plot, or of all heatmaps to the right of all plots.</summary>
internal static class ColorBar
{
    private const double Gap = 12, Thickness = 14;

    private const int Steps = 48;

    /// <summary>Room that the widest colour bar of some panels needs.</summary>
    public static double WidthOf(IEnumerable<Panel> panels)
    {
        double width = 0;
        foreach (HeatmapTrace heatmap in panels.SelectMany(panel => panel.Traces).OfType<HeatmapTrace>())
        {
            double labels = Ticks(heatmap, 6).Max(t => FontMetrics.Width(t.Label, FigureLayout.TickSize));
            double title = heatmap.ColorBarTitle is null ? 0 : FigureLayout.AxisTitleLine + 4;
            width = Math.Max(width, Gap + Thickness + 6 + labels + title);
        }

        return width;
    }

    public static void Draw(SvgCanvas canvas, HeatmapTrace heatmap, PlotArea area)
    {
        double left = area.Right + Gap;
        for (int i = 0; i < Steps; i++)
        {
            double bottom = area.Bottom - i * area.Height / Steps, top = area.Bottom - (i + 1) * area.Height / Steps;
            // A little taller than its step, so that no seam shows between two.
            canvas.Rectangle(left, top, Thickness, bottom - top + (i == 0 ? 0 : 0.6),
                Palette.Scale(heatmap.Diverging, (i + 0.5) / Steps));
        }

        var scale = new LinearScale(heatmap.Minimum, heatmap.Maximum, false, area.Bottom, area.Top);
        double widest = 0;
        foreach (Tick tick in Ticks(heatmap, Math.Clamp((int)(area.Height / 36), 2, 6)))
        {
            double y = scale.Map(tick.Value);
            canvas.Text(left + Thickness + 5, y + 4, tick.Label, FigureLayout.TickSize, Anchor.Start, "m");
            widest = Math.Max(widest, FontMetrics.Width(tick.Label, FigureLayout.TickSize));
        }

        if (heatmap.ColorBarTitle is { } title)
        {
            string text = FontMetrics.Fit(title, FigureLayout.AxisTitleSize, area.Height);
            canvas.Text(left + Thickness + 5 + widest + 15, (area.Top + area.Bottom) / 2, text,
                FigureLayout.AxisTitleSize,
                Anchor.Middle, "i", angle: -90);
        }
    }

    private static List<Tick> Ticks(HeatmapTrace heatmap, int count) =>
        NumberTicks.Create(heatmap.Minimum, heatmap.Maximum, count, heatmap.Format, false) is { Count: > 0 } ticks
            ? ticks
            : [new Tick(heatmap.Minimum, NumberTicks.Short(heatmap.Minimum, heatmap.Format))];
}
