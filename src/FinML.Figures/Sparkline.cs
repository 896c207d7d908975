namespace FinML.Figures;

/// <summary>A series in one line of text.</summary>
public static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>
    /// The values as block characters from the lowest to the highest; a gap (NaN) is a space. Longer series are
    /// averaged into <paramref name="width"/> groups.
    /// </summary>
    /// <param name="values">At least one value.</param>
    /// <param name="width">Most characters, 1 to 500.</param>
    public static string Create(IEnumerable<double> values, int width = 40)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (width is < 1 or > 500)
            throw new ArgumentOutOfRangeException(
                nameof(width), $"A sparkline is 1 to 500 characters wide; got {width}.");
        double[] all = values.ToArray();
        if (all.Length == 0)
            throw new ArgumentException("A sparkline needs at least one value.", nameof(values));
        int count = Math.Min(width, all.Length);
        var means = new double[count];
        for (int i = 0; i < count; i++)
        {
            int start = (int)((long)i * all.Length / count), end = (int)((long)(i + 1) * all.Length / count);
            means[i] = all[start..end].Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        }

        double[] finite = [.. means.Where(double.IsFinite)];
        if (finite.Length == 0)
            return new string(' ', count);
        double low = finite.Min(), range = finite.Max() - low;
        return new string(Array.ConvertAll(means, Block));

        // A flat series lies in the middle.
        char Block(double value) => !double.IsFinite(value) ? ' '
            : range > 0 ? Blocks[Math.Min((int)((value - low) / range * 8), 7)] : Blocks[3];
    }
}
