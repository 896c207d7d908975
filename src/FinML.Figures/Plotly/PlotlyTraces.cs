using System.Globalization;
using System.Text.Json;
using FinML.Figures.Svg;
using FinML.Figures.Traces;

namespace FinML.Figures.Plotly;

/// <summary>The traces of a figure as plotly's.</summary>
internal sealed partial class PlotlyTraces(Utf8JsonWriter json, Figure figure, PlotlyAxes axes)
{
    private readonly HashSet<string> _inLegend = new(StringComparer.Ordinal);

    public static string DashName(LineDash dash) => dash switch
    {
        LineDash.Dash => "dash",
        LineDash.Dot => "dot",
        LineDash.DashDot => "dashdot",
        LineDash.LongDash => "longdash",
        _ => "solid",
    };

    public void Write(Trace trace, SeriesStyle style, Panel panel)
    {
        // A band is two curves, of which the second fills down to the first.
        if (trace is BandTrace band)
        {
            Begin("scatter", trace, panel, inLegend: false);
            Curve(band, band.Lower);
            Stroke(style, 0, LineDash.Solid, band.Step ? "hv" : null);
            json.WriteString("hoverinfo", "skip");
            json.WriteEndObject();
            Begin("scatter", trace, panel, inLegend: FirstOf(trace));
            Curve(band, band.Upper);
            Stroke(style, 0, LineDash.Solid, band.Step ? "hv" : null);
            json.WriteString("fill", "tonexty");
            json.WriteString("fillcolor", Transparent(style.Color, 0.18));
            json.WriteEndObject();
            return;
        }

        string type = trace switch
        {
            BarTrace or HistogramTrace => "bar",
            HeatmapTrace => "heatmap",
            BoxTrace => "box",
            ViolinTrace => "violin",
            WaterfallTrace => "waterfall",
            ContourTrace => "contour",
            CandleTrace => "candlestick",
            _ => "scatter",
        };
        Begin(type, trace, panel, FirstOf(trace));
        switch (trace)
        {
            case LineTrace line:
                Curve(line, line.Y, style.Marked);
                Stroke(style, line.Width ?? 1.6, style.Dash, line.Step ? "hv" : null);
                json.WriteBoolean("connectgaps", false);
                if (style.Marked)
                    Shapes(style);
                if (line.Fill)
                {
                    json.WriteString("fill", "tozeroy");
                    json.WriteString("fillcolor", Transparent(style.Color, 0.22));
                }

                break;
            case ScatterTrace scatter:
                json.WriteString("mode", "markers");
                Values("x", scatter.X);
                Values("y", scatter.Y);
                json.WriteStartObject("marker");
                json.WriteString("color", style.Color);
                json.WriteNumber("size", scatter.Size);
                json.WriteString("symbol", Markers.PlotlySymbols[style.Marker]);
                json.WriteEndObject();
                break;
            case BarTrace bars:
                Bars(bars, style);
                break;
            case HistogramTrace histogram:
                Values("x", histogram.X);
                Values("y", histogram.Heights);
                Values("width", Enumerable.Range(0, histogram.Heights.Length)
                    .Select(i => histogram.Edges[i + 1] - histogram.Edges[i]).ToArray());
                Marker(style, figure.Panels.Any(r => r.Traces.Count(t => t is HistogramTrace) > 1) ? 0.55 : 0.85);
                break;
            case HeatmapTrace heatmap:
                Heatmap(heatmap, panel);
                break;
            case BoxTrace box:
                Box(box, style);
                break;
            case ViolinTrace violin:
                Violin(violin, style);
                break;
            case ContourTrace contours:
                Contours(contours, style);
                break;
            case WaterfallTrace waterfall:
                Waterfall(waterfall, style);
                break;
            case CandleTrace candles:
                Candles(candles, style);
                break;
            case CriticalDifferenceTrace ranks:
                Ranks(ranks, style, panel);
                break;
            case ForestTrace forest:
                Forest(forest, style);
                break;
        }

        json.WriteEndObject();
    }

    private void Begin(string type, Trace trace, Panel panel, bool inLegend)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        if (trace.Name is { } name)
        {
            json.WriteString("name", PlotlyWriter.Html(name));
            json.WriteString("legendgroup", name);
        }

