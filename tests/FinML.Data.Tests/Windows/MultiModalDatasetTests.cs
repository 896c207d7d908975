namespace FinML.Data.Tests.Windows;

public sealed class MultiModalDatasetTests
{
    private static readonly DateTime s_start = new(2020, 3, 2, 14, 30, 0, DateTimeKind.Utc);

    /// <summary>Ticks microseconds apart, a monthly number that is published two weeks late, a sector: by
    /// hand.</summary>
    [Fact]
    public void Clocks_from_microseconds_to_months_meet_at_the_decision_by_availability()
    {
        DateTime[] ticks = [.. new[] { 0, 1, 2, 5 }.Select(us => s_start.AddMicroseconds(us))];
        Channel price = Channel.Numeric("trade", ChannelKind.Price, ["price", "size"], ticks,
            [.. ticks.Select(t => t.AddMicroseconds(1))], [100, 1, 101, 2, double.NaN, 3, 103, 4]);
        DateTime[] months = [new(2020, 1, 31), new(2020, 2, 29)];
        Channel jobs = Channel.Numeric("jobs", ChannelKind.Alternative, ["level"], months,
            [new(2020, 2, 14), new(2020, 3, 14)], [5.5, 6.6]);
        Channel sector = Channel.Categorical("sector", ["energy", "tech"], [new(2019, 1, 1), new(2020, 3, 2)],
            [new(2019, 1, 1), s_start.AddMicroseconds(4)], ["tech", "mining"]);
        DateTime[] decisions = [s_start, s_start.AddMicroseconds(3), s_start.AddMicroseconds(6)];
        MultiModalDataset set = new(decisions, [0.1, 0.2, double.NaN], new ChannelWindow(price, 3),
            new ChannelWindow(jobs, 2, ChannelClock.Decisions), new ChannelWindow(sector, 1));

        IReadOnlyDictionary<string, ChannelBatch> batch = set.Batch([0, 1, 2]);
        Assert.Equal(["jobs", "sector", "trade"], batch.Keys.Order());
        Assert.Equal([3L, 3, 2], batch["trade"].Values.shape);
        // Decision 1, at 3 us: known are the trades of 0, 1 and 2 us; the last has no price.
        Assert.Equal([0f, 0, 0, 0, 0, 0, 100, 1, 101, 2, 0, 3, 101, 2, 0, 3, 103, 4],
            batch["trade"].Values.data<float>().ToArray());
        Assert.Equal([.. Enumerable.Repeat(false, 6), true, true, true, true, false, true, true, true, false, true,
            true, true], batch["trade"].Mask.data<bool>().ToArray());
        // February's number is about a time before every decision, and known after them all.
        Assert.Equal([0f, 5.5f, 5.5f, 5.5f, 5.5f, 5.5f], batch["jobs"].Values.data<float>().ToArray());
        Assert.Equal([false, true, true, true, true, true], batch["jobs"].Mask.data<bool>().ToArray());
        Assert.Equal(ScalarType.Int64, batch["sector"].Values.dtype);
        Assert.Equal([2L, 2, 0], batch["sector"].Values.data<long>().ToArray()); // mining is not in the vocabulary
        Assert.Equal([true, true, false], batch["sector"].Mask.data<bool>().ToArray());
        Assert.Equal([0.1f, 0.2f], set.Labels([0, 1]).data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => set.Labels([2]));
    }

    /// <summary>Random clocks against the definition, read slowly off the lists.</summary>
    [Theory]
    [InlineData(ChannelClock.Own)]
    [InlineData(ChannelClock.Decisions)]
    public void Every_value_shown_is_the_one_known_then_by_definition(ChannelClock clock)
    {
        for (int i = 0; i < 60; i++)
        {
            RandomStream random = new(31, (ulong)i);
            int rows = random.NextInt(40), steps = 1 + random.NextInt(5);
            DateTime[] known = [.. Enumerable.Range(0, rows).Select(_ => s_start.AddSeconds(random.NextInt(200)))
                .Order()];
            DateTime[] about = [.. known.Select(k => k.AddSeconds(-random.NextInt(100)))];
            // The value of a row is its number from 1, so that it tells which row was shown.
            Channel channel = Channel.Numeric("x", ChannelKind.Text, ["row"], about, known,
                [.. Enumerable.Range(1, rows).Select(r => random.NextInt(6) == 0 ? double.NaN : r)]);
            DateTime[] decisions = [.. Enumerable.Range(0, 50).Select(
                d => s_start.AddSeconds(4 * d + random.NextInt(4)))];
            TimeSpan? age = random.NextInt(2) == 0 ? null : TimeSpan.FromSeconds(1 + random.NextInt(30));
            MultiModalDataset set = new(decisions, new double[50],
                new ChannelWindow(channel, steps, clock) { MaximumAge = age });
            ChannelBatch batch = set.Batch([.. Enumerable.Range(0, 50)])["x"];
            float[] shown = batch.Values.data<float>().ToArray();
            bool[] mask = batch.Mask.data<bool>().ToArray();
            for (int d = 0; d < 50; d++)
            {
                for (int s = 0; s < steps; s++)
                {
                    int back = steps - 1 - s;
                    bool own = clock == ChannelClock.Own;
                    DateTime? moment = own ? decisions[d] : d >= back ? decisions[d - back] : null;
                    int[] seen = [.. Enumerable.Range(0, rows).Where(r => known[r] <= moment)];
                    int at = seen.Length - 1 - (own ? back : 0);
                    bool fresh = at >= 0 && (age is null || moment - known[at] <= age);
                    float value = shown[d * steps + s];
                    Assert.True(mask[d * steps + s] ? fresh && value == at + 1 : value == 0);
                    Assert.True(value == 0 || known[(int)value - 1] <= decisions[d]);
                }
            }
        }
    }

