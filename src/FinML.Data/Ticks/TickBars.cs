namespace FinML.Data;

/// <summary>
/// Makes bars of the trades of one asset: by time, or by information (M. Lopez de Prado, Advances in Financial Machine
/// Learning, 2018, section 2.3): a number of trades, a volume, an amount of money, an imbalance of buys and sells.
/// Streaming; a bar is known with its last trade, and one that is not full yet is not a bar.
/// </summary>
/// <remarks>The trade that fills a bar is whole in it, so a bar of volume has at least that volume. Trades are refused
/// that are of another symbol than the first or before the trade before, or whose price or size is not above
/// 0.</remarks>
public static class TickBars
{
    /// <summary>Bars of equal time, whose intervals begin at the multiples of the period since year 1, UTC. Intervals
    /// without a trade give none.</summary>
    /// <param name="trades">In the order of time.</param>
    /// <param name="period">Above 0 and at most a day.</param>
    /// <exception cref="ArgumentException">The period or a trade is outside its range.</exception>
    public static IEnumerable<Bar> ByTime(IEnumerable<Trade> trades, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(trades);
        if (period <= TimeSpan.Zero || period > TimeSpan.FromDays(1))
        {
            throw new ArgumentException($"The period is {period}; it must be above 0 and at most a day.",
                nameof(period));
        }

        return Intervals(trades, period.Ticks);
    }

    /// <summary>Bars of so many trades.</summary>
    /// <param name="trades">In the order of time.</param>
    /// <param name="count">1 or more.</param>
    /// <exception cref="ArgumentException">The count or a trade is outside its range.</exception>
    public static IEnumerable<Bar> ByCount(IEnumerable<Trade> trades, int count) =>
        Filled(trades, Positive(count, nameof(count)), bar => bar.Trades);

    /// <summary>Bars of at least so much volume.</summary>
    /// <param name="trades">In the order of time.</param>
    /// <param name="volume">Units of the asset, above 0.</param>
    /// <exception cref="ArgumentException">The volume or a trade is outside its range.</exception>
    public static IEnumerable<Bar> ByVolume(IEnumerable<Trade> trades, double volume) =>
        Filled(trades, Positive(volume, nameof(volume)), bar => bar.Volume);

    /// <summary>Bars of at least so much money.</summary>
    /// <param name="trades">In the order of time.</param>
    /// <param name="dollars">Price times size, above 0.</param>
    /// <exception cref="ArgumentException">The amount or a trade is outside its range.</exception>
    public static IEnumerable<Bar> ByDollars(IEnumerable<Trade> trades, double dollars) =>
        Filled(trades, Positive(dollars, nameof(dollars)), bar => bar.Dollars);

    /// <summary>Bars that end when buys and sells are further apart than was to be expected.</summary>
    /// <param name="trades">In the order of time.</param>
    /// <param name="options">What is counted, and how expectations are formed.</param>
    /// <exception cref="ArgumentException">An option or a trade is outside its range.</exception>
    public static IEnumerable<Bar> ByImbalance(IEnumerable<Trade> trades, ImbalanceOptions options)
    {
        ArgumentNullException.ThrowIfNull(trades);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return Imbalances(trades, options);
    }

    private static IEnumerable<Bar> Intervals(IEnumerable<Trade> trades, long period)
    {
        BarProgress bar = new();
        long interval = -1;
        foreach (Trade trade in Checked(trades))
        {
            long next = trade.Time.Ticks / period;
            if (bar.Trades > 0 && next != interval)
            {
                yield return CloseInterval(bar, interval, period);
            }

            interval = next;
            bar.Add(trade);
        }
    }

    private static Bar CloseInterval(BarProgress bar, long interval, long period)
    {
        DateTime start = new(interval * period, DateTimeKind.Utc);
        return bar.Close(start, start.AddTicks(period));
    }

    private static IEnumerable<Bar> Filled(IEnumerable<Trade> trades, double full, Func<BarProgress, double> measure)
    {
        ArgumentNullException.ThrowIfNull(trades);
        return Run();

        IEnumerable<Bar> Run()
        {
            BarProgress bar = new();
            foreach (Trade trade in Checked(trades))
            {
                bar.Add(trade);
                if (measure(bar) >= full)
                {
                    yield return bar.Close();
                }
            }
        }
    }

    private static IEnumerable<Bar> Imbalances(IEnumerable<Trade> trades, ImbalanceOptions options)
    {
        BarProgress bar = new();
        ImbalanceClock clock = new(options);
        foreach (Trade trade in Checked(trades))
        {
            bar.Add(trade);
            if (clock.Tick(trade))
            {
                yield return bar.Close();
            }
        }
    }

    private static IEnumerable<Trade> Checked(IEnumerable<Trade> trades)
    {
        Trade? before = null;
        foreach (Trade trade in trades)
        {
            string? wrong = !(trade.Price > 0 && double.IsFinite(trade.Price)) ? $"the price {trade.Price}"
                : !(trade.Size > 0 && double.IsFinite(trade.Size)) ? $"the size {trade.Size}"
                : before is not null && before.Symbol != trade.Symbol
                ? $"the symbol {trade.Symbol}, not {before.Symbol}"
                : before is not null && before.Time > trade.Time
                ? $"a time before the {BarChecks.Show(before.Time)} of the trade before"
                : null;
            if (wrong is not null)
            {
                throw new ArgumentException($"The trade of {BarChecks.Show(trade.Time)} has {wrong}; prices and sizes "
                    + "must be above 0, and trades of one symbol in the order of time.", nameof(trades));
            }

            before = trade;
            yield return trade;
        }
    }

    private static double Positive(double value, string name) => value > 0 && double.IsFinite(value) ? value
        : throw new ArgumentException($"{name} is {value}; it must be above 0.", name);
}
