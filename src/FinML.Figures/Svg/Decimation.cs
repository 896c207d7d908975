namespace FinML.Figures.Svg;

/// <summary>
/// Thins a line to what a screen can show: of the points in one pixel column the first, the lowest, the highest and the
/// last stay, in their order, so that the drawn line covers the same pixels and no extreme is lost.
/// </summary>
internal static class Decimation
{
    /// <summary>Indices of the points of [start, end) that stay. x must not decrease (pixels).</summary>
    public static List<int> Keep(double[] x, double[] y, int start, int end)
    {
        var kept = new List<int>();
        for (int i = start; i < end;)
        {
            double column = Math.Floor(x[i]);
            int first = i, low = i, high = i;
            for (; i < end && Math.Floor(x[i]) == column; i++)
            {
                if (y[i] < y[low])
                    low = i;
                if (y[i] > y[high])
                    high = i;
            }

            int a = Math.Min(low, high), b = Math.Max(low, high), last = i - 1;
            kept.Add(first);
            if (a > first)
                kept.Add(a);
            if (b > a)
                kept.Add(b);
            if (last > b)
                kept.Add(last);
        }

        return kept;
    }

    /// <summary>Whether x never decreases, which pixel columns need.</summary>
    public static bool Sorted(double[] x)
    {
        for (int i = 1; i < x.Length; i++)
        {
            if (x[i] < x[i - 1])
                return false;
        }

        return true;
    }
}
