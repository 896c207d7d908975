namespace FinML.Data.Tests.Labels;

public sealed class TripleBarrierTests
{
    /// <summary>
    /// Closes of +-10% about 100 for the width, then a path by hand. With a span of 1 the volatility of a row is the
    /// size of its own logarithmic return: |ln 1.1| = .0953 at row 1.
    /// </summary>
    private static readonly Panel s_panel = Panel.OfAsset("A", TestPanels.Days(8),
        ("open", [100, 100, 100, 100, 100, 100, 100, 100]),
        ("close", [100, 110, 105, 111, 112, 90, 100, 100]));

    [Theory]
    [InlineData(1, 1, 3, 3, 0.11, 1)]       // row 2: +5%, row 3: +11% > 9.53%
    [InlineData(1.2, 1, 3, 4, 0.12, 1)]     // 11.4% is reached at row 4
    [InlineData(2, 1, 4, 5, -0.10, -1)]     // 19% never, -9.53% at row 5
    [InlineData(2, 2, 4, 6, 0.0, 0)]        // neither: time is out at row 1 + 1 + 4
    [InlineData(2, double.PositiveInfinity, 3, 5, -0.10, 0)]
    public void The_first_barrier_that_is_touched_ends_the_position(double profit, double loss, int horizon, int end,
        double earned, int touched)
    {
        TripleBarrier barrier = new() { Profit = profit, Loss = loss, Horizon = horizon, VolatilitySpan = 1 };
        BarrierOutcome outcome = barrier.Outcomes(s_panel, "A").Single(o => o.Row == 1);
        Assert.Equal((end, touched), (outcome.EndRow, outcome.Touched));
        Assert.Equal(earned, outcome.Return, 1e-15);
        LabelSet labels = barrier.Label(s_panel, "A");
        Assert.Equal(touched, labels.Values[1]);
        Assert.Equal(end, labels.Spans.Last(1));
    }

    [Fact]
    public void A_row_without_a_width_a_price_or_the_time_to_end_has_no_label()
    {
        LabelSet labels = new TripleBarrier { Horizon = 3, VolatilitySpan = 1 }.Label(s_panel, "A");
        Assert.True(double.IsNaN(labels.Values[0])); // no return yet
        Assert.Equal([1, 2, 3], labels.Spans.Labelled()); // row 4 would need row 8
        Panel hole = s_panel.Map((_, field, x) => { x[2] = field == "open" ? double.NaN : x[2]; return x; });
        Assert.Equal([2, 3], new TripleBarrier { Horizon = 3, VolatilitySpan = 1 }.Label(hole, "A").Spans.Labelled());
    }

    [Fact]
    public void A_short_side_mirrors_the_barriers_and_meta_labels_say_whether_it_paid()
    {
        TripleBarrier barrier = new() { Profit = 1, Loss = 2, Horizon = 4, VolatilitySpan = 1 };
        int[] sides = [0, -1, 0, 1, 0, 0, 0, 0];
        IReadOnlyList<BarrierOutcome> outcomes = barrier.Outcomes(s_panel, "A", sides[..8]);
        BarrierOutcome one = Assert.Single(outcomes); // row 3 lacks the time
        Assert.Equal((1, 5, 1), (one.Row, one.EndRow, one.Touched)); // short from 100, 90 is +10% > 9.53%
        Assert.Equal(0.10, one.Return, 1e-15);
        Assert.Equal(1, MetaLabels.Label(s_panel, "A", sides, barrier).Values[1]);
        Assert.Equal(0, MetaLabels.Label(s_panel, "A", sides, barrier, cost: 0.11).Values[1]);
        Assert.Equal(5, MetaLabels.Label(s_panel, "A", sides, barrier).Spans.Last(1));
        Assert.Throws<ArgumentException>(() => MetaLabels.Label(s_panel, "A", [2, 0, 0, 0, 0, 0, 0, 0], barrier));
        Assert.Throws<ArgumentException>(() => MetaLabels.Label(s_panel, "A", [1], barrier));
        Assert.Throws<ArgumentOutOfRangeException>(() => MetaLabels.Label(s_panel, "A", sides, barrier, -1));
    }

    [Fact]
    public void The_entry_at_the_path_s_own_price_cannot_touch_in_its_own_row()
    {
        TripleBarrier barrier = new()
        {
            EntryField = "close",
            Horizon = 2,
            VolatilitySpan = 1,
            Profit = 0.01,
            Loss = 0.01
        };
        Assert.All(barrier.Outcomes(s_panel, "A"), outcome => Assert.True(outcome.EndRow >= outcome.Row + 2));
    }

    [Fact]
    public void Options_outside_their_range_are_refused()
    {
        foreach (TripleBarrier bad in new[]
        {
            new TripleBarrier { Profit = 0 }, new TripleBarrier { Loss = double.NaN },
            new TripleBarrier { Horizon = 0 }, new TripleBarrier { VolatilitySpan = 0 },
        })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => bad.Label(s_panel, "A"));
        }

        Assert.Throws<ArgumentException>(() => new TripleBarrier { PathField = "mid" }.Label(s_panel, "A"));
        Assert.Throws<ArgumentException>(() => new TripleBarrier().Outcomes(s_panel, "A", [1, 1]));
    }
}
