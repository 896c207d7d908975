namespace FinML.Figures.Traces;

/// <summary>Points along an edge: level at each place that it goes through, so that arrows come in from the
/// side.</summary>
internal static class GraphCurve
{
    private const int Pieces = 16;

    /// <summary>The curve through points; bend lifts it aside between its ends, for edges that share both.</summary>
    public static List<(double X, double Y)> Through(IReadOnlyList<(double X, double Y)> points, double bend)
    {
        var curve = new List<(double X, double Y)> { points[0] };
        int pieces = (points.Count - 1) * Pieces;
        for (int i = 1; i < points.Count; i++)
        {
            for (int k = 1; k <= Pieces; k++)
            {
                double t = (double)k / Pieces, along = ((i - 1) * Pieces + k) / (double)pieces;
                // The cubic Bezier curve with level ends: x is nearly linear, y goes by 3t^2 - 2t^3.
                double across = 1.5 * t * (1 - t) + t * t * t;
                double x = points[i - 1].X + (points[i].X - points[i - 1].X) * across;
                double y = points[i - 1].Y + (points[i].Y - points[i - 1].Y) * t * t * (3 - 2 * t);
                curve.Add((x, y + bend * 4 * along * (1 - along)));
            }
        }

        return curve;
    }

    /// <summary>A bow between two points of one layer, or the loop of a node, which leaves and returns.</summary>
    public static List<(double X, double Y)> Bow(
        (double X, double Y) start, (double X, double Y) end, double dx, double dy)
    {
        var curve = new List<(double X, double Y)>();
        for (int k = 0; k <= Pieces; k++)
        {
            double t = (double)k / Pieces, s = 1 - t, middle = 3 * t * s;
            curve.Add((s * s * s * start.X + middle * (s * (start.X + dx) + t * (end.X + dx)) + t * t * t * end.X,
                s * s * s * start.Y + middle * (s * (start.Y + dy) + t * (end.Y + dy)) + t * t * t * end.Y));
        }

        return curve;
    }

    /// <summary>For each edge how far it is moved aside: edges between the same two nodes lie beside each
    /// other.</summary>
    public static double[] Bends(GraphEdge[] edges)
    {
        var bends = new double[edges.Length];
        foreach (var group in Enumerable.Range(0, edges.Length).GroupBy(i =>
            string.CompareOrdinal(edges[i].From, edges[i].To) < 0
                ? (edges[i].From, edges[i].To) : (edges[i].To, edges[i].From)))
        {
            int[] members = [.. group];
            for (int k = 0; k < members.Length; k++)
                bends[members[k]] = k - (members.Length - 1) / 2.0;
        }

        return bends;
    }
}
