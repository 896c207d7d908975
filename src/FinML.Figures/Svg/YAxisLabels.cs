using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>The y axis of a panel: its scale, ticks and wrapped title. Where the panels of a row share it, only the
/// first of them has labels and title.</summary>
internal sealed record YAxisLabels(LinearScale Scale, List<Tick> Ticks, List<string> Title, bool Shown)
{
    private const double LongestLabel = 150;

    /// <summary>Room for the tick labels.</summary>
    public double TickWidth =>
        !Shown ? 0 : 8 + (Ticks.Count == 0 ? 0 : Ticks.Max(t => FontMetrics.Width(t.Label, FigureLayout.TickSize)));

    /// <summary>Room for the title.</summary>
    public double TitleWidth => Title.Count == 0 ? 0 : Title.Count * FigureLayout.AxisTitleLine + 4;

    public static YAxisLabels Create(Figure figure, Panel panel, double height)
    {
        bool shown = figure.LabelsY(panel);
        // The title of an axis that all panels share stands once, beside all of them.
        bool titled = shown && (figure.Arrangement.Y != AxisSharing.All || figure.RowCount == 1);
        List<string> title = !titled || string.IsNullOrWhiteSpace(panel.Y.Title) ? []
            : FontMetrics.Wrap(panel.Y.Title, FigureLayout.AxisTitleSize, Math.Max(height, 50), 2);
        if (panel.Traces is [GraphTrace graph])
            return new YAxisLabels(new LinearScale(graph.Low, graph.High, false, 0, 1), [], title, shown);
        if (panel.Traces is [{ OwnY: { } own }])
        {
            LinearScale lines = OwnScale(figure, panel, own);
            return new YAxisLabels(lines, OwnTicks(own, lines, panel, height), title, shown);
        }

        (double low, double high) = Domain.OfY(figure, panel);
        int count = Math.Clamp((int)(height / 36), 2, 8);
        List<Tick> ticks = NumberTicks.Create(low, high, count, panel.Y.Format, panel.Y.Log);
        // Logarithmic labels are uneven: those that would touch the one below are left out.
        var scale = new LinearScale(low, high, panel.Y.Log, height, 0);
        return new YAxisLabels(scale, Thin(ticks, scale), title, shown);
    }

    public YAxisLabels At(PlotArea area) => this with
    {
        Scale = Scale.Start > Scale.End
            ? Scale with { Start = area.Bottom, End = area.Top }
            : Scale with { Start = area.Top, End = area.Bottom },
    };

    private static LinearScale OwnScale(Figure figure, Panel panel, AxisValues own)
    {
        if (own.Kind == AxisKind.Category)
            return new LinearScale(-0.5, CategoryIndex.Of(own).Count - 0.5, false, 0, 1);
        double[][] edges = [.. figure.SharingY(panel).SelectMany(p => p.Traces).Select(t => t.OwnY).OfType<AxisValues>()
            .Select(y => Domain.CellEdges(y.Values))];
        return new LinearScale(edges.Min(e => e[0]), edges.Max(e => e[^1]), false, 1, 0);
    }

    private static List<Tick> OwnTicks(AxisValues own, LinearScale scale, Panel panel, double height)
    {
        if (own.Kind == AxisKind.Category)
        {
            IReadOnlyList<string> labels = CategoryIndex.Of(own).Labels;
            int every = (int)Math.Ceiling(13 * labels.Count / height);
            return [.. labels.Select((l, i) => new Tick(i, FontMetrics.Fit(l, FigureLayout.TickSize, LongestLabel)))
                .Where((_, i) => i % every == 0)];
        }

        int count = Math.Clamp((int)(height / 36), 2, 8);
        return own.Kind == AxisKind.Date
            ? DateTicks.Create(scale.Minimum, scale.Maximum, count)
                .ConvertAll(t => t with { Label = t.Under is null ? t.Label : $"{t.Label} {t.Under}", Under = null })
            : NumberTicks.Create(scale.Minimum, scale.Maximum, count, panel.Y.Format, false);
    }

    private static List<Tick> Thin(List<Tick> ticks, LinearScale scale)
    {
        var kept = new List<Tick>();
        foreach (Tick tick in ticks)
        {
            if (kept.Count == 0 || Math.Abs(scale.Map(kept[^1].Value) - scale.Map(tick.Value)) >= 14)
                kept.Add(tick);
        }

        return kept;
    }
}
