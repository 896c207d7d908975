namespace FinML.Data.Tests.Synthetic;

public sealed class PermutedBarsTests
{
    private static readonly Panel Prices = WithoutAdjusted(DataCatalog.Open().Load("sp500"));

    [Fact]
    public void The_returns_are_the_same_numbers_in_another_order()
    {
        Panel permuted = PermutedBars.Create(Prices, new RandomStream(7));
        double[] before = Returns(Prices), after = Returns(permuted);
        Assert.NotEqual(before[..50], after[..50]);
        Array.Sort(before);
        Array.Sort(after);
        for (int i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i], after[i], 1e-9); // the chain of products rounds
        }

        Assert.Equal(Prices.Column("SP500", "close")[^1], permuted.Column("SP500", "close")[^1], 1e-6);
    }

    [Fact]
    public void Bars_stay_bars_and_volatility_clusters_go()
    {
        Panel permuted = PermutedBars.Create(Prices, new RandomStream(7));
        for (int t = 1; t < permuted.Length; t++)
        {
            double high = permuted.Column("SP500", "high")[t], low = permuted.Column("SP500", "low")[t];
            Assert.InRange(permuted.Column("SP500", "open")[t], low * (1 - 1e-12), high * (1 + 1e-12));
            Assert.InRange(permuted.Column("SP500", "close")[t], low * (1 - 1e-12), high * (1 + 1e-12));
        }

        Assert.True(LagOne(Returns(Prices)) > 0.2);
        Assert.InRange(LagOne(Returns(permuted)), -0.05, 0.05); // 3.5 standard errors of 1/sqrt(5,104)
    }

    [Fact]
    public void The_order_follows_from_the_seed()
    {
        double[] Close(ulong seed) =>
            PermutedBars.Create(Prices, new RandomStream(seed)).Column("SP500", "close").ToArray();
        Assert.Equal(Close(1), Close(1));
        Assert.NotEqual(Close(1), Close(2));
    }

    /// <summary>Two assets of which one leads the other by a day: what they do on the same day stays, the lead
    /// goes.</summary>
    [Fact]
    public void The_days_of_all_assets_move_together_and_no_lead_of_one_over_another_stays()
    {
        const int Rows = 2000;
        RandomStream random = new(8);
        double[] leader = new double[Rows], follower = new double[Rows], leads = new double[Rows];
        for (int t = 0; t < Rows; t++)
        {
            leads[t] = 0.01 * random.NextNormal();
            leader[t] = t == 0 ? 100 : leader[t - 1] * Math.Exp(leads[t]);
            follower[t] = t == 0 ? 100
                : follower[t - 1] * Math.Exp(0.8 * leads[t - 1] + 0.5 * leads[t] + 0.002 * random.NextNormal());
        }

        Panel pair = Panel.Create(TestPanels.Days(Rows), ["L", "F"], ["close"], [leader, follower]);
        Panel permuted = PermutedBars.Create(pair, new RandomStream(9));
        Assert.True(Correlation(pair, 1) > 0.7);
        Assert.InRange(Correlation(permuted, 1), -0.09, 0.09); // 4 standard errors of 1/sqrt(1,998)
        Assert.Equal(Correlation(pair, 0), Correlation(permuted, 0), 1e-9);
    }

    [Fact]
    public void What_is_no_bar_is_refused_by_name()
    {
        Panel odd = Prices.WithColumn("SP500", "yield", new double[Prices.Length]);
        Assert.Contains("'yield'", Assert.Throws<ArgumentException>(
            () => PermutedBars.Create(odd, new RandomStream(1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PermutedBars.Create(Prices.Slice(0, 1), new RandomStream(1)));
    }

    /// <summary>The catalogue's panel has adjclose, which equals close.</summary>
    private static Panel WithoutAdjusted(Panel panel)
    {
        string[] fields = ["open", "high", "low", "close", "volume"];
        return Panel.Create(panel.Times, panel.Assets, fields,
            [.. fields.Select(field => panel.Column("SP500", field).ToArray())], panel.AvailableAt);
    }

    private static double[] Returns(Panel panel)
    {
        double[] close = panel.Column("SP500", "close").ToArray();
        return [.. Enumerable.Range(1, close.Length - 1).Select(t => close[t] / close[t - 1] - 1)];
    }

    /// <summary>The correlation of the leader's returns with the follower's some rows later.</summary>
    private static double Correlation(Panel panel, int lag)
    {
        double[] x = Estimate.LogReturns(panel.Column("L", "close").ToArray())[..^lag];
        double[] y = Estimate.LogReturns(panel.Column("F", "close").ToArray())[lag..];
        double mx = x.Average(), my = y.Average();
        double sxy = x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum();
        return sxy / Math.Sqrt(x.Sum(a => (a - mx) * (a - mx)) * y.Sum(b => (b - my) * (b - my)));
    }

    /// <summary>Autocorrelation of |r| at lag 1.</summary>
    private static double LagOne(double[] returns)
    {
        double[] size = Array.ConvertAll(returns, Math.Abs);
        double mean = size.Average();
        double top = Enumerable.Range(1, size.Length - 1).Sum(t => (size[t] - mean) * (size[t - 1] - mean));
        return top / size.Sum(s => (s - mean) * (s - mean));
    }
}
