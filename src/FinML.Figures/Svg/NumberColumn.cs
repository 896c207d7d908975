using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>The numbers of a plot with one item a line, to the right of it: the figure is read without a
/// mouse.</summary>
internal static class NumberColumn
{
    private const double Gap = 10;

    /// <summary>Room that the widest number of some panels needs.</summary>
    public static double WidthOf(IEnumerable<Panel> panels) =>
        panels.SelectMany(panel => panel.Traces).SelectMany(Texts)
            .Select(text => Gap + FontMetrics.Width(text, FigureLayout.TickSize, bold: true)).DefaultIfEmpty(0).Max();

    public static void Draw(SvgCanvas canvas, Trace trace, PlotArea area, LinearScale y)
    {
        string[] texts = [.. Texts(trace)];
        if (texts.Length == 0)
            return;
        double width = texts.Max(text => FontMetrics.Width(text, FigureLayout.TickSize, bold: true));
        int every = (int)Math.Ceiling(13 * texts.Length / area.Height);
        for (int i = 0; i < texts.Length; i += every)
            canvas.Text(area.Right + Gap + width, y.Map(i) + 4, texts[i], FigureLayout.TickSize, Anchor.End,
                bold: trace is ForestTrace forest && forest.IsSummary(i));
    }

    private static IEnumerable<string> Texts(Trace trace) => trace switch
    {
        ForestTrace forest => Estimates(forest),
        CriticalDifferenceTrace ranks => ranks.Ranks.Append(ranks.Difference)
            .Select(v => NumberTicks.Format(v, 0.01, 1, AxisFormat.Number)),
        _ => [],
    };

    /// <summary>All lines with the decimals that the narrowest interval asks for, so that they compare.</summary>
    private static IEnumerable<string> Estimates(ForestTrace forest)
    {
        double largest = Math.Max(forest.X.Values.Max(Math.Abs), 1e-3);
        double narrowest = forest.Estimates.Select(e => e.Upper - e.Lower).Where(w => w > 0).DefaultIfEmpty(largest)
            .Min();
        double step = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(narrowest, largest * 1e-6))) - 1);
        return forest.Estimates.Select(e => ForestTrace.Text(e,
            v => NumberTicks.Format(v, step, largest, AxisFormat.Number)));
    }
}
