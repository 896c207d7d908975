using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>Colour, dash and marker of a trace. Slot is its place in the palette.</summary>
internal sealed record SeriesStyle(int Slot, string Color, LineDash Dash)
{
    private static readonly int Neutral = Palette.Colors.Count - 1;

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
                .Select(t => Style(t, t.Name is not null ? slots.GetValueOrDefault(t.Name) : grey ? Neutral
                    // Boxes without a name differ by their label, so one colour does.
                    : t is DistributionTrace ? free : free++))
                .ToArray();
        })];
    }

    private static SeriesStyle Style(Trace trace, int slot)
    {
        // A step line shows positions: dashes would look like trades. What has no name is in no legend.
        bool solid = trace is LineTrace { Step: true } || trace.Name is null;
        LineDash own = solid ? LineDash.Solid : Palette.DashOf(slot);
        return new SeriesStyle(slot, trace.Color ?? Palette.ColorOf(slot), trace.Dash ?? own);
    }
}