    [Fact]
    public void A_window_does_not_see_the_future()
    {
        CausalityReport report = CausalityAudit.Run(TestPanels.RandomWalk(200), panel =>
        {
            Channel daily = Channel.OfPanel("daily", ChannelKind.Price, panel, "A", "open", "close");
            int[] weeks = [.. Enumerable.Range(0, panel.Length / 5).Select(w => 5 * w)];
            Channel weekly = Channel.Numeric("weekly", ChannelKind.Volume, ["volume"],
                [.. weeks.Select(t => panel.Times[t])], [.. weeks.Select(t => panel.Times[t].AddDays(9))],
                [.. weeks.Select(t => panel.Column("A", "volume")[t])]);
            MultiModalDataset set = new(panel.AvailableAt, new double[panel.Length], new ChannelWindow(daily, 4),
                new ChannelWindow(weekly, 3, ChannelClock.Decisions));
            return [.. set.Batch([.. Enumerable.Range(0, panel.Length)]).SelectMany(channel =>
            {
                float[] values = channel.Value.Values.data<float>().ToArray();
                int size = values.Length / panel.Length;
                return Enumerable.Range(0, size).Select(k => new NamedSeries($"{channel.Key}{k}",
                    [.. Enumerable.Range(0, panel.Length).Select(t => (double)values[t * size + k])]));
            })];
        });
        Assert.True(report.Passed, report.ToString());
        Assert.Empty(report.Insensitive);
    }

    [Fact]
    public void Rows_without_a_required_value_are_no_samples_and_splits_give_the_rest()
    {
        double[] values = [.. Enumerable.Range(0, 20).Select(t => t == 12 ? double.NaN : t)];
        DateTime[] days = TestPanels.Days(20);
        Channel channel = Channel.OfFeatures("f", ChannelKind.Price, FeatureMatrix.Create(days, ["f"], values), days);
        double[] labels = [.. Enumerable.Range(0, 20).Select(t => t == 5 ? double.NaN : 1.0)];
        MultiModalDataset set = new(days, labels, new ChannelWindow(channel, 3) { Required = true });
        Fold fold = WalkForwardSplit.Create(20, new WalkForwardOptions { InitialTrain = 8, Test = 12 })[0];
        Assert.Equal([2, 3, 4, 6, 7], set.TrainingRows(fold.Train));
        Assert.Equal([8, 9, 10, 11, 15, 16, 17, 18, 19], set.TestRows(fold));
        Assert.Contains("Row 12", Assert.Throws<ArgumentException>(() => set.Batch([12])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => set.Batch([]));
        Assert.Throws<ArgumentException>(() => set.Batch([20]));
        Fold other = WalkForwardSplit.Create(21, new WalkForwardOptions { InitialTrain = 8, Test = 12 })[0];
        Assert.Throws<ArgumentException>(() => set.TrainingRows(other.Train));
        Assert.Throws<ArgumentException>(() => set.TestRows(other));
    }

    [Fact]
    public void Bad_channels_and_windows_are_refused_with_the_row_and_the_value()
    {
        DateTime[] days = TestPanels.Days(3);
        Channel Make(DateTime[] times, DateTime[] known, params double[] values) =>
            Channel.Numeric("news", ChannelKind.Text, ["score"], times, known, values);
        Channel good = Make(days, days, 1, 2, 3);
        foreach ((Action bad, string say) in new (Action, string)[]
        {
            (() => Make(days, [days[0], days[0], days[2]], 1, 2, 3), "row 1"),
            (() => Make(days, [days[0], days[2].AddDays(9), days[2]], 1, 2, 3), "row 2"),
            (() => Make(days, days[..2], 1, 2, 3), "do not fit"),
            (() => Make(days, days, 1, 2), "do not fit"),
            (() => Make(days, days, 1, double.PositiveInfinity, 3), "row 1"),
            (() => Channel.Numeric("x", ChannelKind.Categorical, ["a"], days, days, [1, 2, 3]), "vocabulary"),
            (() => Channel.Numeric("x", ChannelKind.Text, ["a", "a"], days, days, new double[6]), "distinct"),
            (() => Channel.Categorical("x", ["a", "a"], days, days, ["a", "a", "a"]), "twice"),
            (() => _ = new MultiModalDataset(days, new double[2], new ChannelWindow(good, 1)), "2 labels"),
            (() => _ = new MultiModalDataset([days[1], days[0]], new double[2], new ChannelWindow(good, 1)),
                "Decision 1"),
            (() => _ = new MultiModalDataset(days, new double[3]), "at least one"),
            (() => _ = new MultiModalDataset(days, new double[3], new(good, 1), new(good, 2)), "twice"),
            (() => _ = new MultiModalDataset(days, new double[3], new ChannelWindow(good, 0)), "Steps"),
            (() => _ = new MultiModalDataset(days, new double[3],
                new ChannelWindow(good, 1) { MaximumAge = TimeSpan.Zero }), "MaximumAge"),
        })
        {
            Assert.Contains(say, Assert.ThrowsAny<ArgumentException>(bad).Message, StringComparison.Ordinal);
        }
    }
}
