using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>The cells of a heatmap. Neighbours of one colour become one rectangle, and a colour one path.</summary>
internal static class HeatmapDrawer
{
    private const int Levels = 96;

    public static void Draw(SvgCanvas canvas, HeatmapTrace heatmap, PlotArea area, LinearScale x, LinearScale y,
        CategoryIndex categories)
    {
        double[] xEdges = Edges(heatmap.XValues, categories, x);
        double[] yEdges = Edges(heatmap.YValues, CategoryIndex.Of(heatmap.YValues), y);
        int columns = heatmap.XValues.Count, rows = heatmap.YValues.Count;
        var paths = new SortedDictionary<int, PathBuilder>();
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns;)
            {
                int level = Level(heatmap, heatmap.Z[r * columns + c]), start = c;
                while (c < columns && Level(heatmap, heatmap.Z[r * columns + c]) == level)
                    c++;
                if (level < 0)
                    continue;
                if (!paths.TryGetValue(level, out PathBuilder? path))
                    paths[level] = path = new PathBuilder();
                path.Move(xEdges[start], yEdges[r]);
                path.Line(xEdges[c], yEdges[r]);
                path.Line(xEdges[c], yEdges[r + 1]);
                path.Line(xEdges[start], yEdges[r + 1]);
                path.Close();
            }
        }

        canvas.Raw("<g shape-rendering=\"crispEdges\">\n");
        foreach (var (level, path) in paths)
            canvas.Fill(path.ToString(), ColorOf(heatmap, level));
        canvas.Raw("</g>\n");
        if (heatmap.ShowValues)
            DrawValues(canvas, heatmap, area, xEdges, yEdges);
    }

    private static void DrawValues(
        SvgCanvas canvas, HeatmapTrace heatmap, PlotArea area, double[] xEdges, double[] yEdges)
    {
        int columns = heatmap.XValues.Count;
        for (int i = 0; i < heatmap.Z.Length; i++)
        {
            int r = i / columns, c = i % columns;
            if (!double.IsFinite(heatmap.Z[i]))
                continue;
            string text = ShortValue(heatmap, heatmap.Z[i]);
            double width = Math.Abs(xEdges[c + 1] - xEdges[c]), height = Math.Abs(yEdges[r + 1] - yEdges[r]);
            double cx = (xEdges[c] + xEdges[c + 1]) / 2, cy = (yEdges[r] + yEdges[r + 1]) / 2;
            bool inside = cx > area.Left && cx < area.Right && cy > area.Top && cy < area.Bottom;
            if (!inside || FontMetrics.Width(text, FigureLayout.TickSize) > width - 4 || height < 13)
                continue;
            string cell = ColorOf(heatmap, Level(heatmap, heatmap.Z[i]));
            string ink = Palette.Contrast(cell, "#ffffff") > Palette.Contrast(cell, "#1f2328") ? "#ffffff" : "#1f2328";
            canvas.Text(cx, cy + 4, text, FigureLayout.TickSize, Anchor.Middle, ink);
        }
    }

    // Two decimals for numbers of order one (correlations, Sharpe ratios), whole percents for percents.
    private static string ShortValue(HeatmapTrace heatmap, double value)
    {
        double largest = Math.Max(Math.Abs(heatmap.Minimum), Math.Abs(heatmap.Maximum));
        double step = heatmap.Format == AxisFormat.Percent ? largest < 0.1 ? 0.001 : 0.01 : largest switch
        {
            >= 100 => 1,
            >= 10 => 0.1,
            >= 0.1 => 0.01,
            _ => Math.Pow(10, Math.Floor(Math.Log10(largest)) - 1),
        };
        return NumberTicks.Format(value, step, largest, heatmap.Format);
    }

    private static double[] Edges(AxisValues values, CategoryIndex categories, LinearScale scale)
    {
        if (values.Kind != AxisKind.Category)
            return Array.ConvertAll(Domain.CellEdges(values.Values), scale.Map);
        // Labels may come in any order where rows share the axis; a cell then lies between its own half steps.
        double[] positions = categories.Positions(values);
        var edges = new double[positions.Length + 1];
        for (int i = 0; i < positions.Length; i++)
            edges[i] = scale.Map(positions[i] - 0.5);
        edges[^1] = scale.Map(positions[^1] + 0.5);
        return edges;
    }

    private static int Level(HeatmapTrace heatmap, double value) => !double.IsFinite(value) ? -1
        : (int)Math.Round((value - heatmap.Minimum) / (heatmap.Maximum - heatmap.Minimum) * Levels);

    private static string ColorOf(HeatmapTrace heatmap, int level) =>
        Palette.Scale(heatmap.Diverging, (double)level / Levels);
}
