namespace FinML.Statistics.Tests;

public class StudentisedTests
{
    private static BootstrapOptions Options(int replicates = 1999, ulong seed = 4) =>
        new() { Replicates = replicates, Seed = seed, Method = BootstrapMethod.Studentised };

    /// <summary>Single observations as blocks: the standard error in a resample is Mertens', but for n in place of
    /// n - 1 and the ratio's ddof.</summary>
    [Fact]
    public void BlockwiseError_OfSingleObservations_IsMertens()
    {
        double[] x = Fixture.Dax[..300];
        BoundStatistic sharpe = SampleStatistic.SharpeRatio(0, 0).Bind(x, 1);
        var workspace = new BootstrapWorkspace(300);
        for (int replicate = 0; replicate < 20; replicate++)
        {
            new IidBootstrap().FillBlocks(workspace, 7, replicate);
            workspace.ExpandIndices();
            Moments sample = Moments.Of(workspace.Gather(x));
            double ratio = sample.Mean / sample.StandardDeviation(0);
            double mertens = SharpeStandardError.Mertens(ratio, 300, sample.Skewness, sample.Kurtosis);
            (double value, double error) = sharpe.WithError(workspace);
            Fixture.Near(ratio, value, 1e-10);
            Fixture.Near(mertens * Math.Sqrt(299.0 / 300), error, 1e-10);
        }
    }

    /// <summary>sum over blocks of (sum over the block of x - mean)^2 / n^2, from the resampled values.</summary>
    [Fact]
    public void BlockwiseError_OfTheMean_IsThatOfItsBlocks()
    {
        double[] x = Fixture.Nile;
        BoundStatistic mean = SampleStatistic.Mean.Bind(x, 7);
        var workspace = new BootstrapWorkspace(100);
        new StationaryBootstrap(7).FillBlocks(workspace, 3, 1);
        workspace.ExpandIndices();
        double[] sample = workspace.Gather(x).ToArray();
        double squares = 0;
        int at = 0;
        for (int block = 0; block < workspace.Blocks; block++)
        {
            double sum = sample[at..(at + workspace.Lengths[block])].Sum(v => v - sample.Average());
            squares += sum * sum;
            at += workspace.Lengths[block];
        }

        Fixture.Near(Math.Sqrt(squares) / 100, mean.WithError(workspace).Error, 1e-10);
    }

    /// <summary>boot.ci(type = "stud") in R 4.2 on its own resamples of an exponential sample agrees to the Monte Carlo
    /// error; what must hold exactly is Student's theory: for normal values t* is nearly t with n - 1
    /// degrees.</summary>
    [Fact]
    public void Interval_OfNormals_IsStudents()
    {
        double[] x = Fixture.Normals(30, 21);
        Moments moments = Moments.Of(x);
        BootstrapInterval interval = new IidBootstrap().Interval(x, SampleStatistic.Mean, Options(20_000));
        double half = 2.045229642 * moments.StandardDeviation() / Math.Sqrt(30); // t(29) at .975
        Assert.InRange((interval.Upper - interval.Lower) / (2 * half), .9, 1.1);
        double percentile = Width(new IidBootstrap().Interval(x, SampleStatistic.Mean, new() { Replicates = 20_000 }));
        Assert.True(Width(interval) > percentile);
        Fixture.Near(moments.StandardDeviation(0) / Math.Sqrt(30), interval.StudentisedBy!.Value, 1e-12);
    }

    /// <summary>Skewed to the right: the upper arm is the longer one, as it must be and as percentiles have it too
    /// short.
    /// </summary>
    [Fact]
    public void Interval_OfASkewedSample_LeansToTheTail()
    {
        double[] x = [.. Fixture.Normals(40, 5).Select(z => Math.Exp(z))];
        BootstrapInterval t = new IidBootstrap().Interval(x, SampleStatistic.Mean, Options());
        BootstrapInterval p = new IidBootstrap().Interval(
            x, SampleStatistic.Mean, Options() with { Method = BootstrapMethod.Percentile });
        Assert.True(t.Upper - t.Estimate > 1.3 * (t.Estimate - t.Lower));
        Assert.True(t.Upper > p.Upper);
    }

