using FinML.Figures.Svg;
using FinML.Figures.Traces;

namespace FinML.Figures.Plotly;

// Waterfalls, candles and average ranks.
internal sealed partial class PlotlyTraces
{
    private void Waterfall(WaterfallTrace waterfall, SeriesStyle style)
    {
        Values("x", waterfall.Labels);
        Values("y", [.. waterfall.Changes, waterfall.To[^1]]);
        json.WriteStartArray("measure");
        foreach (double _ in waterfall.Changes)
            json.WriteStringValue("relative");
        json.WriteStringValue("total");
        json.WriteEndArray();
        json.WriteString("texttemplate", "%{delta:.3~g}");
        json.WriteString("textposition", "outside");
        Coloured("increasing", style.Color);
        Coloured("decreasing", Palette.Colors[1], hollow: true);
        Coloured("totals", Palette.Colors[^1]);
    }

    private void Coloured(string part, string color, bool hollow = false)
    {
        json.WriteStartObject(part);
        json.WriteStartObject("marker");
        json.WriteString("color", hollow ? Transparent(color, 0.25) : color);
        json.WriteStartObject("line");
        json.WriteString("color", color);
        json.WriteNumber("width", 1.4);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Candles(CandleTrace candles, SeriesStyle style)
    {
        Values("x", candles.XValues);
        Values("open", candles.Open);
        Values("high", candles.High);
        Values("low", candles.Low);
        Values("close", candles.Close);
        foreach (var (part, color, opacity) in new[]
            { ("increasing", style.Color, 0.08), ("decreasing", Palette.Colors[1], 1.0) })
        {
            json.WriteStartObject(part);
            json.WriteString("fillcolor", Transparent(color, opacity));
            json.WriteStartObject("line");
            json.WriteString("color", color);
            json.WriteNumber("width", 1);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    // Plotly's levels are evenly spaced: uneven ones keep their ends and their number on the page.
    private void Contours(ContourTrace contours, SeriesStyle style)
    {
        Values("x", contours.XValues);
        Values("y", contours.Y);
        Grid(contours.Z, contours.X.Count);
        double[] levels = contours.Levels;
        json.WriteStartObject("contours");
        json.WriteNumber("start", levels[0]);
        json.WriteNumber("end", levels[^1]);
        json.WriteNumber("size", levels.Length > 1 ? (levels[^1] - levels[0]) / (levels.Length - 1) : 1);
        json.WriteString("coloring", "none");
        json.WriteBoolean("showlabels", true);
        json.WriteEndObject();
        json.WriteBoolean("showscale", false);
        Stroke(style, 1.4, LineDash.Solid);
    }

    private void Ranks(CriticalDifferenceTrace ranks, SeriesStyle style, Panel panel)
    {
        json.WriteString("mode", "markers");
        Values("x", [.. ranks.Ranks, 1 + ranks.Difference / 2]);
        Values("y", ranks.Labels);
        json.WriteStartObject("marker");
        json.WriteString("color", style.Color);
        Values("size", [.. ranks.Ranks.Select(_ => 9.0), 0.1]);
        json.WriteEndObject();
        // The last line is the critical difference: no point, only its length.
        json.WriteStartObject("error_x");
        json.WriteString("type", "data");
        Values("array", [.. ranks.Ranks.Select(_ => 0.0), ranks.Difference / 2]);
        json.WriteEndObject();
        // Each group is a curve of its own; the caller closes the last.
        for (int g = 0; g < ranks.Groups.Length; g++)
        {
            (int first, int last) = ranks.Groups[g];
            double at = ranks.Ranks[last] + 0.06 * (1 + g % 2);
            json.WriteEndObject();
            Begin("scatter", ranks, panel, inLegend: false);
            json.WriteString("mode", "lines");
            Values("x", [.. Enumerable.Repeat(at, last - first + 1)]);
            json.WriteStartArray("y");
            for (int i = first; i <= last; i++)
                json.WriteStringValue(ranks.Labels.Labels[i]);
            json.WriteEndArray();
            Stroke(style, 4, LineDash.Solid);
        }
    }
}
