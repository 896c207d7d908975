namespace FinML.Data;

/// <summary>The spacing of a time axis, and where it is broken.</summary>
public static class TimeGaps
{
    /// <summary>A gap counts from this many times the usual spacing: a weekend in daily data does not.</summary>
    public const int Factor = 5;

    /// <summary>The median distance between neighbours; zero where there are fewer than two times.</summary>
    public static TimeSpan MedianSpacing(IReadOnlyList<DateTime> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        if (times.Count < 2)
        {
            return TimeSpan.Zero;
        }

        long[] ticks = new long[times.Count - 1];
        for (int t = 0; t < ticks.Length; t++)
        {
            ticks[t] = times[t + 1].Ticks - times[t].Ticks;
        }

        // Where one spacing has the majority it is the median, and nothing needs sorting: the vote of Boyer and Moore.
        long candidate = 0;
        int votes = 0;
        foreach (long spacing in ticks)
        {
            candidate = votes == 0 ? spacing : candidate;
            votes += spacing == candidate ? 1 : -1;
        }

        if (2 * ticks.AsSpan().Count(candidate) <= ticks.Length)
        {
            Array.Sort(ticks);
            candidate = ticks[ticks.Length / 2];
        }

        return new TimeSpan(candidate);
    }

    /// <summary>The rows after a gap of more than five times the usual spacing, the longest gap first.</summary>
    public static IReadOnlyList<int> RowsAfter(IReadOnlyList<DateTime> times)
    {
        long usual = MedianSpacing(times).Ticks;
        return [.. Enumerable.Range(1, Math.Max(0, times.Count - 1))
            .Where(t => times[t].Ticks - times[t - 1].Ticks > Factor * usual)
            .OrderByDescending(t => times[t] - times[t - 1]).ThenBy(t => t)];
    }
}
