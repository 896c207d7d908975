using System.Globalization;
using System.Text.Json;
using FinML.Figures.Svg;
using FinML.Figures.Traces;

namespace FinML.Figures.Plotly;

/// <summary>A graph in plotly's terms: a line for each edge, notes with a frame for the nodes, arrows of notes without
/// text.</summary>
internal static class PlotlyGraph
{
    // Layout units of a bend; the pixels of a unit are about 70.
    private const double Aside = 0.2;

    public static void Traces(Utf8JsonWriter json, GraphTrace graph)
    {
        double[] bends = GraphCurve.Bends(graph.Edges);
        for (int e = 0; e < graph.Edges.Length; e++)
        {
            GraphEdge edge = graph.Edges[e];
            List<(double X, double Y)> curve = CurveOf(graph, e, bends[e]);
            json.WriteStartObject();
            json.WriteString("type", "scatter");
            json.WriteString("mode", "lines");
            json.WriteBoolean("showlegend", false);
            json.WriteString("xaxis", "x");
            json.WriteString("yaxis", "y");
            json.WriteStartArray("x");
            curve.ForEach(p => json.WriteNumberValue(Math.Round(p.X, 4)));
            json.WriteEndArray();
            json.WriteStartArray("y");
            curve.ForEach(p => json.WriteNumberValue(Math.Round(p.Y, 4)));
            json.WriteEndArray();
            json.WriteStartObject("line");
            json.WriteString("color", Color(graph, edge));
            json.WriteNumber("width", Math.Round(Width(graph, edge), 2));
            json.WriteString("dash", edge.Kind == EdgeKind.Bidirected ? "dash" : "solid");
            json.WriteEndObject();
            json.WriteString("hoverinfo", "text");
            json.WriteString("text", PlotlyWriter.Html(GraphTrace.Line(edge)));
            json.WriteEndObject();
        }
    }

    public static void Annotations(Utf8JsonWriter json, GraphTrace graph)
    {
        double[] bends = GraphCurve.Bends(graph.Edges);
        for (int e = 0; e < graph.Edges.Length; e++)
        {
            GraphEdge edge = graph.Edges[e];
            List<(double X, double Y)> curve = CurveOf(graph, e, bends[e]);
            if (edge.Kind != EdgeKind.Undirected)
                Arrow(json, graph, edge, curve, edge.To);
            if (edge.Kind == EdgeKind.Bidirected)
                Arrow(json, graph, edge, [.. Enumerable.Reverse(curve)], edge.From);
            string label = GraphTrace.Label(edge);
            if (label.Length > 0)
                Note(json, label, curve[curve.Count / 2], 10.5, frame: false);
        }

        for (int i = 0; i < graph.Names.Length; i++)
            Note(json, graph.Names[i], (graph.Layout.X[i], graph.Layout.Y[i]), 12.5, frame: true);
    }

    private static List<(double X, double Y)> CurveOf(GraphTrace graph, int edge, double bend)
    {
        IReadOnlyList<(double X, double Y)> route = graph.Layout.Routes[edge];
        if (graph.Edges[edge].From == graph.Edges[edge].To)
            return GraphCurve.Bow(
                (route[0].X - 0.06, route[0].Y), (route[0].X + 0.06, route[0].Y), 0, -1 - 0.15 * bend);
        return route.Count == 2 && route[0].X == route[1].X
            ? GraphCurve.Bow(route[0], route[1], 0.45 + 0.1 * bend, 0)
            : GraphCurve.Through(route, bend * Aside);
    }

    private static void Arrow(
        Utf8JsonWriter json, GraphTrace graph, GraphEdge edge, List<(double X, double Y)> curve, string end)
    {
        (double X, double Y) tip = curve[^1], foot = curve[^4];
        json.WriteStartObject();
        json.WriteString("text", "");
        Place(json, tip);
        json.WriteNumber("ax", Math.Round(foot.X, 4));
        json.WriteNumber("ay", Math.Round(foot.Y, 4));
        json.WriteString("axref", "x");
        json.WriteString("ayref", "y");
        json.WriteBoolean("showarrow", true);
        json.WriteNumber("arrowhead", 2);
        json.WriteNumber("arrowsize", 1);
        json.WriteNumber("arrowwidth", Math.Round(Width(graph, edge), 2));
        json.WriteString("arrowcolor", Color(graph, edge));
        // To the border of the node's frame: beside it, or above it for a loop.
        bool loop = edge.From == edge.To;
        json.WriteNumber("standoff", loop ? 14 : Math.Round(FontMetrics.Width(end, 12.5) / 2 + 10));
        json.WriteEndObject();
    }

    private static void Note(Utf8JsonWriter json, string text, (double X, double Y) at, double size, bool frame)
    {
        json.WriteStartObject();
        json.WriteString("text", PlotlyWriter.Html(text));
        Place(json, at);
        json.WriteBoolean("showarrow", false);
        // The frame has its own paper, so its ink is dark on any page.
        json.WriteString("bgcolor", frame ? "#ffffff" : "rgba(255,255,255,0.85)");
        json.WriteNumber("borderpad", frame ? 7 : 1);
        if (frame)
            json.WriteString("bordercolor", ThemeColors.Light.Muted);
        json.WriteStartObject("font");
        json.WriteNumber("size", size);
        json.WriteString("color", ThemeColors.Light.Ink);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Place(Utf8JsonWriter json, (double X, double Y) at)
    {
        json.WriteString("xref", "x");
        json.WriteString("yref", "y");
        json.WriteNumber("x", Math.Round(at.X, 4));
        json.WriteNumber("y", Math.Round(at.Y, 4));
    }

    private static double Width(GraphTrace graph, GraphEdge edge) =>
        edge.Weight is null ? 1.5 : 1.2 + 2.8 * graph.Strength(edge);

    private static string Color(GraphTrace graph, GraphEdge edge)
    {
        if (edge.Weight is not { } weight)
            return ThemeColors.Light.Axis;
        var (r, g, b) = Palette.Parse(Palette.Colors[weight < 0 ? 1 : 0]);
        return string.Create(
            CultureInfo.InvariantCulture, $"rgba({r},{g},{b},{Math.Round(0.4 + 0.6 * graph.Strength(edge), 2)})");
    }
}
