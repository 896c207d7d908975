using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

// Graphs of variables.
internal sealed partial class TraceDrawer
{
    private const double NodeSize = 12.5, NodeHeight = 28, EdgeLabelSize = 10.5;

    private void DrawGraph(GraphTrace graph)
    {
        double gap = graph.Layout.Layers > 1 ? x.Map(1) - x.Map(0) : area.Width;
        string[] names = [.. graph.Names.Select(n => FontMetrics.Fit(n, NodeSize, Math.Max(gap * 0.6, 40)))];
        double[] half = [.. names.Select(n => FontMetrics.Width(n, NodeSize) / 2 + 10)];
        double[] bends = GraphCurve.Bends(graph.Edges);
        var curves = new List<List<(double X, double Y)>>();
        for (int e = 0; e < graph.Edges.Length; e++)
        {
            curves.Add(CurveOf(graph, e, bends[e], half, gap));
            DrawEdge(graph, graph.Edges[e], curves[e]);
        }

        var taken = new List<TextBox>();
        for (int i = 0; i < names.Length; i++)
        {
            double cx = x.Map(graph.Layout.X[i]), cy = y.Map(graph.Layout.Y[i]);
            var box = new TextBox(names[i], cx - half[i], cy - NodeHeight / 2, 2 * half[i], NodeHeight);
            taken.Add(box);
            canvas.Rectangle(box.Left, box.Top, box.Width, box.Height, "b", radius: 7);
            canvas.Stroke(Outline(box), "j", 1.3);
            canvas.Text(cx, cy + 0.35 * NodeSize, names[i], NodeSize, Anchor.Middle);
        }

        if (graph.HasBothSigns)
            DrawKey();
        taken.AddRange(canvas.Boxes);
        for (int e = 0; e < curves.Count; e++)
        {
            // Its own line is the best place for a label, another's the worst.
            IEnumerable<(double, double)> others = curves.Where((_, i) => i != e).SelectMany(curve => curve);
            string text = GraphTrace.Label(graph.Edges[e]);
            if (text.Length > 0 && LabelEdge(new LabelPlacer(area, others, taken), text, curves[e]) is { } box)
                taken.Add(box);
        }
    }

    /// <summary>From the border of one node to the border of the other, in pixels.</summary>
    private List<(double X, double Y)> CurveOf(GraphTrace graph, int edge, double bend, double[] half, double gap)
    {
        var route = graph.Layout.Routes[edge].Select(p => (X: x.Map(p.X), Y: y.Map(p.Y))).ToList();
        int from = Array.IndexOf(graph.Names, graph.Edges[edge].From);
        int to = Array.IndexOf(graph.Names, graph.Edges[edge].To);
        if (from == to)
        {
            // Loops of several lags lie within each other.
            double wide = Math.Clamp(14 + 7 * bend, 5, half[from] - 2), top = route[0].Y - NodeHeight / 2;
            return GraphCurve.Bow((route[0].X - wide, top), (route[0].X + wide, top), 0, -44 - 22 * bend);
        }

        if (graph.Layout.X[from] == graph.Layout.X[to])
        {
            // Beside its layer: above and below stand other nodes.
            double side = Math.Min(24 + 8 * Math.Abs(route[0].Y - route[^1].Y) / NodeHeight, gap * 0.35);
            return GraphCurve.Bow((route[0].X + half[from], route[0].Y), (route[^1].X + half[to], route[^1].Y),
                side + 14 * bend, 0);
        }

        int sign = graph.Layout.X[to] > graph.Layout.X[from] ? 1 : -1;
        double port = Math.Clamp(bend * 9, -NodeHeight / 2 + 4, NodeHeight / 2 - 4);
        route[0] = (route[0].X + sign * half[from], route[0].Y + port);
        route[^1] = (route[^1].X - sign * half[to], route[^1].Y + port);
        return GraphCurve.Through(route, bend * 14);
    }

