using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>Colour, dash and marker of a trace. Slot is its place in the palette; a line that is marked carries a few
/// markers.</summary>
internal sealed record SeriesStyle(int Slot, string Color, LineDash Dash, int Marker, bool Marked)
{
    // The place of the grey in the default palette.
    private static readonly int Grey = Palette.Colors.Count - 1;

    /// <summary>Styles by (panel, trace). A name keeps its style in every panel. A trace without name is grey beside rows
    /// that have names (the price above its strategies), else it takes a slot that no name has.</summary>
    public static SeriesStyle[][] Assign(Figure figure)
    {
        var slots = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Trace trace in figure.Panels.SelectMany(panel => panel.Traces))
        {
            if (trace.Name is not null && trace is not HeatmapTrace)
                slots.TryAdd(trace.Name, slots.Count);
        }

        return [.. figure.Panels.Select(panel =>
        {
            int free = slots.Count;
            bool grey = panel.Traces.Length == 1 && slots.Count is > 0 and < 7;
            return panel.Traces
                .Select(t => Style(figure.SeriesColors, t, t.Name is not null ? slots.GetValueOrDefault(t.Name) : grey ? Grey
                    // Boxes without a name differ by their label, so one colour does.
                    : t is DistributionTrace ? free : free++))
                .ToArray();
        })];
    }

    private static SeriesStyle Style(SeriesPalette palette, Trace trace, int slot)
    {
        // A step line shows positions: dashes would look like trades. What has no name is in no legend.
        bool solid = trace is LineTrace { Step: true } || trace.Name is null;
        bool blind = palette == SeriesPalette.ColorBlind, named = trace.Name is not null;
        LineDash own = solid ? LineDash.Solid : Palette.DashOf(slot, palette);
        string color = blind && !named && slot == Grey ? Palette.Neutral : Palette.ColorOf(slot, palette);
        return new SeriesStyle(slot, trace.Color ?? color, trace.Dash ?? own,
            slot % (blind ? Markers.Shapes : Markers.DefaultShapes), blind && named && trace is LineTrace);
    }
}