    [Fact]
    public void GivenStandardError_IsThatOfTheSmoothStatistic()
    {
        double[] x = Fixture.Dax[..250];
        SampleStatistic slow = SampleStatistic.Of(
            "slow", s => Moments.Of(s).Mean, s => Moments.Of(s).StandardDeviation(0) / Math.Sqrt(s.Length));
        BootstrapInterval expected = new IidBootstrap().Interval(x, slow, Options());
        BootstrapInterval actual = new IidBootstrap().Interval(x, SampleStatistic.Mean, Options());
        Fixture.Near(expected.Lower, actual.Lower, 1e-8);
        Fixture.Near(expected.Upper, actual.Upper, 1e-8);
    }

    [Fact]
    public void GivenStandardErrorOfAPair_IsUsed()
    {
        double[] x = Fixture.Dax[..250], y = Fixture.Ftse[..250];
        PairStatistic slow = PairStatistic.Of(
            "slow", (a, b) => Moments.Of(a).Mean - Moments.Of(b).Mean,
            (a, b) => SampleStatistic.Mean.Bind(a.ToArray().Zip(b.ToArray(), (u, v) => u - v).ToArray(), 1)
                .StandardError(dependent: false));
        double[] difference = [.. x.Zip(y, (a, b) => a - b)];
        BootstrapInterval expected = new IidBootstrap().Interval(difference, SampleStatistic.Mean, Options());
        BootstrapInterval actual = new IidBootstrap().Interval(x, y, slow, Options());
        Fixture.Near(expected.Lower, actual.Lower, 1e-8);
        Fixture.Near(expected.Upper, actual.Upper, 1e-8);
    }

    [Fact]
    public void Test_AgreesWithTheInterval()
    {
        double[] x = [.. Fixture.Autoregression(400, .3, 8).Select(v => v + .1)];
        var scheme = new CircularBlockBootstrap(8);
        BootstrapInterval interval = scheme.Interval(x, SampleStatistic.Mean, Options(9_999));
        Assert.InRange(
            scheme.Test(x, SampleStatistic.Mean, interval.Lower, Alternative.Greater, Options(9_999)).PValue, .02, .03);
        Assert.InRange(
            scheme.Test(x, SampleStatistic.Mean, interval.Upper, Alternative.Less, Options(9_999)).PValue, .02, .03);
        Assert.Equal(1, scheme.Test(x, SampleStatistic.Mean, interval.Estimate, options: Options()).PValue);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Threads_DoNotChangeABit(int threads)
    {
        var scheme = new StationaryBootstrap(5);
        BootstrapInterval one = scheme.Interval(
            Fixture.Dax, SampleStatistic.SortinoRatio(), Options() with { MaxThreads = 1 });
        Assert.Equal(one, scheme.Interval(
            Fixture.Dax, SampleStatistic.SortinoRatio(), Options() with { MaxThreads = threads }));
    }

    /// <summary>The mean of 400 AR(1) samples of 100, rho .3: nominal 95 per cent; the percentile interval of the same
    /// blocks holds it too seldom. Monte Carlo error 1.1 per cent.</summary>
    [Fact]
    public void Coverage_IsNearerToNominalThanThePercentiles()
    {
        int studentised = 0, percentile = 0;
        for (int i = 0; i < 400; i++)
        {
            double[] x = Fixture.Autoregression(100, .3, (ulong)(3000 + i));
            var scheme = new CircularBlockBootstrap(5);
            var own = new BootstrapOptions { Replicates = 199, MaxThreads = 1, Seed = (ulong)i };
            percentile += scheme.Interval(x, SampleStatistic.Mean, own).Contains(0) ? 1 : 0;
            studentised += scheme.Interval(
                x, SampleStatistic.Mean, own with { Method = BootstrapMethod.Studentised }).Contains(0) ? 1 : 0;
        }

        Assert.InRange(studentised / 400.0, .95 - .04, .95 + .03);
        Assert.True(studentised > percentile + 10, $"{studentised} against {percentile}");
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(
            () => new IidBootstrap().Interval(Fixture.Nile, SampleStatistic.QuantileAt(.5), Options()),
            "0.5 quantile has no standard error", "Percentile");
        Fixture.Says<ArgumentException>(
            () => new IidBootstrap().Interval(
                Fixture.Nile, SampleStatistic.Of("own", s => s[0], _ => double.NaN), Options()),
            "standard error of the own is NaN");
        Fixture.Says<ArgumentException>(
            () => new IidBootstrap().Test(new double[50], SampleStatistic.Mean, 1, options: Options()), "vary");
    }

    private static double Width(BootstrapInterval interval) => interval.Upper - interval.Lower;
}
