namespace FinML.Data;

/// <summary>Lays bars, a stream of records, into a panel.</summary>
public static class BarPanel
{
    private static readonly string[] s_fields = ["open", "high", "low", "close", "volume"];

    /// <summary>A panel of open, high, low, close and volume on the times that any of the symbols has; missing values
    /// where one has none. A row is known when the last of its bars was, and not before the row above it.</summary>
    /// <param name="bars">Of one symbol or several, in any order; at least one.</param>
    /// <exception cref="ArgumentException">There is no bar, or a symbol has two of one time.</exception>
    public static Panel Of(IEnumerable<Bar> bars)
    {
        ArgumentNullException.ThrowIfNull(bars);
        Dictionary<string, List<Bar>> series = new(StringComparer.Ordinal);
        SortedDictionary<DateTime, DateTime> known = [];
        foreach (Bar bar in bars)
        {
            if (!series.TryGetValue(bar.Symbol, out List<Bar>? of))
            {
                series.Add(bar.Symbol, of = []);
            }

            of.Add(bar);
            known[bar.Time] = known.TryGetValue(bar.Time, out DateTime at) && at > bar.AvailableAt ? at
                : bar.AvailableAt;
        }

        if (series.Count == 0)
        {
            throw new ArgumentException("There are 0 bars; a panel needs at least 1.", nameof(bars));
        }

        DateTime[] times = [.. known.Keys], availableAt = [.. known.Values];
        for (int t = 1; t < times.Length; t++)
        {
            availableAt[t] = availableAt[t] > availableAt[t - 1] ? availableAt[t] : availableAt[t - 1];
        }

        Dictionary<DateTime, int> rows = times.Select((time, row) => (time, row)).ToDictionary(x => x.time, x => x.row);
        return Panel.Create(times, [.. series.Keys], s_fields,
            [.. series.Values.SelectMany(of => Columns(of, rows))], availableAt);
    }

    private static double[][] Columns(List<Bar> bars, Dictionary<DateTime, int> rows)
    {
        double[][] columns = [.. s_fields.Select(_ => new double[rows.Count])]; // (fields, times)
        bool[] taken = new bool[rows.Count];
        foreach (double[] column in columns)
        {
            Array.Fill(column, double.NaN);
        }

        foreach (Bar bar in bars)
        {
            int row = rows[bar.Time];
            if (taken[row])
            {
                throw new ArgumentException($"{bar.Symbol} has two bars at {BarChecks.Show(bar.Time)}.", nameof(bars));
            }

            taken[row] = true;
            (columns[0][row], columns[1][row], columns[2][row], columns[3][row], columns[4][row]) =
                (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume);
        }

        return columns;
    }
}
