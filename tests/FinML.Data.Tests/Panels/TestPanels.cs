namespace FinML.Data.Tests;

/// <summary>Panels for tests: a random walk with honest bars, and series given by their values.</summary>
internal static class TestPanels
{
    public static DateTime[] Days(int count, DateTime? start = null)
    {
        DateTime day = start ?? new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        List<DateTime> days = [];
        for (; days.Count < count; day = day.AddDays(1))
        {
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                days.Add(day);
            }
        }

        return [.. days];
    }

    public static Panel Closes(params double[] close) => Panel.OfAsset("A", Days(close.Length), ("close", close));

    public static Panel RandomWalk(int length, ulong seed = 7, string asset = "A")
    {
        RandomStream random = new(seed);
        double[] open = new double[length], high = new double[length], low = new double[length];
        double[] close = new double[length], volume = new double[length];
        double price = 100;
        for (int t = 0; t < length; t++)
        {
            open[t] = price * Math.Exp(0.003 * random.NextNormal());
            close[t] = open[t] * Math.Exp(0.0003 + 0.01 * random.NextNormal());
            high[t] = Math.Max(open[t], close[t]) * Math.Exp(0.004 * random.NextDouble());
            low[t] = Math.Min(open[t], close[t]) * Math.Exp(-0.004 * random.NextDouble());
            volume[t] = 1e6 * Math.Exp(0.3 * random.NextNormal());
            price = close[t];
        }

        return Panel.OfAsset(asset, Days(length),
            ("open", open), ("high", high), ("low", low), ("close", close), ("volume", volume));
    }
}
