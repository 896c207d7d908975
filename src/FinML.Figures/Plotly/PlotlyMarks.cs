using System.Text.Json;
using FinML.Figures.Svg;
using FinML.Figures.Traces;

namespace FinML.Figures.Plotly;

/// <summary>Reference lines, shaded spans and texts as plotly's shapes and annotations.</summary>
internal static class PlotlyMarks
{
    public static void Shapes(Utf8JsonWriter json, Figure figure, PlotlyAxes axes)
    {
        json.WriteStartArray("shapes");
        foreach (SpanMark span in figure.Spans)
        {
            foreach ((string x, string y, bool first) in Places(figure, axes, span.Axis, span.Panel))
            {
                Shape(json, "rect", x, y);
                AxisValue(json, "x0", span.Range, 0, null);
                AxisValue(json, "x1", span.Range, 1, null);
                json.WriteNumber("y0", 0);
                json.WriteNumber("y1", 1);
                json.WriteString("fillcolor", span.Color ?? "#6f7680");
                json.WriteNumber("opacity", 0.16);
                json.WriteString("layer", "below");
                Line(json, 0, LineDash.Solid);
                Label(json, first ? span.Label : null, "top center");
                json.WriteEndObject();
            }
        }

        foreach (VerticalMark mark in figure.Verticals)
        {
            foreach ((string x, string y, bool first) in Places(figure, axes, mark.Axis, mark.Panel))
            {
                Shape(json, "line", x, y);
                AxisValue(json, "x0", mark.X, 0, null);
                AxisValue(json, "x1", mark.X, 0, null);
                json.WriteNumber("y0", 0);
                json.WriteNumber("y1", 1);
                Line(json, 1.2, mark.Dash);
                Label(json, first ? mark.Label : null, "end");
                json.WriteEndObject();
            }
        }

        foreach (Panel panel in figure.Panels)
        {
            foreach (HorizontalMark mark in panel.Horizontals)
            {
                Shape(json, "line", $"{axes.X(panel)} domain", axes.Y(panel));
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

    public static void Annotations(Utf8JsonWriter json, Figure figure, PlotlyAxes axes)
    {
        json.WriteStartArray("annotations");
        foreach (Panel panel in figure.Panels)
        {
            foreach (TextMark mark in panel.Texts)
            {
                json.WriteStartObject();
                json.WriteString("text", PlotlyWriter.Html(mark.Text));
                json.WriteString("xref", axes.X(panel));
                json.WriteString("yref", axes.Y(panel));
                // On a log axis an annotation's place is the logarithm (but a shape's is not): plotly's own convention.
                AxisValue(json, "x", mark.X, 0, figure.XOf(panel).Log ? Math.Log10 : null);
                json.WriteNumber("y", panel.Y.Log ? Math.Log10(mark.Y) : mark.Y);
                json.WriteBoolean("showarrow", true);
                json.WriteNumber("arrowhead", 0);
                json.WriteEndObject();
            }

            if (panel.Traces is [GraphTrace graph])
                PlotlyGraph.Annotations(json, graph);
            if (panel.Title is { } title)
            {
                string width = axes.IsStack ? "paper" : $"{axes.X(panel)} domain";
                string text = axes.IsStack ? PlotlyWriter.Html(title) : $"<b>{PlotlyWriter.Html(title)}</b>";
                Note(json, text, (width, 0, "left"), ($"{axes.Y(panel)} domain", 1, "bottom"), 12);
            }
        }

        SharedTitles(json, figure, axes);
        if (figure.Caption is { Length: > 0 } caption)
        {
            // Below the tick labels and the axis title; plotly breaks no lines itself.
            IEnumerable<string> lines = FontMetrics.Wrap(caption, 11, (figure.PixelSize.Width ?? 760) - 84, 4);
            int title = figure.Panels.Any(panel => figure.XOf(panel).Title is not null) ? 20 : 0;
            Note(json, string.Join("<br>", lines.Select(PlotlyWriter.Html)), ("paper", 0, "left"), ("paper", 0, "top"),
                11, -TickRoom(figure) - title);
        }

        json.WriteEndArray();
    }

    /// <summary>Titles of axes that several columns or rows share: below and beside all of them.</summary>
    private static void SharedTitles(Utf8JsonWriter json, Figure figure, PlotlyAxes axes)
    {
        const int Size = 14; // plotly's own for the title of an axis
        if (figure.ColumnCount > 1 && figure.Arrangement.X == AxisSharing.All && figure.XAxes[0].Title is { } x)
            Note(json, PlotlyWriter.Html(x), ("paper", 0.5, "center"), ("paper", 0, "top"), Size,
                -TickRoom(figure) + 8);
        if (figure.RowCount == 1 || figure.Arrangement.Y != AxisSharing.All || figure.Panels[0].Y.Title is not { } y)
            return;
        json.WriteStartObject();
        json.WriteString("text", PlotlyWriter.Html(y));
        json.WriteString("xref", "paper");
        json.WriteString("yref", "paper");
        json.WriteNumber("x", 0);
        json.WriteNumber("y", 0.5);
        json.WriteString("xanchor", "right");
        json.WriteString("yanchor", "middle");
        json.WriteNumber("xshift", -Math.Ceiling(axes.LabelWidth + 6));
        json.WriteNumber("textangle", -90);
        json.WriteBoolean("showarrow", false);
        json.WriteStartObject("font");
        json.WriteNumber("size", Size);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Pixels of the labels below the lowest plots.</summary>
    private static int TickRoom(Figure figure) =>
        figure.XAxes.Any(axis => axis.Kind == AxisKind.Date) ? 48 : 34;

    /// <summary>Where a mark of an x axis stands: once through rows that share one axis object, else in each
    /// panel.</summary>
    private static IEnumerable<(string X, string Y, bool First)> Places(
        Figure figure, PlotlyAxes axes, int axis, int? only)
    {
        if (only is null && axes.IsStack)
            return [(axes.X(figure.Panels[0]), "paper", true)];
        IEnumerable<Panel> panels = only is { } index ? [figure.Panels[index]] : figure.OnXAxis(axis);
        return panels.Select((panel, i) => (axes.X(panel), $"{axes.Y(panel)} domain", i == 0));
    }

    private static void Note(Utf8JsonWriter json, string text, (string Ref, double At, string Anchor) x,
        (string Ref, double At, string Anchor) y, int size, int shift = 0)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteString("xref", x.Ref);
        json.WriteString("yref", y.Ref);
        json.WriteNumber("x", x.At);
        json.WriteNumber("y", y.At);
        json.WriteString("xanchor", x.Anchor);
        json.WriteString("yanchor", y.Anchor);
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
        json.WriteString("text", PlotlyWriter.Html(text));
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
}
