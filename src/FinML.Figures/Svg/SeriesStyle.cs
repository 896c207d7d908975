using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>Colour, dash and marker of a trace. Slot is its place in the palette; a line that is marked carries a few
/// markers.</summary>
internal sealed record SeriesStyle(int Slot, string Color, LineDash Dash, int Marker, bool Marked)
{
    // The place of the grey in the default palette.
    private static readonly int Grey = Palette.Colors.Count - 1;

    /// <summary>Styles by (panel, trace). A name keeps its style in every panel. A trace without name is grey beside
    /// panels that have names (the price above its strategies), else it takes a slot that no name has.</summary>
    public static SeriesStyle[][] Assign(Figure figure)
    {
        var slots = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Trace trace in figure.Panels.SelectMany(panel => panel.Traces))
        {
            if (trace.Name is not null && trace is not HeatmapTrace)
                slots.TryAdd(trace.Name, slots.Count);
        }

        // The points of such a name are its markers; more of them would look like data.
        var pointed = figure.Panels.SelectMany(panel => panel.Traces).OfType<ScatterTrace>()
            .Select(scatter => scatter.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. figure.Panels.Select(panel =>
        {
            int free = slots.Count;
            bool grey = panel.Traces.Length == 1 && slots.Count is > 0 and < 7;
            return panel.Traces
                .Select(t => Style(t, t.Name is not null ? slots.GetValueOrDefault(t.Name) : grey ? Grey
                    // Boxes without a name differ by their label, so one colour does.
                    : t is DistributionTrace ? free : free++, figure.SeriesColors, pointed))
                .ToArray();
        })];
    }

    private static SeriesStyle Style(Trace trace, int slot, SeriesPalette palette, HashSet<string> pointed)
    {
        // A step line shows positions: dashes would look like trades. What has no name is in no legend.
        bool solid = trace is LineTrace { Step: true } || trace.Name is null;
        bool blind = palette == SeriesPalette.ColorBlind, named = trace.Name is not null;
        LineDash own = solid ? LineDash.Solid : Palette.DashOf(slot, palette);
        string color = blind && !named && slot == Grey ? Palette.Neutral : Palette.ColorOf(slot, palette);
        bool marked = blind && trace is LineTrace && named && !pointed.Contains(trace.Name!);
        return new SeriesStyle(slot, trace.Color ?? color, trace.Dash ?? own,
            slot % (blind ? Markers.Shapes : Markers.DefaultShapes), marked);
    }
}
