using FinML.Figures.Svg;
using FinML.Figures.Traces;

namespace FinML.Figures.Plotly;

// Boxes with our own statistics, so that page and paper show the same numbers; violins with our bandwidth.
internal sealed partial class PlotlyTraces
{
    private void Box(BoxTrace box, SeriesStyle style)
    {
        Values("x", box.X);
        // Plotly draws no box whose list of outliers is empty.
        if (box.Box.Outliers.Length > 0)
        {
            json.WriteStartArray("y");
            Values(null, box.Box.Outliers);
            json.WriteEndArray();
        }

        Values("q1", [box.Box.LowerQuartile]);
        Values("median", [box.Box.Median]);
        Values("q3", [box.Box.UpperQuartile]);
        Values("lowerfence", [box.Box.LowerWhisker]);
        Values("upperfence", [box.Box.UpperWhisker]);
        json.WriteString("boxpoints", "outliers");
        Body(box, style);
    }

    private void Violin(ViolinTrace violin, SeriesStyle style)
    {
        json.WriteStartArray("x");
        foreach (double _ in violin.Values)
            json.WriteStringValue(violin.Label.Labels[0]);
        json.WriteEndArray();
        Values("y", violin.Values);
        json.WriteNumber("bandwidth", violin.Bandwidth);
        json.WriteString("spanmode", "hard");
        json.WriteString("scalemode", "width");
        json.WriteBoolean("points", false);
        json.WriteStartObject("box");
        json.WriteBoolean("visible", true);
        json.WriteEndObject();
        Body(violin, style);
    }

    private void Body(DistributionTrace trace, SeriesStyle style)
    {
        // Those without a name stand over their label; an empty group would move each aside.
        json.WriteString("offsetgroup", trace.Name ?? "all");
        json.WriteString("fillcolor", Transparent(style.Color, 0.3));
        json.WriteStartObject("line");
        json.WriteString("color", style.Color);
        json.WriteEndObject();
    }

    private void Forest(ForestTrace forest, SeriesStyle style)
    {
        json.WriteString("mode", "markers");
        Values("x", [.. forest.Estimates.Select(e => e.Value)]);
        Values("y", forest.Labels);
        json.WriteStartObject("error_x");
        json.WriteString("type", "data");
        json.WriteBoolean("symmetric", false);
        Values("array", [.. forest.Estimates.Select(e => e.Upper - e.Value)]);
        Values("arrayminus", [.. forest.Estimates.Select(e => e.Value - e.Lower)]);
        json.WriteEndObject();
        json.WriteStartObject("marker");
        json.WriteString("color", style.Color);
        json.WriteStartArray("symbol");
        for (int i = 0; i < forest.Estimates.Length; i++)
            json.WriteStringValue(forest.IsSummary(i) ? "diamond-wide" : "square");
        json.WriteEndArray();
        Values("size", [.. forest.Estimates.Select((_, i) => forest.IsSummary(i) ? 16
            : Math.Round(11 * (forest.Weights.Length == 0 ? 0.7 : Math.Max(Math.Sqrt(forest.Weights[i]), 0.35)), 2))]);
        json.WriteEndObject();
    }
}
