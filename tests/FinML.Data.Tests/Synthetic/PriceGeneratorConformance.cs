namespace FinML.Data.Tests.Synthetic;

/// <summary>What every generator of prices must keep; a new one joins with a one-line subclass.</summary>
public abstract class PriceGeneratorConformance
{
    protected abstract IPriceGenerator Create();

    [Fact]
    public void The_path_follows_from_the_stream_and_changes_with_it()
    {
        double[] Path(ulong seed, ulong stream = 0) => Create().Prices(300, new RandomStream(seed, stream));
        Assert.Equal(Path(1), Path(1));
        Assert.NotEqual(Path(1), Path(2));
        Assert.NotEqual(Path(1), Path(1, 1));
    }

    [Fact]
    public void Prices_are_positive_begin_at_the_spot_and_a_longer_path_goes_on_from_a_shorter_one()
    {
        double[] prices = Create().Prices(2000, new RandomStream(3));
        Assert.Equal(2001, prices.Length);
        Assert.Equal(100, prices[0]);
        Assert.All(prices, p => Assert.True(p > 0 && double.IsFinite(p)));
        Assert.Equal(prices[..501], Create().Prices(500, new RandomStream(3)));
        Assert.Equal([100.0], Create().Prices(0, new RandomStream(3)));
    }

    [Fact]
    public void A_panel_s_assets_do_not_depend_on_how_many_there_are()
    {
        Panel one = SyntheticPanel.Create(Create(), 50, new RandomStream(4));
        Panel three = SyntheticPanel.Create(Create(), 50, new RandomStream(4), assets: 3);
        Assert.Equal(one.Column("A0", "close").ToArray(), three.Column("A0", "close").ToArray());
        Assert.NotEqual(three.Column("A0", "close").ToArray(), three.Column("A1", "close").ToArray());
        Assert.Equal(DayOfWeek.Friday, three.Times[4].DayOfWeek);
        Assert.Equal(DayOfWeek.Monday, three.Times[5].DayOfWeek);
    }

    [Fact]
    public void Arguments_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Create().Prices(-1, new RandomStream(1)));
        Assert.Throws<ArgumentNullException>(() => Create().Prices(5, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticPanel.Create(Create(), 0, new RandomStream(1)));
    }
}
