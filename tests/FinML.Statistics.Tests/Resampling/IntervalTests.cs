namespace FinML.Statistics.Tests;

public class IntervalTests
{
    // 999 points of a shifted exponential in a fixed order; R 4.2 by the formulas of Davison and Hinkley, chapter 5.
    private static readonly double[] Sorted = Enumerable.Range(0, 999)
        .Select(i => -Math.Log(1 - (i + .5) / 999) * 1.3 - .2).Order().ToArray();

    [Fact]
    public void Ends_MatchR()
    {
        (double lower, double upper) = IntervalEnds.Ends(Sorted, .9, .05, .95, BootstrapMethod.Bca);
        Fixture.Near(-0.10176725405085554, lower, 1e-9);
        Fixture.Near(6.55105356010713713, upper, 1e-9);
        (lower, upper) = IntervalEnds.Ends(Sorted, .9, 0, .95, BootstrapMethod.Percentile);
        Fixture.Near(-0.16645269513160962, lower, 1e-12);
        Fixture.Near(4.57109957117931209, upper, 1e-12);
        (lower, upper) = IntervalEnds.Ends(Sorted, .9, 0, .95, BootstrapMethod.Basic);
        Fixture.Near(-2.7710995711793123, lower, 1e-12);
        Fixture.Near(1.9664526951316097, upper, 1e-12);
    }

    // R 4.2: l <- mean(j) - j; sum(l^3) / (6 * sum(l^2)^1.5) with j the values without one observation, or without ten.
    [Theory]
    [InlineData(1, -0.05296253482699155)]
    [InlineData(10, -0.044802802126229904)]
    public void Acceleration_MatchesR(int block, double expected)
    {
        Fixture.Near(expected, Acceleration(SampleStatistic.Sharpe, block), 1e-9);
        SampleStatistic slow = SampleStatistic.Of(
            "slow", sample => Moments.Of(sample).Mean / Moments.Of(sample).StandardDeviation());
        Fixture.Near(expected, Acceleration(slow, block), 1e-9);
    }

    [Fact]
    public void Acceleration_OfTheMean_MatchesR() => Fixture.Near(
        0.0053728280287300969, Acceleration(SampleStatistic.Mean, 1), 1e-9);

    private static double Acceleration(SampleStatistic statistic, double block) =>
        BlockJackknife.Acceleration(statistic.Bind(Fixture.Nile, block), block);

    [Fact]
    public void Bca_WhereItIsUndefined_Says()
    {
        Fixture.Says<InvalidOperationException>(
            () => IntervalEnds.Ends(Sorted, 100, 0, .95, BootstrapMethod.Bca), "one side", "100");
        Fixture.Says<InvalidOperationException>(
            () => IntervalEnds.Ends(Sorted, .9, .6, .95, BootstrapMethod.Bca), "acceleration is 0.6");
        Fixture.Says<ArgumentException>(
            () => new CircularBlockBootstrap(40).Interval(
                Fixture.Nile, SampleStatistic.Mean, new() { Method = BootstrapMethod.Bca }), "at least 3 blocks");
    }

    /// <summary>
    /// 95 per cent intervals for the mean of an AR(1), rho = .5, n = 1000, 400 series. The stationary bootstrap with
    /// mean block 20 estimates a long-run variance of about 1 - 2 rho / (b (1 - rho^2)) = .93 of the true one, so that
    /// about 94 per cent are covered; the iid bootstrap sees 1/3 of it and covers 2 Phi(1.96 / sqrt(3)) - 1 = 74.2 per
    /// cent. The Monte Carlo error is 1.2 and 2.2 per cent; three of them, and one per cent for the asymptotics.
    /// </summary>
    [Fact]
    public void Coverage_OfAutoregressionMean_IsNominalWithBlocksOnly()
    {
        const int Series = 400;
        var options = new BootstrapOptions { Replicates = 199, MaxThreads = 1 };
        int blocks = 0, iid = 0;
        for (int i = 0; i < Series; i++)
        {
            double[] x = Fixture.Autoregression(1000, .5, (ulong)(1000 + i));
            BootstrapOptions own = options with { Seed = (ulong)i };
            blocks += new StationaryBootstrap(20).Interval(x, SampleStatistic.Mean, own).Contains(0) ? 1 : 0;
            iid += new IidBootstrap().Interval(x, SampleStatistic.Mean, own).Contains(0) ? 1 : 0;
        }

        Assert.InRange((double)blocks / Series, .94 - .046, .94 + .046);
        Assert.InRange((double)iid / Series, .742 - .076, .742 + .076);
    }
}
