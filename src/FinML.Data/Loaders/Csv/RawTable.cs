namespace FinML.Data;

/// <summary>What was read from a table, before it is held to any rule.</summary>
/// <param name="Map">What its columns were.</param>
/// <param name="Ticks">The time of each row.</param>
/// <param name="Lines">The line of each row; of a row of several lines the first.</param>
/// <param name="Assets">The assets.</param>
/// <param name="Fields">The fields.</param>
/// <param name="Columns">A column a field of each asset, as in a <see cref="Panel"/>.</param>
internal sealed record RawTable(ColumnMap Map, long[] Ticks, long[] Lines, IReadOnlyList<string> Assets,
    IReadOnlyList<string> Fields, double[][] Columns)
{
    /// <summary>Turns a file that begins with the newest row; any other disorder is left to be refused.</summary>
    public void PutInOrder(LoadLog log)
    {
        for (int t = 1; t < Ticks.Length; t++)
        {
            if (Ticks[t] > Ticks[t - 1])
            {
                return;
            }
        }

        if (Ticks.Length < 2 || Ticks[0] == Ticks[^1])
        {
            return;
        }

        log.Note("The file has the newest row first; it was turned.");
        log.Repair("a file with the newest row first is turned");
        Array.Reverse(Ticks);
        Array.Reverse(Lines);
        foreach (double[] column in Columns)
        {
            Array.Reverse(column);
        }
    }

    /// <summary>Refuses two rows of one time, and rows that are not in the order of time.</summary>
    public void CheckOrder(LoadLog log)
    {
        bool rising = true;
        for (int t = 1; t < Ticks.Length && rising; t++)
        {
            rising = Ticks[t] > Ticks[t - 1];
        }

        if (rising)
        {
            return;
        }

        Dictionary<long, long> seen = [];
        long latest = -1, latestLine = 0;
        for (int t = 0; t < Ticks.Length; t++)
        {
            if (!seen.TryAdd(Ticks[t], Lines[t]))
            {
                log.Fail("duplicate", Lines[t], $"the time {Show(Ticks[t])} is already in row {seen[Ticks[t]]}.");
            }
            else if (Ticks[t] < latest)
            {
                log.Fail("order", Lines[t], $"the time {Show(Ticks[t])} is before {Show(latest)} in row {latestLine}; "
                    + "rows must be in the order of time.");
            }

            (latest, latestLine) = Ticks[t] > latest ? (Ticks[t], Lines[t]) : (latest, latestLine);
        }
    }

    /// <summary>The panel; the table is in order.</summary>
    /// <param name="availableAfter">How long after its time a row is known; null: the usual spacing, at most a day.
    /// </param>
    public Panel ToPanel(TimeSpan? availableAfter)
    {
        DateTime[] times = Times();
        long lag = (availableAfter ?? Known(times)).Ticks;
        DateTime[] known = Array.ConvertAll(times, t => new DateTime(
            t.Ticks + Math.Min(lag, DateTime.MaxValue.Ticks - t.Ticks), DateTimeKind.Utc));
        return Panel.Own(times, Assets, Fields, Columns, known);
    }

    /// <summary>The times, UTC.</summary>
    public DateTime[] Times() => Array.ConvertAll(Ticks, t => new DateTime(t, DateTimeKind.Utc));

    private static TimeSpan Known(DateTime[] times)
    {
        TimeSpan spacing = TimeGaps.MedianSpacing(times), day = TimeSpan.FromDays(1);
        return spacing > day || times.Length < 2 ? day : spacing;
    }

    private static string Show(long ticks) => BarChecks.Show(new DateTime(ticks));
}