    private void DrawEdge(GraphTrace graph, GraphEdge edge, List<(double X, double Y)> curve)
    {
        (string color, double opacity, double width) = EdgeLook(graph, edge);
        var line = curve.ToList();
        var heads = new PathBuilder();
        if (edge.Kind != EdgeKind.Undirected)
            Head(heads, line, width);
        if (edge.Kind == EdgeKind.Bidirected)
        {
            line.Reverse();
            Head(heads, line, width);
        }

        var path = new PathBuilder();
        path.Move(line[0].X, line[0].Y);
        foreach (var (px, py) in line.Skip(1))
            path.Line(px, py);
        canvas.Stroke(path.ToString(), color, width, edge.Kind == EdgeKind.Bidirected ? LineDash.Dash : LineDash.Solid,
            opacity);
        if (!heads.IsEmpty)
            canvas.Fill(heads.ToString(), color == "j" ? "m" : color, opacity);
        Covered.AddRange(curve);
    }

    /// <summary>Colour by sign, depth and width by size.</summary>
    private static (string Color, double Opacity, double Width) EdgeLook(GraphTrace graph, GraphEdge edge)
    {
        if (edge.Weight is not { } weight)
            return ("j", 1, 1.5);
        double strength = graph.Strength(edge);
        return (Palette.Colors[weight < 0 ? 1 : 0], 0.4 + 0.6 * strength, 1.2 + 2.8 * strength);
    }

    /// <summary>An arrowhead at the end of a line, which is cut back to its base.</summary>
    private static void Head(PathBuilder path, List<(double X, double Y)> line, double width)
    {
        double length = 7 + 1.6 * width, side = 3 + 0.9 * width;
        (double X, double Y) tip = line[^1];
        while (line.Count > 2 && Distance(line[^2], tip) < length)
            line.RemoveAt(line.Count - 1);
        (double X, double Y) before = line[^2];
        double d = Math.Max(Distance(before, tip), 1e-9), ux = (tip.X - before.X) / d, uy = (tip.Y - before.Y) / d;
        (double X, double Y) foot = (tip.X - ux * length, tip.Y - uy * length);
        line[^1] = foot;
        path.Move(tip.X, tip.Y);
        path.Line(foot.X - uy * side, foot.Y + ux * side);
        path.Line(foot.X + uy * side, foot.Y - ux * side);
        path.Close();
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) =>
        Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));

    private static string Outline(TextBox box)
    {
        const double r = 7;
        string w = SvgCanvas.N(box.Width - 2 * r), h = SvgCanvas.N(box.Height - 2 * r);
        var path = new PathBuilder();
        path.Move(box.Left + r, box.Top);
        path.Raw($"h{w}a7 7 0 0 1 7 7v{h}a7 7 0 0 1-7 7h-{w}a7 7 0 0 1-7-7v-{h}a7 7 0 0 1 7-7z");
        return path.ToString();
    }

    private void DrawKey()
    {
        double at = area.Left + 4, height = area.Bottom - 8;
        foreach ((string text, string color) in ((string, string)[])[
            ("positive", Palette.Colors[0]), ("negative", Palette.Colors[1])])
        {
            canvas.Line(at, height, at + 22, height, color, 3);
            canvas.Text(at + 27, height + 4, text, FigureLayout.TickSize, ink: "m");
            at += 27 + FontMetrics.Width(text, FigureLayout.TickSize) + 18;
        }
    }

    /// <summary>On its line where that is free, else as near as there is room; where there is none, the description of
    /// the figure alone has it.</summary>
    private TextBox? LabelEdge(LabelPlacer placer, string text, List<(double X, double Y)> curve)
    {
        TextBox measure = SvgCanvas.Measure(0, 0, text, EdgeLabelSize);
        double[] places = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
        IEnumerable<TextBox> candidates = new[] { 0, -11, 11, -20, 20 }.SelectMany(lift =>
            places.Select(t => curve[(int)(t * (curve.Count - 1))]).Select(p =>
                LabelPlacer.At(measure, p.X - measure.Width / 2, p.Y - measure.Height / 2 + lift)));
        if (placer.Place(candidates) is not { } box)
            return null;
        canvas.Rectangle(box.Left - 2, box.Top - 1, box.Width + 4, box.Height + 2, "b", 0.85, 3);
        canvas.Text(box.Left, box.Top + 0.74 * EdgeLabelSize, text, EdgeLabelSize, ink: "i");
        return box;
    }
}
