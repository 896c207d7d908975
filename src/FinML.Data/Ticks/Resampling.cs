namespace FinML.Data;

/// <summary>
/// Gathers the rows of a panel into longer ones: the first open, the highest high, the lowest low, the sum of the
/// volumes, and of every other field the last value; missing values do not count, and a field without a value stays
/// missing.
/// </summary>
/// <remarks>A row is about the beginning of its interval and known when the last of its rows was. The last interval may
/// not be over: whether it is kept is the caller's to say, for a month of three days looks like any other.</remarks>
public static class Resampling
{
    /// <summary>The panel in longer rows.</summary>
    /// <param name="panel">Any panel.</param>
    /// <param name="period">The intervals.</param>
    /// <param name="keepUnfinished">Whether the last interval, which no later row shows to be over, is kept.</param>
    /// <exception cref="ArgumentException">No row is left.</exception>
    public static Panel Resample(Panel panel, BarPeriod period, bool keepUnfinished = false)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(period);
        List<(DateTime Start, int First, int End)> intervals = [];
        for (int t = 0; t < panel.Length; t++)
        {
            if (period.StartOf(panel.Times[t]) is not { } start)
            {
                continue;
            }

            bool same = intervals.Count > 0 && intervals[^1].Start == start && intervals[^1].End == t;
            if (same)
            {
                intervals[^1] = (start, intervals[^1].First, t + 1);
            }
            else
            {
                intervals.Add((start, t, t + 1));
            }
        }

        bool over = intervals.Count > 0 && intervals[^1].End < panel.Length; // rows outside the hours follow it
        if (intervals.Count > 0 && !keepUnfinished && !over)
        {
            intervals.RemoveAt(intervals.Count - 1);
        }

        if (intervals.Count == 0)
        {
            throw new ArgumentException($"The {panel.Length} rows of the panel have no whole {period.Name}.",
                nameof(panel));
        }

        double[][] columns = new double[panel.Assets.Count * panel.Fields.Count][];
        for (int c = 0; c < columns.Length; c++)
        {
            int field = c % panel.Fields.Count;
            ReadOnlySpan<double> values = panel.Column(c / panel.Fields.Count, field);
            columns[c] = new double[intervals.Count];
            for (int i = 0; i < intervals.Count; i++)
            {
                columns[c][i] = Gather(values[intervals[i].First..intervals[i].End], panel.Fields[field]);
            }
        }

        return Panel.Create([.. intervals.Select(i => i.Start)], panel.Assets, panel.Fields, columns,
            [.. intervals.Select(i => panel.AvailableAt[i.End - 1])]);
    }

    private static double Gather(ReadOnlySpan<double> values, string field)
    {
        double gathered = double.NaN;
        foreach (double x in values)
        {
            if (double.IsNaN(x))
            {
                continue;
            }

            gathered = double.IsNaN(gathered) ? x : field switch
            {
                "open" => gathered,
                "high" => Math.Max(gathered, x),
                "low" => Math.Min(gathered, x),
                "volume" => gathered + x,
                _ => x,
            };
        }

        return gathered;
    }
}
