namespace FinML.Statistics.Tests;

public class WindowMeansTests
{
    private static readonly BootstrapOptions Options = new() { Replicates = 399, Seed = 5 };

    // A mean of windows of length 1 is a mean: the resamples are those of the ordinary block bootstrap.
    [Fact]
    public void OfSingleValues_IsTheBlockBootstrapOfTheMean()
    {
        double[] values = Fixture.Dax;
        var scheme = new StationaryBootstrap(20);
        double[] direct = scheme.Replicates(values, SampleStatistic.Mean, Options);
        WindowMeans means = WindowMeans.Of([values, [.. values.Select(v => v * v)]], scheme, Options);
        BootstrapInterval interval = means.Interval("mean", m => m[0]);
        Fixture.Near(Moments.Of(direct).StandardDeviation(), interval.StandardError, 1e-9);
        Array.Sort(direct);
        Fixture.Near(Quantile.Type7Sorted(direct, 0.025), interval.Lower, 1e-9);
        Fixture.Near(Quantile.Type7Sorted(direct, 0.975), interval.Upper, 1e-9);
        Fixture.Near(Moments.Of(values).Mean, interval.Estimate, 1e-12);
        Assert.Equal(("stationary bootstrap", 20.0, 399, 5UL),
            (interval.Scheme, interval.BlockLength, interval.Replicates, interval.Seed));
    }

    [Fact]
    public void BasicInterval_IsThePercentileOneReflected()
    {
        double[] values = Fixture.Lh;
        var scheme = new CircularBlockBootstrap(4);
        BootstrapInterval percentile = WindowMeans.Of([values], scheme, Options).Interval("mean", m => m[0]);
        BootstrapInterval basic = WindowMeans.Of([values], scheme, Options with { Method = BootstrapMethod.Basic })
            .Interval("mean", m => m[0]);
        Fixture.Near(2 * percentile.Estimate - percentile.Upper, basic.Lower);
        Fixture.Near(2 * percentile.Estimate - percentile.Lower, basic.Upper);
    }

    [Fact]
    public void SameSeed_SameBits_ForAnyNumberOfThreads()
    {
        double[] values = Fixture.Dax;
        BootstrapInterval Interval(int threads) => LaggedCorrelation.Auto(
            values, [1, 5], new StationaryBootstrap(30), Options with { MaxThreads = threads }).At(5);
        Assert.Equal(Interval(1), Interval(3));
    }

    [Fact]
    public void BadInput_IsRefusedInASentence()
    {
        var scheme = new CircularBlockBootstrap(5);
        double[] ten = Fixture.Normals(10, 1);
        Fixture.Says<ArgumentException>(() => WindowMeans.Of([], scheme), "0 columns", "at least 1");
        Fixture.Says<ArgumentException>(() => WindowMeans.Of([ten, ten[..9]], scheme), "9 windows", "10");
        Fixture.Says<ArgumentException>(() => WindowMeans.Of([[1, double.NaN, 3]], scheme), "column 0 is NaN");
        Fixture.Says<ArgumentException>(() => WindowMeans.Of([ten[..4]], scheme), "block length is 5", "4 values");
        Fixture.Says<ArgumentException>(
            () => WindowMeans.Of([ten], scheme, Options with { Method = BootstrapMethod.Bca }), "method is Bca");
        WindowMeans means = WindowMeans.Of([ten], scheme, Options);
        Fixture.Says<InvalidOperationException>(
            () => means.Interval("root", m => Math.Sqrt(-1)), "The root is NaN", "finite");
    }
}
