namespace FinML.Statistics.Tests;

public class FastStatisticTests
{
    /// <summary>The gradients: influence values are the change of the statistic when one observation weighs a little
    /// more, here by differences of the function of weighted means.</summary>
    [Fact]
    public void Influence_IsTheDerivativeByTheWeight()
    {
        double[] x = Fixture.Dax[..60];
        foreach ((SampleStatistic fast, _) in FastStatistics.Pairs)
        {
            if (fast is SmoothStatistic)
                AgreesWithDifferences(fast.Bind(x, 1), fast.Influence(x), fast.Name);
        }

        double[] y = Fixture.Ftse[..60];
        foreach ((PairStatistic fast, _) in FastStatistics.PairsOfTwo)
            AgreesWithDifferences(fast.Bind(x, y), fast.Influence(x, y)!, fast.Name);
    }

    private static void AgreesWithDifferences(BoundStatistic bound, double[] influence, string name)
    {
        const double Step = 1e-5;
        double scale = influence.Max(Math.Abs);
        for (int t = 0; t < influence.Length; t += 7)
        {
            double derivative = (bound.Weighted(Tilted(Step)) - bound.Weighted(Tilted(-Step))) / (2 * Step);
            Assert.True(Math.Abs(derivative - influence[t]) < 1e-6 * scale, $"{name} at {t}");

            double[] Tilted(double step) =>
                [.. Enumerable.Range(0, influence.Length)
                    .Select(i => (1 - step) / influence.Length + (i == t ? step : 0))];
        }
    }

    // Lost altogether: the drawdown is 1, the return -1, and resamples without that day are as if it were not there.
    [Fact]
    public void Ruin_IsADrawdownOfOne()
    {
        double[] x = [.. Fixture.Dax[..100]];
        x[40] = -1;
        SampleStatistic depth = SampleStatistic.MaximumDrawdown(ReturnKind.Simple);
        Assert.Equal(1, depth.Evaluate(x));
        Assert.Equal(-1, SampleStatistic.AnnualisedReturn(ReturnKind.Simple, 252).Evaluate(x), 1e-12);
        double[] depths = new CircularBlockBootstrap(10).Replicates(x, depth, new() { Replicates = 500 });
        Assert.Contains(1, depths);
        Assert.Contains(depths, d => d < .3);
        Fixture.Says<ArgumentException>(() => depth.Evaluate([.1, -1.2]), "-1.2", "-1 (all is lost)");
    }

    [Fact]
    public void Segments_JoinInAnyGrouping()
    {
        WealthSegment[] days = [.. Fixture.Normals(40, 6).Select(WealthSegment.Of)];
        WealthSegment left = days.Aggregate((a, b) => a.Then(b));
        WealthSegment right = days.Reverse().Aggregate((a, b) => b.Then(a));
        Assert.Equal(left.Fall, right.Fall, 1e-12);
        Assert.Equal(left.Highest, right.Highest, 1e-12);
        Assert.Equal(left.Lowest, right.Lowest, 1e-12);
    }

    // Ties and constant stretches: every count of a repeated value must count.
    [Fact]
    public void Quantiles_OfTiedValues_AgreeWithTheResampledSeries()
    {
        double[] x = [.. Enumerable.Range(0, 40).Select(i => (double)(i * i % 5))];
        foreach (double p in new[] { 0, .1, .25, .5, .77, .9, 1 })
        {
            var options = new BootstrapOptions { Replicates = 300, Seed = 9 };
            SampleStatistic slow = SampleStatistic.Of("slow", s => Quantile.Type7(s, p));
            Assert.Equal(
                new StationaryBootstrap(3).Replicates(x, slow, options),
                new StationaryBootstrap(3).Replicates(x, SampleStatistic.QuantileAt(p), options));
        }
    }

    // Dependence of the statistic's own kind: the tail of the DAX clusters, its mean does not.
    [Fact]
    public void BlockLength_FollowsTheStatistic()
    {
        double mean = PolitisWhiteBlockLength.Select(Fixture.Dax).Stationary;
        Assert.True(PolitisWhiteBlockLength.Select(Fixture.Dax, SampleStatistic.QuantileAt(.05)).Stationary > 3 * mean);
        Assert.True(PolitisWhiteBlockLength.Select(Fixture.Dax, SampleStatistic.ExpectedShortfall()).Stationary > mean);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => SampleStatistic.QuantileAt(1.2), "probability is 1.2", "from 0 to 1");
        Fixture.Says<ArgumentException>(() => SampleStatistic.ExpectedShortfall(0), "tail is 0");
        Fixture.Says<ArgumentException>(() => SampleStatistic.CalmarRatio(ReturnKind.Log, -1), "periodsPerYear is -1");
        Fixture.Says<ArgumentException>(() => SampleStatistic.SortinoRatio(double.NaN), "target is NaN");
        Fixture.Says<ArgumentException>(
            () => new IidBootstrap().Interval([1, 2, 3], [1, 2], PairStatistic.Beta), "3 values", "has 2", "aligned");
        Fixture.Says<ArgumentException>(
            () => new IidBootstrap().Interval([1, 2, 3], [4, 4, 4], PairStatistic.Beta), "beta of the 3 values");
        Fixture.Says<ArgumentException>(
            () => new IidBootstrap().Interval([1, 2, 3], SampleStatistic.SortinoRatio()), "Sortino ratio of the 3");
        Fixture.Says<ArgumentException>(() => PairStatistic.Of(" ", (_, _) => 0), "name");
    }
}
