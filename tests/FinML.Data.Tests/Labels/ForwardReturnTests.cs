namespace FinML.Data.Tests.Labels;

public sealed class ForwardReturnTests
{
    [Fact]
    public void The_label_is_earned_from_the_next_open_to_the_open_after()
    {
        Panel panel = Panel.OfAsset("A", TestPanels.Days(5), ("open", [10, 20, 30, 45, 40]),
            ("close", [1, 2, 4, 8, 16]));
        Assert.Equal([0.5, 0.5, 40.0 / 45 - 1, double.NaN, double.NaN], new ForwardReturn().Compute(panel, "A"));
        ForwardReturn two = new() { Horizon = 2, Field = "close" };
        Assert.Equal(3, two.LabelSpan);
        Assert.Equal([3, 3, double.NaN, double.NaN, double.NaN], two.Compute(panel, "A"));
    }

    [Fact]
    public void A_label_reads_exactly_its_span()
    {
        Panel panel = TestPanels.RandomWalk(60);
        ForwardReturn label = new() { Horizon = 3 };
        double[] whole = label.Compute(panel, "A");
        for (int changed = 0; changed < 60; changed++)
        {
            double[] other = label.Compute(panel.Map((_, _, x) => { x[changed] *= 2; return x; }), "A");
            for (int t = 0; t < 60; t++)
            {
                bool reads = changed == t + 1 || changed == t + label.LabelSpan;
                Assert.Equal(!reads || double.IsNaN(whole[t]), whole[t].Equals(other[t]));
            }
        }
    }

    [Fact]
    public void Missing_prices_give_no_label()
    {
        Panel panel = Panel.OfAsset("A", TestPanels.Days(5), ("open", [10, double.NaN, 30, 0, 40]));
        Assert.All(new ForwardReturn().Compute(panel, "A"), x => Assert.True(double.IsNaN(x)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ForwardReturn { Horizon = 0 }.Compute(panel, "A"));
        Assert.Throws<ArgumentException>(() => new ForwardReturn { Field = "close" }.Compute(panel, "A"));
    }
}