        if (trace is not HeatmapTrace)
            json.WriteBoolean("showlegend", inLegend);
        json.WriteString("xaxis", axes.X(panel));
        json.WriteString("yaxis", axes.Y(panel));
    }

    private bool FirstOf(Trace trace) =>
        trace.Name is not null && trace is not HeatmapTrace && _inLegend.Add(trace.Name);

    private void Curve(Trace trace, double[] y, bool marked = false)
    {
        json.WriteString("mode", marked ? "lines+markers" : "lines");
        Values("x", trace.X);
        Values("y", y);
    }

    /// <summary>A few markers along a line.</summary>
    private void Shapes(SeriesStyle style)
    {
        json.WriteStartObject("marker");
        json.WriteString("color", style.Color);
        json.WriteNumber("size", 7);
        json.WriteNumber("maxdisplayed", 8);
        json.WriteString("symbol", Markers.PlotlySymbols[style.Marker]);
        json.WriteEndObject();
    }

    private void Stroke(SeriesStyle style, double width, LineDash dash, string? shape = null)
    {
        json.WriteStartObject("line");
        json.WriteString("color", style.Color);
        json.WriteNumber("width", width);
        json.WriteString("dash", DashName(dash));
        if (shape is not null)
            json.WriteString("shape", shape);
        json.WriteEndObject();
    }

    private void Bars(BarTrace bars, SeriesStyle style)
    {
        Values("x", bars.X);
        Values("y", bars.Y);
        Marker(style, 0.9);
        if (bars.Lower is null || bars.Upper is null)
            return;
        json.WriteStartObject("error_y");
        json.WriteString("type", "data");
        json.WriteBoolean("symmetric", false);
        Values("array", bars.Upper.Zip(bars.Y, (upper, y) => upper - y).ToArray());
        Values("arrayminus", bars.Lower.Zip(bars.Y, (lower, y) => y - lower).ToArray());
        json.WriteEndObject();
    }

    /// <summary>The colours and the colour bar of all heatmaps.</summary>
    public static void ColorAxis(Utf8JsonWriter json, Figure figure)
    {
        if (figure.Panels.SelectMany(panel => panel.Traces).OfType<HeatmapTrace>().FirstOrDefault() is not { } heatmap)
            return;
        json.WriteStartObject("coloraxis");
        Colors(json, heatmap, "cmin", "cmax");
        ColorBar(json, heatmap, null);
        json.WriteEndObject();
    }

    private void Heatmap(HeatmapTrace heatmap, Panel panel)
    {
        Values("x", heatmap.XValues);
        Values("y", heatmap.YValues);
        int columns = heatmap.XValues.Count;
        Grid(heatmap.Z, columns);
        bool shared = figure.Arrangement.OneColorBar;
        // A figure of one plot leaves its place to plotly.
        bool own = !axes.IsStack || figure.Panels.Count(p => p.Traces is [HeatmapTrace]) > 1;
        if (!shared)
            Colors(json, heatmap, "zmin", "zmax");
        if (heatmap.ShowValues)
            json.WriteString("texttemplate", heatmap.Format == AxisFormat.Percent ? "%{z:.1%}" : "%{z:.3~g}");
        if (shared)
            json.WriteString("coloraxis", "coloraxis");
        else
            ColorBar(json, heatmap, own ? axes.Domain(panel) : null);
    }

    private static void Colors(Utf8JsonWriter json, HeatmapTrace heatmap, string minimum, string maximum)
    {
        json.WriteStartArray("colorscale");
        for (int i = 0; i <= 8; i++)
        {
            json.WriteStartArray();
            json.WriteNumberValue(i / 8.0);
            json.WriteStringValue(Palette.Scale(heatmap.Diverging, i / 8.0));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteNumber(minimum, heatmap.Minimum);
        json.WriteNumber(maximum, heatmap.Maximum);
    }

    /// <summary>A colour bar, beside its plot where several have their own.</summary>
    private static void ColorBar(
        Utf8JsonWriter json, HeatmapTrace heatmap, (double Left, double Bottom, double Right, double Top)? beside)
    {
        json.WriteStartObject("colorbar");
        if (heatmap.ColorBarTitle is { } title)
        {
            json.WriteStartObject("title");
            json.WriteString("text", PlotlyWriter.Html(title));
            json.WriteEndObject();
        }

        if (heatmap.Format == AxisFormat.Percent)
            json.WriteString("tickformat", ".0%");
        if (beside is var (_, bottom, right, top))
        {
            json.WriteNumber("x", right + 0.01);
            json.WriteNumber("y", (bottom + top) / 2);
            json.WriteNumber("len", top - bottom);
            json.WriteNumber("thickness", 14);
        }

        json.WriteEndObject();
    }

    /// <summary>z, row-major.</summary>
    private void Grid(double[] z, int columns)
    {
        json.WriteStartArray("z");
        for (int i = 0; i < z.Length; i++)
        {
            if (i % columns == 0)
                json.WriteStartArray();
            Value(z[i]);
            if ((i + 1) % columns == 0)
                json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private void Marker(SeriesStyle style, double opacity)
    {
        json.WriteStartObject("marker");
        json.WriteString("color", style.Color);
        json.WriteNumber("opacity", opacity);
        json.WriteEndObject();
    }

    private void Values(string name, AxisValues values)
    {
        if (values.Kind == AxisKind.Number)
        {
            Values(name, values.Values);
            return;
        }

        json.WriteStartArray(name);
        for (int i = 0; i < values.Count; i++)
            json.WriteStringValue(values.Text(i));
        json.WriteEndArray();
    }

    private void Values(string? name, double[] values)
    {
        if (name is null)
            json.WriteStartArray();
        else
            json.WriteStartArray(name);
        foreach (double value in values)
            Value(value);
        json.WriteEndArray();
    }

    private void Value(double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteNullValue();
    }

    private static string Transparent(string color, double opacity)
    {
        var (r, g, b) = Palette.Parse(color);
        return string.Create(CultureInfo.InvariantCulture, $"rgba({r},{g},{b},{opacity})");
    }
}
