using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FinML.Figures.Svg;
using FinML.Figures.Traces;

namespace FinML.Figures.Plotly;

/// <summary>
/// A figure as plotly's JSON (https://plotly.com/javascript/reference): { "data", "layout" }. The order of properties
/// is fixed; NaN and infinity are null, which plotly draws as gaps.
/// </summary>
internal static class PlotlyWriter
{
    public static string Write(Figure figure)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(stream, options))
        {
            SeriesStyle[][] styles = SeriesStyle.Assign(figure);
            var axes = new PlotlyAxes(figure, styles);
            json.WriteStartObject();
            json.WriteStartArray("data");
            var traces = new PlotlyTraces(json, figure, axes);
            for (int r = 0; r < figure.Panels.Length; r++)
            {
                if (figure.Panels[r].Traces is [GraphTrace graph])
                {
                    PlotlyGraph.Traces(json, graph);
                    continue;
                }

                for (int t = 0; t < figure.Panels[r].Traces.Length; t++)
                    traces.Write(figure.Panels[r].Traces[t], styles[r][t], figure.Panels[r]);
            }

            json.WriteEndArray();
            Layout(json, figure, axes);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Layout(Utf8JsonWriter json, Figure figure, PlotlyAxes axes)
    {
        json.WriteStartObject("layout");
        if (figure.Title is not null || figure.Subtitle is { Length: > 0 })
        {
            json.WriteStartObject("title");
            json.WriteString("text", Html(figure.Title ?? ""));
            json.WriteNumber("x", 0);
            json.WriteString("xref", "container");
            json.WriteStartObject("pad");
            json.WriteNumber("l", 16);
            json.WriteEndObject();
            if (figure.Subtitle is { Length: > 0 } subtitle)
            {
                json.WriteStartObject("subtitle");
                json.WriteString("text", Html(subtitle));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        if (figure.PixelSize.Width is { } width)
            json.WriteNumber("width", width);
        if (figure.PixelSize.Height is { } height)
            json.WriteNumber("height", height);
        json.WriteStartArray("colorway");
        foreach (string color in Palette.Of(figure.SeriesColors))
            json.WriteStringValue(color);
        json.WriteEndArray();
        json.WriteString("hovermode", figure.Panels.Any(r => r.Traces.Any(t => t is LineTrace))
            ? "x unified" : "closest");
        json.WriteString("barmode", figure.Panels.Any(r => r.Traces.Count(t => t is HistogramTrace) > 1)
            ? "overlay" : "group");
        json.WriteNumber("bargap", 0.2);
        if (figure.Panels.Any(r => r.Traces.Any(t => t is DistributionTrace)))
        {
            json.WriteString("boxmode", "group");
            json.WriteString("violinmode", "group");
        }

        Legend(json, figure, axes);
        axes.Write(json);
        if (figure.Arrangement.OneColorBar)
            PlotlyTraces.ColorAxis(json, figure);
        PlotlyMarks.Shapes(json, figure, axes);
        PlotlyMarks.Annotations(json, figure, axes);
        json.WriteEndObject();
    }

    private static void Legend(Utf8JsonWriter json, Figure figure, PlotlyAxes axes)
    {
        int names = figure.Panels.SelectMany(r => r.Traces).Where(t => t is not HeatmapTrace && t.Name is not null)
            .Select(t => t.Name).Distinct().Count();
        bool show = names > 0 && figure.LegendAt != LegendPosition.None
            && (names > 1 || figure.LegendAt != LegendPosition.Auto);
        json.WriteBoolean("showlegend", show);
        if (!show || figure.LegendAt == LegendPosition.Right)
            return;
        json.WriteStartObject("legend");
        if (figure.LegendAt != LegendPosition.Inside)
            json.WriteString("orientation", "h");
        json.WriteNumber("x", figure.LegendAt == LegendPosition.Inside ? 0.01 : 0);
        json.WriteString("xanchor", "left");
        (double y, string anchor) = figure.LegendAt switch
        {
            LegendPosition.Inside => (0.99, "top"),
            LegendPosition.Below => (-0.15, "top"),
            _ => (1.02 + axes.TitleRoom, "bottom"),
        };
        json.WriteNumber("y", y);
        json.WriteString("yanchor", anchor);
        json.WriteEndObject();
    }

    internal static void Title(Utf8JsonWriter json, string? title)
    {
        if (title is null)
            return;
        json.WriteStartObject("title");
        json.WriteString("text", Html(title));
        json.WriteEndObject();
    }

    // Plotly reads a few HTML tags in texts; ours are plain.
    internal static string Html(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
