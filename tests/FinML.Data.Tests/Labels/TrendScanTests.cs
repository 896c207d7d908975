namespace FinML.Data.Tests.Labels;

public sealed class TrendScanTests
{
    /// <summary>
    /// ln P = 0, 1, 1, 2, 0: by hand. Three points: slope 1/2, residuals (-1/6, 1/3, -1/6), s^2 = 1/6, standard error
    /// sqrt(1/12): t = sqrt(3). Four: slope .6, residual sum .2, s^2 = .1, se sqrt(.1/5): t = .6 / sqrt(.02) = 3
    /// sqrt(2). Five: slope .1, s_yy = 2.8, residual 2.7, s^2 = .9, se .3: t = 1/3.
    /// </summary>
    [Theory]
    [InlineData(2, 2, 1.7320508075688772, 2)]
    [InlineData(2, 4, 4.2426406871192848, 3)]
    [InlineData(3, 4, 4.2426406871192848, 3)]
    [InlineData(4, 4, 0.33333333333333331, 4)]
    public void The_slope_with_the_largest_t_value_wins(int shortest, int longest, double t, int horizon)
    {
        Panel panel = TestPanels.Closes([.. new double[] { 0, 1, 1, 2, 0 }.Select(Math.Exp)]);
        TrendScan scan = new() { ShortestHorizon = shortest, LongestHorizon = longest };
        Trend trend = scan.Trends(panel, "A")[0];
        Assert.Equal(t, trend.TValue, 1e-12);
        Assert.Equal(horizon, trend.Horizon);
        LabelSet labels = scan.Label(panel, "A");
        Assert.Equal(1, labels.Values[0]);
        Assert.Equal(longest, labels.Spans.Last(0));
    }

    [Fact]
    public void A_fall_is_the_mirror_of_a_rise_and_a_standstill_is_no_trend()
    {
        Panel walk = TestPanels.RandomWalk(200);
        Panel mirror = walk.Map((_, _, x) => [.. x.Select(v => 1 / v)]);
        Trend[] up = new TrendScan().Trends(walk, "A"), down = new TrendScan().Trends(mirror, "A");
        for (int t = 0; t < 180; t++)
        {
            Assert.Equal(up[t].TValue, -down[t].TValue, 1e-9 * Math.Abs(up[t].TValue));
        }

        Assert.True(double.IsNaN(up[180].TValue));
        Panel still = TestPanels.Closes([.. Enumerable.Repeat(5.0, 30)]);
        Assert.Equal(0, new TrendScan().Label(still, "A").Values[0]);
        Panel line = TestPanels.Closes([.. Enumerable.Range(0, 30).Select(i => Math.Exp(-0.1 * i))]);
        Trend perfect = new TrendScan().Trends(line, "A")[0];
        Assert.True(double.IsFinite(perfect.TValue) && perfect.TValue < -1e5);
    }

    [Fact]
    public void A_missing_price_in_the_longest_horizon_leaves_no_label()
    {
        Panel panel = TestPanels.RandomWalk(40).Map((_, _, x) => { x[30] = double.NaN; return x; });
        LabelSet labels = new TrendScan().Label(panel, "A");
        Assert.Equal(Enumerable.Range(0, 10), labels.Spans.Labelled());
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrendScan { ShortestHorizon = 1 }.Label(panel, "A"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrendScan { LongestHorizon = 2 }.Label(panel, "A"));
    }
}
