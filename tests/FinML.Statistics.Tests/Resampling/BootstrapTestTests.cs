namespace FinML.Statistics.Tests;

public class BootstrapTestTests
{
    [Fact]
    public void PValue_CountsTheDataThemselves()
    {
        var scheme = new IidBootstrap();
        double[] x = Fixture.Normals(200, 4).Select(v => v + 5).ToArray();
        BootstrapTest test = scheme.Test(x, SampleStatistic.Mean, 0, Alternative.Greater, new() { Replicates = 999 });
        Assert.Equal(1e-3, test.PValue);
        Fixture.Near(Math.Sqrt(1e-3 * .999 / 1000), test.MonteCarloError, 1e-12);
        Assert.Equal(1, scheme.Test(x, SampleStatistic.Mean, 0, Alternative.Less, new() { Replicates = 999 }).PValue);
    }

    [Fact]
    public void Estimate_AsNull_HasPValueOne()
    {
        double mean = Moments.Of(Fixture.Nile).Mean;
        Assert.Equal(1, new IidBootstrap().Test(Fixture.Nile, SampleStatistic.Mean, mean).PValue);
    }

    // With independent normals the bootstrap p-value of the mean is that of the z-test, but for its Monte Carlo error.
    [Fact]
    public void PValue_NearsTheNormalOne()
    {
        double[] x = Fixture.Normals(400, 9);
        Moments moments = Moments.Of(x);
        double nullValue = moments.Mean - 1.5 * moments.StandardDeviation(0) / Math.Sqrt(400);
        BootstrapTest test = new IidBootstrap().Test(
            x, SampleStatistic.Mean, nullValue, options: new() { Replicates = 20_000, Seed = 3 });
        double expected = 2 * StandardNormal.UpperTail(1.5);
        Assert.InRange(test.PValue, expected - 4 * test.MonteCarloError, expected + 4 * test.MonteCarloError);
    }

    /// <summary>Size at 5 per cent over 1,000 null series: the binomial error is .7 per cent; four of them.</summary>
    [Fact]
    public void Size_IsNominal()
    {
        var options = new BootstrapOptions { Replicates = 199, MaxThreads = 1 };
        int rejected = 0;
        for (int i = 0; i < 1000; i++)
        {
            BootstrapTest test = new StationaryBootstrap(2).Test(
                Fixture.Normals(250, (ulong)(5000 + i)), SampleStatistic.Sharpe, options: options);
            rejected += test.PValue <= .05 ? 1 : 0;
        }

        Assert.InRange(rejected / 1000.0, .05 - .028, .05 + .028);
    }
}

public class SharpeDifferenceTestTests
{
    private static readonly ReturnSeries Dax = ReturnSeries.Log(Fixture.Dax, 252);
    private static readonly ReturnSeries Ftse = ReturnSeries.Log(Fixture.Ftse, 252);

    // Ledoit and Wolf's HAC standard error and p-value, by their own code. The bootstrap's has an error of 1/sqrt(2 B)
    // = 0.5 per cent; the two estimate the same by different kernels, so 6 per cent.
    [Fact]
    public void StandardError_NearsLedoitWolf()
    {
        SharpeDifferenceTest test = SharpeDifferenceTest.Run(
            Dax, Ftse, new StationaryBootstrap(5), options: new() { Replicates = 20_000, Seed = 1 });
        Fixture.Near(.009014905037, test.Interval.Estimate, 1e-9);
        Fixture.Near(.021187409319, test.Interval.StandardError, .06);
        Assert.Equal(.670483835775, test.Test.PValue, .03);
        Assert.Equal(test.First - test.Second, test.Interval.Estimate);
    }

    // Every method on the same blocks: the ends differ by less than a quarter of a standard error on 1,859 days.
    [Theory]
    [InlineData(BootstrapMethod.Basic)]
    [InlineData(BootstrapMethod.Bca)]
    [InlineData(BootstrapMethod.Studentised)]
    public void Methods_AgreeOnALongSeries(BootstrapMethod method)
    {
        var options = new BootstrapOptions { Replicates = 4_999, Seed = 1 };
        var scheme = new StationaryBootstrap(5);
        SharpeDifferenceTest percentile = SharpeDifferenceTest.Run(Dax, Ftse, scheme, options: options);
        SharpeDifferenceTest other = SharpeDifferenceTest.Run(
            Dax, Ftse, scheme, options: options with { Method = method });
        double error = percentile.Interval.StandardError;
        Assert.Equal(percentile.Interval.Lower, other.Interval.Lower, .25 * error);
        Assert.Equal(percentile.Interval.Upper, other.Interval.Upper, .25 * error);
        Assert.Equal(percentile.Test.PValue, other.Test.PValue, .04);
    }

    [Fact]
    public void SharedBlocks_CancelWhatIsCommon()
    {
        double[] noise = Fixture.Normals(Dax.Count, 8);
        ReturnSeries near = ReturnSeries.Log(Fixture.Dax.Zip(noise, (r, e) => 2 * r + 1e-4 * e).ToArray(), 252);
        double error = SharpeDifferenceTest.Run(Dax, near).Interval.StandardError;
        Assert.InRange(error, 1e-6, .1 * SharpeRatio.Of(Dax).StandardError);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Threads_DoNotChangeABit(int threads)
    {
        var options = new BootstrapOptions { Replicates = 3000, Seed = 12, MaxThreads = 1 };
        SharpeDifferenceTest one = SharpeDifferenceTest.Run(Dax, Ftse, options: options);
        Assert.Equal(one, SharpeDifferenceTest.Run(Dax, Ftse, options: options with { MaxThreads = threads }));
    }

    [Fact]
    public void Alternatives_AddUp()
    {
        var options = new BootstrapOptions { Replicates = 999 };
        double greater = SharpeDifferenceTest.Run(Dax, Ftse, null, Alternative.Greater, options).Test.PValue;
        double less = SharpeDifferenceTest.Run(Dax, Ftse, null, Alternative.Less, options).Test.PValue;
        Assert.Equal(1 + 1.0 / 1000, greater + less, 1e-12); // no ties: the data themselves count in both
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => SharpeDifferenceTest.Run(Dax, Dax), "the same 1859 returns");
        Fixture.Says<ArgumentException>(
            () => SharpeDifferenceTest.Run(Dax, ReturnSeries.Log(Fixture.Ftse[1..], 252)), "1858 returns against 1859");
    }
}
