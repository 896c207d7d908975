namespace FinML.Data.Tests.Ticks;

public sealed class TickBarsTests
{
    private static readonly DateTime s_start = new(2020, 1, 2, 14, 30, 0, DateTimeKind.Utc);

    private static Trade[] Random(int count, ulong seed = 1, bool sides = false, int up = 0)
    {
        RandomStream random = new(seed);
        double price = 100;
        DateTime time = s_start;
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            price = Math.Max(1, price + 0.01 * (random.NextInt(5 + up) - 2));
            time = time.AddMilliseconds(random.NextInt(3000));
            return new Trade
            {
                Symbol = "X", Time = time, AvailableAt = time.AddMilliseconds(1), Price = price,
                Size = 1 + random.NextInt(500),
                Side = !sides ? Side.Unknown : random.NextInt(3) > 0 ? Side.Buy : Side.Sell,
            };
        })];
    }

    private static Trade At(double seconds, double price, double size) => new()
    {
        Symbol = "X",
        Time = s_start.AddSeconds(seconds),
        AvailableAt = s_start.AddSeconds(seconds),
        Price = price,
        Size = size,
    };

    /// <summary>Every bar has to be what its trades say: cut by cut, the trades are gone through a second
    /// time.</summary>
    private static void AreOf(IReadOnlyList<Bar> bars, IEnumerable<Trade[]> groups)
    {
        Trade[][] expected = [.. groups];
        Assert.Equal(expected.Length, bars.Count);
        for (int i = 0; i < bars.Count; i++)
        {
            Trade[] of = expected[i];
            Assert.Equal((of[0].Price, of.Max(t => t.Price), of.Min(t => t.Price), of[^1].Price, of.Sum(t => t.Size)),
                (bars[i].Open, bars[i].High, bars[i].Low, bars[i].Close, bars[i].Volume));
            Assert.True(bars[i].AvailableAt >= of[^1].AvailableAt && bars[i].Time <= of[0].Time);
        }
    }

    [Fact]
    public void Bars_of_time_begin_at_the_multiples_of_the_period()
    {
        Bar[] bars = [.. TickBars.ByTime([At(1, 10, 1), At(59, 12, 2), At(125, 9, 3), At(180, 11, 1)],
            TimeSpan.FromMinutes(1))];
        Assert.Equal([s_start, s_start.AddMinutes(2)], bars.Select(b => b.Time)); // the last is not over
        Assert.Equal([s_start.AddMinutes(1), s_start.AddMinutes(3)], bars.Select(b => b.AvailableAt));
        Assert.Equal((10.0, 12.0, 10.0, 12.0, 3.0),
            (bars[0].Open, bars[0].High, bars[0].Low, bars[0].Close, bars[0].Volume));
        Trade[] trades = Random(3000);
        AreOf([.. TickBars.ByTime(trades, TimeSpan.FromMinutes(1))],
            trades.GroupBy(t => t.Time.Ticks / TimeSpan.TicksPerMinute).Select(g => g.ToArray()).SkipLast(1));
    }

    [Fact]
    public void Bars_of_trades()
    {
        Trade[] trades = Random(1003);
        AreOf([.. TickBars.ByCount(trades, 10)], trades.Chunk(10).Where(c => c.Length == 10));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(5000.5)]
    public void Bars_of_volume_and_of_money(double volume)
    {
        Trade[] trades = Random(2000);
        AreOf([.. TickBars.ByVolume(trades, volume)], Fill(trades, volume, t => t.Size));
        AreOf([.. TickBars.ByDollars(trades, 100 * volume)], Fill(trades, 100 * volume, t => t.Size * t.Price));
    }

    private static IEnumerable<Trade[]> Fill(Trade[] trades, double full, Func<Trade, double> measure)
    {
        for (int start = 0, end = 0; end < trades.Length;)
        {
            end++;
            if (trades[start..end].Sum(measure) >= full)
            {
                yield return trades[start..end];
                start = end;
            }
        }
    }

    [Theory]
    [InlineData(ImbalanceMeasure.Trades, false)]
    [InlineData(ImbalanceMeasure.Volume, true)]
    [InlineData(ImbalanceMeasure.Dollars, false)]
    public void Imbalance_bars_follow_the_definition(ImbalanceMeasure measure, bool sides)
    {
        Trade[] trades = Random(3000, 5, sides, up: 2);
        ImbalanceOptions options =
            new() { Measure = measure, FirstTrades = 50, SpanTrades = 200, TradesPerBar = (5, 200) };
        Bar[] bars = [.. TickBars.ByImbalance(trades, options)];
        AreOf(bars, Define(trades, options));
        Assert.InRange(bars.Length, 20, 450);
    }

    /// <summary>Lopez de Prado 2018, 2.3.2.1, written out: signs, then sums and averages from the whole
    /// history.</summary>
    private static IEnumerable<Trade[]> Define(Trade[] trades, ImbalanceOptions options)
    {
        double[] signed = new double[trades.Length];
        int sign = 1;
        for (int t = 0; t < trades.Length; t++)
        {
            double change = t == 0 ? 0 : trades[t].Price - trades[t - 1].Price;
            sign = trades[t].Side == Side.Buy ? 1 : trades[t].Side == Side.Sell ? -1
                : change == 0 ? sign : Math.Sign(change);
            signed[t] = sign * options.Measure switch
            {
                ImbalanceMeasure.Trades => 1,
                ImbalanceMeasure.Volume => trades[t].Size,
                _ => trades[t].Size * trades[t].Price,
            };
        }

        List<int> lengths = [];
        for (int start = 0, t = 0; t < trades.Length; t++)
        {
            double expected = Average(lengths.Select(n => (double)n), options.SpanBars);
            int length = t + 1 - start;
            bool ends = lengths.Count == 0 ? length == options.FirstTrades : length == options.TradesPerBar.Most
                || (length >= options.TradesPerBar.Least && Math.Abs(signed[start..(t + 1)].Sum())
                    >= expected * Math.Abs(Average(signed.Take(t), options.SpanTrades)));
            if (ends)
            {
                lengths.Add(t + 1 - start);
                yield return trades[start..(t + 1)];
                start = t + 1;
            }
        }
    }

    private static double Average(IEnumerable<double> values, double span)
    {
        double average = double.NaN;
        foreach (double x in values)
        {
            average = double.IsNaN(average) ? x : average + 2 / (span + 1) * (x - average);
        }

        return average;
    }

    [Fact]
    public void Bars_do_not_know_later_trades()
    {
        Trade[] trades = Random(4000, 9), changed = [.. trades];
        for (int t = 2000; t < changed.Length; t++)
        {
            changed[t] = changed[t] with { Price = 2 * changed[t].Price, Size = 3 };
        }

        foreach (Func<IEnumerable<Trade>, IEnumerable<Bar>> build in new Func<IEnumerable<Trade>, IEnumerable<Bar>>[]
        {
            t => TickBars.ByTime(t, TimeSpan.FromMinutes(5)), t => TickBars.ByCount(t, 37),
            t => TickBars.ByVolume(t, 3000), t => TickBars.ByDollars(t, 3e5),
            t => TickBars.ByImbalance(t, new ImbalanceOptions()),
        })
        {
            DateTime then = trades[1999].AvailableAt;
            Bar[] before = [.. build(trades).TakeWhile(b => b.AvailableAt <= then)];
            Assert.NotEmpty(before);
            Assert.Equal(before, build(changed).TakeWhile(b => b.AvailableAt <= then));
        }
    }

    [Fact]
    public void Trades_and_options_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TickBars.ByCount([At(2, 1, 1), At(1, 1, 1)], 1).ToList());
        Assert.Throws<ArgumentException>(() => TickBars.ByCount([At(1, 0, 1)], 1).ToList());
        Assert.Throws<ArgumentException>(() => TickBars.ByCount([At(1, 1, 0)], 1).ToList());
        Assert.Throws<ArgumentException>(() =>
            TickBars.ByCount([At(1, 1, 1), At(1, 1, 1) with { Symbol = "Y" }], 1).ToList());
        Assert.Throws<ArgumentException>(() => TickBars.ByCount([], 0));
        Assert.Throws<ArgumentException>(() => TickBars.ByVolume([], double.NaN));
        Assert.Throws<ArgumentException>(() => TickBars.ByTime([], TimeSpan.Zero));
        Assert.Throws<ArgumentException>(() => TickBars.ByImbalance([], new ImbalanceOptions { FirstTrades = 1 }));
    }
}
