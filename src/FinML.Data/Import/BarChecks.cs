using System.Globalization;

namespace FinML.Data;

/// <summary>What must be true of imported bars, and what should be said about them.</summary>
internal static class BarChecks
{
    private static readonly DateTime s_earliest = new(1600, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Turns a file that begins with the newest row; any other disorder is left to be refused.</summary>
    public static List<BarRow> InTimeOrder(List<BarRow> bars, List<string> notes)
    {
        bool descending = bars.Zip(bars.Skip(1)).All(p => p.First.Time >= p.Second.Time)
            && bars[0].Time > bars[^1].Time;
        if (!descending)
        {
            return bars;
        }

        notes.Add("The file has the newest row first; it was turned.");
        return [.. Enumerable.Reverse(bars)];
    }

    public static void Run(List<BarRow> bars, string[] fields, DateTime now, ImportProblems problems,
        List<string> notes)
    {
        CheckTimes(bars, now, problems);
        int high = Array.IndexOf(fields, "high"), low = Array.IndexOf(fields, "low");
        foreach (BarRow bar in bars)
        {
            for (int f = 0; f < fields.Length; f++)
            {
                double x = bar.Values[f];
                if (fields[f] == "volume" ? x < 0 : x <= 0)
                {
                    problems.Add("positive", bar.Row, $"the {fields[f]} is {Show(x)}; it must be "
                        + (fields[f] == "volume" ? "0 or more." : "above 0."));
                }
            }

            CheckBar(bar, fields, high, low, problems);
        }

        for (int f = 0; f < fields.Length; f++)
        {
            long[] missing = [.. bars.Where(b => double.IsNaN(b.Values[f])).Select(b => b.Row)];
            if (missing.Length == bars.Count)
            {
                problems.Add("empty", 0, $"The column of the {fields[f]} has no value.");
            }
            else if (missing.Length > 0)
            {
                notes.Add($"The {fields[f]} is missing on {missing.Length} rows, first on row {missing.Min()}.");
            }
        }

        if (problems.Count == 0)
        {
            NoteGaps(bars, notes);
        }
    }

    public static string FrequencyName(TimeSpan spacing) => spacing.TotalDays switch
    {
        >= 300 => "yearly",
        >= 80 => "quarterly",
        >= 26 => "monthly",
        >= 5 => "weekly",
        >= 1 => "daily",
        _ => string.Create(CultureInfo.InvariantCulture, $"{spacing.TotalMinutes:0.######} minutes"),
    };

    private static void CheckTimes(List<BarRow> bars, DateTime now, ImportProblems problems)
    {
        Dictionary<DateTime, long> seen = [];
        DateTime latest = DateTime.MinValue;
        long latestRow = 0;
        foreach (BarRow bar in bars)
        {
            if (!seen.TryAdd(bar.Time, bar.Row))
            {
                problems.Add("duplicate", bar.Row, $"the time {Show(bar.Time)} is already in row {seen[bar.Time]}.");
            }
            else if (bar.Time < latest)
            {
                problems.Add("order", bar.Row,
                    $"the time {Show(bar.Time)} is before {Show(latest)} in row {latestRow}; rows "
                    + "must be in the order of time.");
            }

            if (bar.Time > now)
            {
                problems.Add("future", bar.Row, $"the time {Show(bar.Time)} is in the future.");
            }

            if (bar.Time < s_earliest)
            {
                problems.Add("early", bar.Row, $"the time {Show(bar.Time)} is before the year 1600.");
            }

            (latest, latestRow) = bar.Time > latest ? (bar.Time, bar.Row) : (latest, latestRow);
        }
    }

    private static void CheckBar(BarRow bar, string[] fields, int high, int low, ImportProblems problems)
    {
        double top = high >= 0 ? bar.Values[high] : double.NaN, bottom = low >= 0 ? bar.Values[low] : double.NaN;
        if (top < bottom)
        {
            problems.Add("range", bar.Row, $"the high {Show(top)} is below the low {Show(bottom)}.");
            return;
        }

        for (int f = 0; f < fields.Length; f++)
        {
            double x = bar.Values[f];
            if (fields[f] is "open" or "close" && (x > top || x < bottom))
            {
                problems.Add("range", bar.Row,
                    $"the {fields[f]} {Show(x)} is outside [{Show(bottom)}, {Show(top)}], the low and "
                    + "the high.");
            }
        }
    }

    private static void NoteGaps(List<BarRow> bars, List<string> notes)
    {
        IReadOnlyList<int> gaps = TimeGaps.RowsAfter([.. bars.Select(b => b.Time)]);
        if (gaps.Count > 0)
        {
            notes.Add($"{gaps.Count} gaps longer than {TimeGaps.Factor} times the usual spacing; the longest: "
                + string.Join("; ", gaps.Take(5).Select(t =>
                    $"{Show(bars[t - 1].Time)} to {Show(bars[t].Time)} (row {bars[t].Row})")) + ".");
        }
    }

    private static string Show(double x) => x.ToString("R", CultureInfo.InvariantCulture);

    private static string Show(DateTime t) =>
        t.ToString(t.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss",
        CultureInfo.InvariantCulture);
}
