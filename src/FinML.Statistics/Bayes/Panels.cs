namespace FinML.Statistics;

/// <summary>Where the panels of a <see cref="LogIntegral"/> begin and end.</summary>
internal static class Panels
{
    /// <summary>Panels of equal width, at most <paramref name="width"/>.</summary>
    internal static double[] Even(double lower, double upper, double width)
    {
        int count = Math.Max(1, (int)Math.Ceiling((upper - lower) / width));
        var edges = new double[count + 1];
        for (int k = 0; k <= count; k++)
            edges[k] = lower + (upper - lower) * k / count;
        return edges;
    }

    /// <summary>
    /// Panels from <paramref name="lower"/> to <paramref name="upper"/> that are narrow about each centre, half its
    /// scale, and twice as wide with every step away from it: for products of densities of different places and scales.
    /// </summary>
    internal static double[] Around(double lower, double upper, params (double Centre, double Scale)[] peaks)
    {
        var edges = new SortedSet<double> { lower, upper };
        foreach ((double centre, double scale) in peaks)
        {
            Add(centre);
            double step = 0.5 * scale;
            while (centre - step > lower || centre + step < upper)
            {
                Add(centre - step);
                Add(centre + step);
                step += step < 4 * scale ? 0.5 * scale : step;
            }
        }

        return [.. edges];

        void Add(double edge)
        {
            if (edge > lower && edge < upper)
                edges.Add(edge);
        }
    }
}
