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
    private const double RowGap = 0.05;

    public static string Write(Figure figure)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(stream, options))
        {
            SeriesStyle[][] styles = SeriesStyle.Assign(figure);
            json.WriteStartObject();
            json.WriteStartArray("data");
            var traces = new PlotlyTraces(json, figure);
            for (int r = 0; r < figure.Rows.Length; r++)
            {
                if (figure.Rows[r].Traces is [GraphTrace graph])
                {
                    PlotlyGraph.Traces(json, graph);
                    continue;
                }

                for (int t = 0; t < figure.Rows[r].Traces.Length; t++)
                    traces.Write(figure.Rows[r].Traces[t], styles[r][t], Axis("y", r));
            }

            json.WriteEndArray();
            Layout(json, figure);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Plotly's name of the axis of a row: y, y2, y3, ...</summary>
    private static string Axis(string name, int row) => row == 0 ? name : $"{name}{row + 1}";

    private static void Layout(Utf8JsonWriter json, Figure figure)
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
        foreach (string color in Palette.Colors)
            json.WriteStringValue(color);
        json.WriteEndArray();
        json.WriteString("hovermode", figure.Rows.Any(r => r.Traces.Any(t => t is LineTrace))
            ? "x unified" : "closest");
        json.WriteString("barmode", figure.Rows.Any(r => r.Traces.Count(t => t is HistogramTrace) > 1)
            ? "overlay" : "group");
        json.WriteNumber("bargap", 0.2);
        if (figure.Rows.Any(r => r.Traces.Any(t => t is DistributionTrace)))
        {
            json.WriteString("boxmode", "group");
            json.WriteString("violinmode", "group");
        }

        Legend(json, figure);
        AxisX(json, figure);
        AxesY(json, figure);
        Shapes(json, figure);
        Annotations(json, figure);
        json.WriteEndObject();
    }

    private static void Legend(Utf8JsonWriter json, Figure figure)
    {
        int names = figure.Rows.SelectMany(r => r.Traces).Where(t => t is not HeatmapTrace && t.Name is not null)
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
            _ => (1.02, "bottom"),
        };
        json.WriteNumber("y", y);
        json.WriteString("yanchor", anchor);
        json.WriteEndObject();
    }

    private static void AxisX(Utf8JsonWriter json, Figure figure)
    {
        json.WriteStartObject("xaxis");
        if (figure.IsGraph)
            json.WriteBoolean("visible", false);
        Title(json, figure.X.Title);
        json.WriteString("type", figure.XKind switch
        {
            AxisKind.Date => "date",
            AxisKind.Category => "category",
            _ => figure.X.Log ? "log" : "linear",
        });
        json.WriteString("anchor", Axis("y", figure.Rows.Length - 1));
        Range(json, figure.X, figure.XKind, DataRange(figure));
        if (figure.X.Format == AxisFormat.Percent)
            json.WriteString("tickformat", ".0%");
        if (figure.Rows.Any(r => r.Traces.Any(t => t is CandleTrace)))
        {
            json.WriteStartObject("rangeslider");
            json.WriteBoolean("visible", false);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static (double, double) DataRange(Figure figure) =>
        figure.TraceCount == 0 ? (0, 1) : Domain.OfX(figure, CategoryIndex.Of(figure));

    private static void AxesY(Utf8JsonWriter json, Figure figure)
    {
        double total = figure.Rows.Sum(r => r.Height), room = 1 - RowGap * (figure.Rows.Length - 1), top = 1;
        for (int r = 0; r < figure.Rows.Length; r++)
        {
            FigureRow row = figure.Rows[r];
            double height = room * row.Height / total, bottom = r == figure.Rows.Length - 1 ? 0 : top - height;
            json.WriteStartObject(Axis("yaxis", r));
            Title(json, row.Y.Title);
            AxisKind kind = row.Traces is [{ OwnY: { } own }] ? own.Kind : AxisKind.Number;
            json.WriteString("type", kind switch
            {
                AxisKind.Date => "date",
                AxisKind.Category => "category",
                _ => row.Y.Log ? "log" : "linear",
            });
            json.WriteString("anchor", "x");
            json.WriteStartArray("domain");
            json.WriteNumberValue(Math.Round(Math.Max(bottom, 0), 6));
            json.WriteNumberValue(Math.Round(top, 6));
            json.WriteEndArray();
            Range(json, row.Y, kind, row.Traces.IsEmpty || row.Traces[0].OwnY is not null ? (0, 1) : Domain.OfY(row));
            if (row.Y.Format == AxisFormat.Percent)
                json.WriteString("tickformat", ".0%");
            if (figure.IsGraph)
                json.WriteBoolean("visible", false);
            if (kind == AxisKind.Category || figure.IsGraph)
                json.WriteString("autorange", "reversed");
            json.WriteEndObject();
            top = bottom - RowGap;
        }
    }

    private static void Shapes(Utf8JsonWriter json, Figure figure)
    {
        json.WriteStartArray("shapes");
        foreach (SpanMark span in figure.Spans)
        {
            Shape(json, "rect", "x", span.Row is { } r ? Axis("y", r) + " domain" : "paper");
            AxisValue(json, "x0", span.Range, 0, null);
            AxisValue(json, "x1", span.Range, 1, null);
            json.WriteNumber("y0", 0);
            json.WriteNumber("y1", 1);
            json.WriteString("fillcolor", span.Color ?? "#6f7680");
            json.WriteNumber("opacity", 0.16);
            json.WriteString("layer", "below");
            Line(json, 0, LineDash.Solid);
            Label(json, span.Label, "top center");
            json.WriteEndObject();
        }

        foreach (VerticalMark mark in figure.Verticals)
        {
            Shape(json, "line", "x", mark.Row is { } r ? Axis("y", r) + " domain" : "paper");
            AxisValue(json, "x0", mark.X, 0, null);
            AxisValue(json, "x1", mark.X, 0, null);
            json.WriteNumber("y0", 0);
            json.WriteNumber("y1", 1);
            Line(json, 1.2, mark.Dash);
            Label(json, mark.Label, "end");
            json.WriteEndObject();
        }

        for (int r = 0; r < figure.Rows.Length; r++)
        {
            foreach (HorizontalMark mark in figure.Rows[r].Horizontals)
            {
                Shape(json, "line", "x domain", Axis("y", r));
                json.WriteNumber("x0", 0);
                json.WriteNumber("x1", 1);
                json.WriteNumber("y0", mark.Y);
                json.WriteNumber("y1", mark.Y);
                Line(json, 1.2, mark.Dash);
                Label(json, mark.Label, "end");
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void Annotations(Utf8JsonWriter json, Figure figure)
    {
        json.WriteStartArray("annotations");
        for (int r = 0; r < figure.Rows.Length; r++)
        {
            FigureRow row = figure.Rows[r];
            foreach (TextMark mark in row.Texts)
            {
                json.WriteStartObject();
                json.WriteString("text", Html(mark.Text));
                json.WriteString("xref", "x");
                json.WriteString("yref", Axis("y", r));
                // On a log axis an annotation's place is the logarithm (but a shape's is not): plotly's own convention.
                AxisValue(json, "x", mark.X, 0, figure.X.Log ? Math.Log10 : null);
                json.WriteNumber("y", row.Y.Log ? Math.Log10(mark.Y) : mark.Y);
                json.WriteBoolean("showarrow", true);
                json.WriteNumber("arrowhead", 0);
                json.WriteEndObject();
            }

            if (row.Traces is [GraphTrace graph])
                PlotlyGraph.Annotations(json, graph);
            if (row.Title is { } title)
                Paper(json, Html(title), $"{Axis("y", r)} domain", 1, "bottom", 12);
        }

        if (figure.Caption is { Length: > 0 } caption)
        {
            // Below the tick labels and the axis title; plotly breaks no lines itself.
            IEnumerable<string> lines = FontMetrics.Wrap(caption, 11, (figure.PixelSize.Width ?? 760) - 84, 4);
            int ticks = figure.XKind == AxisKind.Date ? 48 : 34, title = figure.X.Title is null ? 0 : 20;
            Paper(json, string.Join("<br>", lines.Select(Html)), "paper", 0, "top", 11, -ticks - title);
        }

        json.WriteEndArray();
    }

    private static void Paper(
        Utf8JsonWriter json, string text, string yref, double y, string anchor, int size, int shift = 0)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteString("xref", "paper");
        json.WriteString("yref", yref);
        json.WriteNumber("x", 0);
        json.WriteNumber("y", y);
        json.WriteString("xanchor", "left");
        json.WriteString("yanchor", anchor);
        if (shift != 0)
        {
            json.WriteNumber("yshift", shift);
            json.WriteString("align", "left");
        }

        json.WriteBoolean("showarrow", false);
        json.WriteStartObject("font");
        json.WriteNumber("size", size);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Title(Utf8JsonWriter json, string? title)
    {
        if (title is null)
            return;
        json.WriteStartObject("title");
        json.WriteString("text", Html(title));
        json.WriteEndObject();
    }

    private static void Range(
        Utf8JsonWriter json, AxisOptions axis, AxisKind kind, (double Minimum, double Maximum) shown)
    {
        // Where the author set an end, the range is the one that the SVG shows too.
        if (axis.Minimum is null && axis.Maximum is null)
            return;
        json.WriteStartArray("range");
        foreach (double end in (double[])[shown.Minimum, shown.Maximum])
        {
            if (kind == AxisKind.Date)
                json.WriteStringValue(AxisValues.DateText(end));
            else
                json.WriteNumberValue(axis.Log ? Math.Log10(end) : end);
        }

        json.WriteEndArray();
    }

    private static void Shape(Utf8JsonWriter json, string type, string xref, string yref)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("xref", xref);
        json.WriteString("yref", yref);
    }

    private static void Line(Utf8JsonWriter json, double width, LineDash dash)
    {
        json.WriteStartObject("line");
        json.WriteString("color", "#6f7680");
        json.WriteNumber("width", width);
        json.WriteString("dash", PlotlyTraces.DashName(dash));
        json.WriteEndObject();
    }

    private static void Label(Utf8JsonWriter json, string? text, string position)
    {
        if (text is null)
            return;
        json.WriteStartObject("label");
        json.WriteString("text", Html(text));
        json.WriteString("textposition", position);
        json.WriteEndObject();
    }

    private static void AxisValue(
        Utf8JsonWriter json, string name, AxisValues values, int index, Func<double, double>? map)
    {
        if (values.Kind == AxisKind.Number)
            json.WriteNumber(name, map is null ? values.Values[index] : map(values.Values[index]));
        else
            json.WriteString(name, values.Text(index));
    }

    // Plotly reads a few HTML tags in texts; ours are plain.
    internal static string Html(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
