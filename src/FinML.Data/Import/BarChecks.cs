using System.Globalization;

namespace FinML.Data;

/// <summary>What must be true of imported bars, and what should be said about them.</summary>
internal static class BarChecks
{
    private static readonly DateTime s_earliest = new(1600, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Checks the bars of one asset, in the order of time.</summary>
    public static void Run(RawTable table, DateTime now, LoadLog log)
    {
        CheckTimes(table, now, log);
        IReadOnlyList<string> fields = table.Fields;
        int high = IndexOf(fields, "high"), low = IndexOf(fields, "low");
        for (int t = 0; t < table.Ticks.Length; t++)
        {
            for (int f = 0; f < fields.Count; f++)
            {
                double x = table.Columns[f][t];
                if (fields[f] == "volume" ? x < 0 : x <= 0)
                {
                    log.Add("positive", table.Lines[t], $"the {fields[f]} is {Show(x)}; it must be "
                        + (fields[f] == "volume" ? "0 or more." : "above 0."));
                }
            }

            CheckBar(table, t, high, low, log);
        }

        for (int f = 0; f < fields.Count; f++)
        {
            long[] missing = [.. table.Lines.Where((_, t) => double.IsNaN(table.Columns[f][t]))];
            if (missing.Length == table.Lines.Length)
            {
                log.Add("empty", 0, $"The column of the {fields[f]} has no value.");
            }
            else if (missing.Length > 0)
            {
                log.Note($"The {fields[f]} is missing on {missing.Length} rows, first on row {missing.Min()}.");
            }
        }

        if (log.ProblemCount == 0)
        {
            NoteGaps(table, log);
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

    private static int IndexOf(IReadOnlyList<string> fields, string field) => fields.ToList().IndexOf(field);

    private static void CheckTimes(RawTable table, DateTime now, LoadLog log)
    {
        table.CheckOrder(log);
        for (int t = 0; t < table.Ticks.Length; t++)
        {
            if (table.Ticks[t] > now.Ticks)
            {
                log.Add("future", table.Lines[t], $"the time {Show(new DateTime(table.Ticks[t]))} is in the future.");
            }

            if (table.Ticks[t] < s_earliest.Ticks)
            {
                log.Add("early", table.Lines[t],
                    $"the time {Show(new DateTime(table.Ticks[t]))} is before the year 1600.");
            }
        }
    }

    private static void CheckBar(RawTable table, int t, int high, int low, LoadLog log)
    {
        double top = high >= 0 ? table.Columns[high][t] : double.NaN;
        double bottom = low >= 0 ? table.Columns[low][t] : double.NaN;
        if (top < bottom)
        {
            log.Add("range", table.Lines[t], $"the high {Show(top)} is below the low {Show(bottom)}.");
            return;
        }

        for (int f = 0; f < table.Fields.Count; f++)
        {
            double x = table.Columns[f][t];
            if (table.Fields[f] is "open" or "close" && (x > top || x < bottom))
            {
                log.Add("range", table.Lines[t], $"the {table.Fields[f]} {Show(x)} is outside [{Show(bottom)}, "
                    + $"{Show(top)}], the low and the high.");
            }
        }
    }

    private static void NoteGaps(RawTable table, LoadLog log)
    {
        DateTime[] times = table.Times();
        IReadOnlyList<int> gaps = TimeGaps.RowsAfter(times);
        if (gaps.Count > 0)
        {
            log.Note($"{gaps.Count} gaps longer than {TimeGaps.Factor} times the usual spacing; the longest: "
                + string.Join("; ", gaps.Take(5).Select(t =>
                    $"{Show(times[t - 1])} to {Show(times[t])} (row {table.Lines[t]})")) + ".");
        }
    }

    private static string Show(double x) => x.ToString("R", CultureInfo.InvariantCulture);

    public static string Show(DateTime t) =>
        t.ToString(t.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss",
        CultureInfo.InvariantCulture);
}
