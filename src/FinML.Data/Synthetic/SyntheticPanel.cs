namespace FinML.Data;

/// <summary>Panels of generated paths.</summary>
public static class SyntheticPanel
{
    /// <summary>
    /// Closes of independent assets A0, A1, ... on consecutive weekdays. Each asset draws from its own part of the
    /// stream, so that it does not depend on how many there are.
    /// </summary>
    /// <param name="generator">Makes the paths.</param>
    /// <param name="rows">The rows, at least 1.</param>
    /// <param name="random">Draws.</param>
    /// <param name="assets">The assets, at least 1.</param>
    /// <param name="start">The first day; 2000-01-03 where it is left out.</param>
    /// <exception cref="ArgumentException">A number or an option is outside its range.</exception>
    public static Panel Create(IPriceGenerator generator, int rows, RandomStream random, int assets = 1,
        DateTime? start = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(random);
        Guard.AtLeast(rows, 1, nameof(rows));
        Guard.AtLeast(assets, 1, nameof(assets));
        return Panel.Create(Weekdays(rows, start), Names(assets), ["close"],
            [.. Enumerable.Range(0, assets).Select(a => generator.Prices(rows - 1, random.Split((ulong)a)))]);
    }

    /// <summary>
    /// Bars of independent assets A0, A1, ... on consecutive weekdays: the fields open, high, low and close of
    /// <paramref name="stepsPerRow"/> steps a row. The first price of a row is the last one of the row before.
    /// </summary>
    /// <param name="generator">Makes the paths; its step is a part of a row.</param>
    /// <param name="rows">The rows, at least 1.</param>
    /// <param name="stepsPerRow">The steps of a bar, at least 1.</param>
    /// <param name="random">Draws.</param>
    /// <param name="assets">The assets, at least 1.</param>
    /// <param name="start">The first day; 2000-01-03 where it is left out.</param>
    /// <exception cref="ArgumentException">A number or an option is outside its range.</exception>
    public static Panel Bars(IPriceGenerator generator, int rows, int stepsPerRow, RandomStream random, int assets = 1,
        DateTime? start = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(random);
        Guard.AtLeast(rows, 1, nameof(rows));
        Guard.AtLeast(stepsPerRow, 1, nameof(stepsPerRow));
        Guard.AtLeast(assets, 1, nameof(assets));
        List<double[]> columns = [];
        for (int a = 0; a < assets; a++)
        {
            double[] path = generator.Prices(checked(rows * stepsPerRow), random.Split((ulong)a));
            double[] open = new double[rows], high = new double[rows], low = new double[rows];
            double[] close = new double[rows];
            for (int t = 0; t < rows; t++)
            {
                ReadOnlySpan<double> bar = path.AsSpan(t * stepsPerRow, stepsPerRow + 1);
                (open[t], close[t]) = (bar[0], bar[^1]);
                (high[t], low[t]) = (bar[0], bar[0]);
                foreach (double price in bar)
                {
                    high[t] = Math.Max(high[t], price);
                    low[t] = Math.Min(low[t], price);
                }
            }

            columns.AddRange([open, high, low, close]);
        }

        return Panel.Create(Weekdays(rows, start), Names(assets), ["open", "high", "low", "close"], columns);
    }

    internal static string[] Names(int assets) => [.. Enumerable.Range(0, assets).Select(a => $"A{a}")];

    internal static DateTime[] Weekdays(int rows, DateTime? start)
    {
        DateTime day = start ?? new DateTime(2000, 1, 3, 0, 0, 0, DateTimeKind.Utc);
        DateTime[] days = new DateTime[rows];
        for (int t = 0; t < rows; day = day.AddDays(1))
        {
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                days[t++] = day;
            }
        }

        return days;
    }
}
