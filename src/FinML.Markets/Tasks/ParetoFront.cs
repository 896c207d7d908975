namespace FinML.Markets;

/// <summary>What can be said of points with several objectives, all of which are to be large.</summary>
public static class ParetoFront
{
    /// <summary>The points that no other point is at least as good as in each objective and better in one, in their
    /// order; of equal ones the first.</summary>
    public static IReadOnlyList<double[]> Of(IReadOnlyList<double[]> points)
    {
        Check(points);
        return [.. points.Where(
            (point, i) => !points.Where((other, j) => j != i && Covers(other, point, j < i)).Any())];

        static bool Covers(double[] other, double[] point, bool first)
        {
            bool better = false;
            for (int k = 0; k < point.Length; k++)
            {
                if (other[k] < point[k])
                    return false;
                better |= other[k] > point[k];
            }

            return better || first;
        }
    }

    /// <summary>The area that points with two objectives dominate, down to a reference point.</summary>
    /// <exception cref="ArgumentException">There are not two objectives.</exception>
    public static double Hypervolume(IReadOnlyList<double[]> points, ReadOnlySpan<double> reference)
    {
        Check(points);
        if (reference.Length != 2 || points.Any(point => point.Length != 2))
            throw new ArgumentException("The hypervolume is that of points with two objectives.", nameof(points));
        double area = 0, reached = reference[1], left = reference[0];

        // From the best in the first objective on, each adds a rectangle above those before it.
        foreach (double[] point in points.OrderByDescending(point => point[0]).ThenByDescending(point => point[1]))
        {
            if (point[0] <= left || point[1] <= reached)
                continue;
            area += (point[0] - left) * (point[1] - reached);
            reached = point[1];
        }

        return area;
    }

    /// <summary>The points that are the best ones of some weighted sum with weights that are not negative, and of no
    /// other points: the corners of the front's convex hull. Two objectives.</summary>
    public static IReadOnlyList<double[]> ReachedByWeightedSums(IReadOnlyList<double[]> points)
    {
        List<double[]> hull = [];
        foreach (double[] point in Of(points).OrderBy(point => point[0]))
        {
            // A point on or below the line between its neighbours is never the only best one.
            while (hull.Count >= 2 && Turn(hull[^2], hull[^1], point) >= 0)
                hull.RemoveAt(hull.Count - 1);
            hull.Add(point);
        }

        return hull;

        static double Turn(double[] a, double[] b, double[] c) =>
            (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    }

    private static void Check(IReadOnlyList<double[]> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        foreach (double[] point in points)
        {
            Require.SameLength(point.Length, points[0].Length, "A point", "the first");
            foreach (double value in point)
                Require.Finite(value, "An objective");
        }
    }
}
