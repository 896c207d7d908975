namespace FinML.Data.Store;

/// <summary>Puts the series of symbols together into a panel: the union of their times, NaN where a symbol has no
/// row.</summary>
internal static class StorePanels
{
    /// <remarks>A row of a panel has one time of availability: the latest of its symbols, and not before that of the
    /// row above, so that a late value is never known too early.</remarks>
    public static Panel Build(IReadOnlyList<SymbolSeries> series, IReadOnlyList<string> fields)
    {
        long[] times = Union(series);
        long[] known = new long[times.Length];
        double[][] columns = new double[series.Count * fields.Count][];
        for (int s = 0; s < series.Count; s++)
        {
            SymbolSeries one = series[s];
            bool same = one.Length == times.Length;
            int[] rows = same ? [] : Rows(one.Times, times);
            ReadOnlySpan<long> availableAt = one.AvailableAt;
            for (int t = 0; t < availableAt.Length; t++)
            {
                ref long latest = ref known[same ? t : rows[t]];
                latest = Math.Max(latest, availableAt[t]);
            }

            for (int f = 0; f < fields.Count; f++)
                columns[s * fields.Count + f] = same ? one.TakeColumn(f) : Scatter(one.Column(f), rows, times.Length);
        }

        for (int t = 1; t < known.Length; t++)
            known[t] = Math.Max(known[t], known[t - 1]);
        return Panel.Adopt([.. times.Select(StoreTime.FromMicroseconds)], [.. series.Select(s => s.Symbol)], fields,
            columns, [.. known.Select(StoreTime.FromMicroseconds)]);
    }

    /// <summary>All times, sorted; where every symbol has the same, those of the first.</summary>
    private static long[] Union(IReadOnlyList<SymbolSeries> series)
    {
        bool same = true;
        foreach (SymbolSeries one in series)
            same &= one.Times.SequenceEqual(series[0].Times);
        if (same)
            return series[0].Times.ToArray();
        HashSet<long> all = [];
        foreach (SymbolSeries one in series)
        {
            foreach (long time in one.Times)
                all.Add(time);
        }

        long[] union = [.. all];
        Array.Sort(union);
        return union;
    }

    /// <summary>The row of each of a symbol's times in the union: both are sorted.</summary>
    private static int[] Rows(ReadOnlySpan<long> times, long[] union)
    {
        int[] rows = new int[times.Length];
        for (int t = 0, row = 0; t < times.Length; t++, row++)
        {
            while (union[row] != times[t])
                row++;
            rows[t] = row;
        }

        return rows;
    }

    private static double[] Scatter(ReadOnlySpan<double> values, int[] rows, int length)
    {
        double[] column = new double[length];
        Array.Fill(column, double.NaN);
        for (int t = 0; t < values.Length; t++)
            column[rows[t]] = values[t];
        return column;
    }
}
