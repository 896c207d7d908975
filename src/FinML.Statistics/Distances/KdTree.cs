namespace FinML.Statistics;

/// <summary>
/// A k-d tree (Bentley 1975) for the distance max_k |x_k - y_k|: nearest neighbours, and how many points lie within a
/// distance. A node keeps the box of its points; a box that lies wholly inside is counted without a look at them.
/// </summary>
internal sealed class KdTree
{
    private const int LeafSize = 12;

    private readonly PointSet _points;
    private readonly int[] _order; // indices of the points, those of a node side by side
    private readonly Node _root;

    internal KdTree(PointSet points)
    {
        _points = points;
        _order = [.. Enumerable.Range(0, points.Count)];
        _root = Build(0, points.Count);
    }

    /// <summary>
    /// The points nearest to point <paramref name="i"/>, itself not among them, nearest first.
    /// </summary>
    internal void Nearest(int i, Span<int> neighbours, Span<double> distances)
    {
        distances.Fill(double.PositiveInfinity);
        Nearest(_root, i, neighbours, distances);
    }

    /// <summary>
    /// Points other than <paramref name="i"/> at a distance below <paramref name="radius"/>, which is then above 0, or
    /// also at it.
    /// </summary>
    internal int CountWithin(int i, double radius, bool inclusive) =>
        CountWithin(_root, _points[i], radius, inclusive) - 1;

    /// <summary>max_k |a_k - b_k|.</summary>
    internal static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double largest = 0;
        for (int k = 0; k < a.Length; k++)
            largest = Math.Max(largest, Math.Abs(a[k] - b[k]));
        return largest;
    }

    private Node Build(int start, int end)
    {
        int d = _points.Dimension, widest = 0;
        double[] low = _points[_order[start]].ToArray(), high = (double[])low.Clone();
        for (int at = start; at < end; at++)
        {
            ReadOnlySpan<double> point = _points[_order[at]];
            for (int k = 0; k < d; k++)
            {
                low[k] = Math.Min(low[k], point[k]);
                high[k] = Math.Max(high[k], point[k]);
            }
        }

        for (int k = 1; k < d; k++)
            widest = high[k] - low[k] > high[widest] - low[widest] ? k : widest;
        var node = new Node(start, end, low, high);
        if (end - start <= LeafSize)
            return node;

        // Halves by the widest side; where points coincide it does not matter which half has them.
        Span<int> order = _order.AsSpan(start, end - start);
        var keys = new double[order.Length];
        for (int at = 0; at < keys.Length; at++)
            keys[at] = _points[order[at]][widest];
        keys.AsSpan().Sort(order);
        int middle = (start + end) / 2;
        node.Left = Build(start, middle);
        node.Right = Build(middle, end);
        return node;
    }

    private void Nearest(Node node, int i, Span<int> neighbours, Span<double> distances)
    {
        ReadOnlySpan<double> centre = _points[i];
        if (node.Left is null || node.Right is null)
        {
            for (int at = node.Start; at < node.End; at++)
            {
                int other = _order[at];
                double distance = Distance(centre, _points[other]);
                if (other != i && distance < distances[^1])
                    Insert(other, distance, neighbours, distances);
            }

            return;
        }

        double left = node.Left.NearestTo(centre), right = node.Right.NearestTo(centre);
        (Node near, Node far) = left <= right ? (node.Left, node.Right) : (node.Right, node.Left);
        if (Math.Min(left, right) < distances[^1])
            Nearest(near, i, neighbours, distances);
        if (Math.Max(left, right) < distances[^1])
            Nearest(far, i, neighbours, distances);
    }

    private static void Insert(int point, double distance, Span<int> neighbours, Span<double> distances)
    {
        int at = distances.Length - 1;
        for (; at > 0 && distances[at - 1] > distance; at--)
        {
            distances[at] = distances[at - 1];
            neighbours[at] = neighbours[at - 1];
        }

        distances[at] = distance;
        neighbours[at] = point;
    }

    private int CountWithin(Node node, ReadOnlySpan<double> centre, double radius, bool inclusive)
    {
        double nearest = node.NearestTo(centre), farthest = node.FarthestFrom(centre);
        if (nearest > radius)
            return 0;
        if (farthest < radius || (inclusive && farthest == radius))
            return node.End - node.Start;
        if (node.Left is not null && node.Right is not null)
            return CountWithin(node.Left, centre, radius, inclusive)
                + CountWithin(node.Right, centre, radius, inclusive);
        int count = 0;
        for (int at = node.Start; at < node.End; at++)
        {
            double distance = Distance(centre, _points[_order[at]]);
            count += distance < radius || (inclusive && distance == radius) ? 1 : 0;
        }

        return count;
    }

    private sealed class Node(int start, int end, double[] low, double[] high)
    {
        internal int Start { get; } = start;

        internal int End { get; } = end;

        internal Node? Left { get; set; }

        internal Node? Right { get; set; }

        /// <summary>The least distance of a point to the box; 0 inside.</summary>
        internal double NearestTo(ReadOnlySpan<double> point)
        {
            double largest = 0;
            for (int k = 0; k < low.Length; k++)
                largest = Math.Max(largest, Math.Max(low[k] - point[k], point[k] - high[k]));
            return largest;
        }

        internal double FarthestFrom(ReadOnlySpan<double> point)
        {
            double largest = 0;
            for (int k = 0; k < low.Length; k++)
                largest = Math.Max(largest, Math.Max(point[k] - low[k], high[k] - point[k]));
            return largest;
        }
    }
}
