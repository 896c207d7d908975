namespace FinML.Figures.Traces;

/// <summary>
/// Lines of one height in a grid, linear along the edges of its cells (marching squares; Maple 2003). A saddle is
/// decided by the mean of its corners. Cells with a corner that is not finite are left out.
/// </summary>
internal static class MarchingSquares
{
    /// <summary>Curves as points (x, y); a closed one ends where it starts. z is row-major: (y, x).</summary>
    public static List<List<(double X, double Y)>> Lines(double[] x, double[] y, double[] z, double level)
    {
        int columns = x.Length;
        // An edge is named by its grid point and direction, so that neighbours name it alike.
        var links = new SortedDictionary<long, List<long>>();
        for (int r = 0; r + 1 < y.Length; r++)
        {
            for (int c = 0; c + 1 < columns; c++)
            {
                double z00 = At(r, c), z01 = At(r, c + 1), z10 = At(r + 1, c), z11 = At(r + 1, c + 1);
                if (!double.IsFinite(z00 + z01 + z10 + z11))
                    continue;
                long bottom = Edge(r, c, 0), left = Edge(r, c, 1), top = Edge(r + 1, c, 0), right = Edge(r, c + 1, 1);
                var cut = new List<long>();
                if (z00 >= level != z01 >= level)
                    cut.Add(bottom);
                if (z01 >= level != z11 >= level)
                    cut.Add(right);
                if (z10 >= level != z11 >= level)
                    cut.Add(top);
                if (z00 >= level != z10 >= level)
                    cut.Add(left);
                if (cut.Count == 2)
                {
                    Link(cut[0], cut[1]);
                }
                else if (cut.Count == 4)
                {
                    // The corner (r, c) is joined to (r + 1, c + 1) where the middle is on their side.
                    bool joined = (z00 + z01 + z10 + z11) / 4 >= level == z00 >= level;
                    Link(bottom, joined ? right : left);
                    Link(top, joined ? left : right);
                }
            }
        }

        return Chain(links, Point);

        double At(int r, int c) => z[r * columns + c];

        long Edge(int r, int c, int direction) => 2L * (r * columns + c) + direction + 1; // 0 is none

        void Link(long a, long b)
        {
            (links.TryGetValue(a, out List<long>? from) ? from : links[a] = []).Add(b);
            (links.TryGetValue(b, out List<long>? to) ? to : links[b] = []).Add(a);
        }

        (double X, double Y) Point(long edge)
        {
            int corner = (int)((edge - 1) / 2), r = corner / columns, c = corner % columns;
            bool upward = edge % 2 == 0;
            double a = At(r, c), b = upward ? At(r + 1, c) : At(r, c + 1), t = (level - a) / (b - a);
            return upward ? (x[c], y[r] + t * (y[r + 1] - y[r])) : (x[c] + t * (x[c + 1] - x[c]), y[r]);
        }
    }

    private static List<List<(double X, double Y)>> Chain(
        SortedDictionary<long, List<long>> links, Func<long, (double X, double Y)> point)
    {
        var curves = new List<List<(double X, double Y)>>();
        var done = new HashSet<long>();
        // Open curves start at the grid's edge, where a cut has one neighbour; what is left are rings.
        foreach (long start in links.Keys.OrderBy(k => links[k].Count).ThenBy(k => k))
        {
            if (!done.Add(start))
                continue;
            var curve = new List<(double X, double Y)> { point(start) };
            long at = start;
            while (true)
            {
                long next = links[at].Find(n => !done.Contains(n));
                if (next == 0)
                    break;
                done.Add(next);
                curve.Add(point(next));
                at = next;
            }

            if (curve.Count > 2 && links[start].Count == 2 && links[at].Contains(start))
                curve.Add(curve[0]);
            curves.Add(curve);
        }

        return curves;
    }
}
