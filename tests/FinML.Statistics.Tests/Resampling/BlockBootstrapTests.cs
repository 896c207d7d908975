using FinML.Shared;

namespace FinML.Statistics.Tests;

/// <summary>What every scheme must keep, whatever its blocks; a new scheme joins by a one-line subclass.</summary>
public abstract class BlockBootstrapConformance
{
    private const ulong Seed = 20240607;

    private protected abstract BlockBootstrap Create();

    /// <summary>The expected share of index t in a resample of n.</summary>
    private protected virtual double Share(int t, int n) => 1.0 / n;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Threads_DoNotChangeABit(int threads)
    {
        BlockBootstrap scheme = Create();
        var options = new BootstrapOptions { Replicates = 2000, Seed = Seed, MaxThreads = 1 };
        double[] one = scheme.Replicates(Fixture.Ftse, SampleStatistic.Sharpe, options);
        double[] many = scheme.Replicates(Fixture.Ftse, SampleStatistic.Sharpe, options with { MaxThreads = threads });
        Assert.Equal(one, many);
    }

    /// <summary>Sums over blocks, joined stretches and sorted data against the function of the resampled
    /// series.</summary>
    [Fact]
    public void FastStatistics_AgreeWithTheResampledSeries()
    {
        BlockBootstrap scheme = Create();
        var options = new BootstrapOptions { Replicates = 100, Seed = Seed };
        foreach ((SampleStatistic fast, SeriesFunction slow) in FastStatistics.Pairs)
        {
            double[] expected = scheme.Replicates(Fixture.Dax, SampleStatistic.Of("slow", slow), options);
            double[] actual = scheme.Replicates(Fixture.Dax, fast, options);
            double scale = expected.Max(Math.Abs);
            for (int i = 0; i < expected.Length; i++)
                Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-10 * scale, $"{fast.Name} of resample {i}");
        }
    }

    [Fact]
    public void FastPairStatistics_AgreeWithTheResampledSeries()
    {
        BlockBootstrap scheme = Create();
        var options = new BootstrapOptions { Replicates = 200, Seed = Seed };
        foreach ((PairStatistic fast, PairFunction slow) in FastStatistics.PairsOfTwo)
        {
            double[] expected = scheme.Replicates(Fixture.Dax, Fixture.Ftse, PairStatistic.Of("slow", slow), options);
            double[] actual = scheme.Replicates(Fixture.Dax, Fixture.Ftse, fast, options);
            double scale = expected.Max(Math.Abs);
            for (int i = 0; i < expected.Length; i++)
                Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-10 * scale, $"{fast.Name} of resample {i}");
        }
    }

    [Fact]
    public void Replicates_AreIndependentOfTheirNumber()
    {
        BlockBootstrap scheme = Create();
        double[] few = scheme.Replicates(Fixture.Nile, SampleStatistic.Mean, new() { Replicates = 100, Seed = Seed });
        double[] more = scheme.Replicates(Fixture.Nile, SampleStatistic.Mean, new() { Replicates = 999, Seed = Seed });
        Assert.Equal(few, more[..100]);
        double[] other = scheme.Replicates(
            Fixture.Nile, SampleStatistic.Mean, new() { Replicates = 100, Seed = Seed + 1 });
        Assert.NotEqual(few, other);
    }

    [Fact]
    public void Indices_AreInRangeWithTheirShares()
    {
        const int Count = 50, Replicates = 4000;
        BlockBootstrap scheme = Create();
        var hits = new int[Count];
        for (int replicate = 0; replicate < Replicates; replicate++)
        {
            int[] indices = scheme.Indices(Count, Seed, replicate);
            Assert.Equal(Count, indices.Length);
            foreach (int index in indices)
                hits[index]++;
        }

        // Where all are alike an index is expected 4000 times; the count of one within a resample has variance at most
        // (block length) times that of single draws. Five standard errors over 50 indices.
        double tolerance = 5 * Math.Sqrt(Replicates * 2 * scheme.BlockLength);
        for (int t = 0; t < Count; t++)
        {
            double expected = Replicates * Count * Share(t, Count);
            Assert.InRange(hits[t], expected - tolerance, expected + tolerance);
        }
    }

    [Fact]
    public void Constant_HasAnIntervalOfWidthZero()
    {
        double[] constant = Enumerable.Repeat(0.1, 60).ToArray();
        foreach (BootstrapMethod method in Enum.GetValues<BootstrapMethod>())
        {
            BootstrapInterval interval = Create().Interval(
                constant, SampleStatistic.Mean, new() { Replicates = 199, Method = method });
            Assert.Equal(0.1, interval.Lower, 1e-15);
            Assert.Equal(0.1, interval.Upper, 1e-15);
            Assert.Equal(0, interval.StandardError, 1e-15);
        }
    }

    [Fact]
    public void Interval_SaysHowItWasMade()
    {
        BlockBootstrap scheme = Create();
        var options = new BootstrapOptions { Replicates = 999, Seed = 7, Level = .9, Method = BootstrapMethod.Basic };
        BootstrapInterval interval = scheme.Interval(Fixture.Nile, SampleStatistic.Mean, options);
        Assert.Equal(scheme.Name, interval.Scheme);
        Assert.Equal(scheme.BlockLength, interval.BlockLength);
        Assert.Equal((999, 7ul), (interval.Replicates, interval.Seed));
        Assert.Equal((.9, BootstrapMethod.Basic), (interval.Level, interval.Method));
        Assert.Equal("mean", interval.Statistic);
        Fixture.Near(919.35, interval.Estimate, 1e-14);
        Assert.True(interval.Contains(interval.Estimate));
        Assert.False(interval.Contains(2000));
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        BlockBootstrap scheme = Create();
        Fixture.Says<ArgumentException>(
            () => scheme.Replicates([1, double.NaN], SampleStatistic.Mean), "NaN at index 1");
        Fixture.Says<ArgumentException>(() => scheme.Replicates([1], SampleStatistic.Mean), "1 value;", "at least 2");
        Fixture.Says<ArgumentOutOfRangeException>(
            () => scheme.Replicates([1, 2], SampleStatistic.Mean, new() { Replicates = 10 }), "Replicates is 10", "99");
        Fixture.Says<ArgumentOutOfRangeException>(
            () => scheme.Replicates([1, 2], SampleStatistic.Mean, new() { Level = 1 }), "Level is 1");
        Fixture.Says<ArgumentOutOfRangeException>(
            () => scheme.Replicates([1, 2], SampleStatistic.Mean, new() { Level = .999, Replicates = 99 }),
            "at least 2000");
        Fixture.Says<ArgumentException>(
            () => scheme.Interval(Enumerable.Repeat(1.0, 60).ToArray(), SampleStatistic.Sharpe),
            "Sharpe ratio of the 60 values is NaN", "constant");
        Fixture.Says<InvalidOperationException>(
            () => scheme.Replicates(60, "broken", _ => double.NaN), "broken of resample 0 is NaN");
        Fixture.Says<InvalidOperationException>(
            () => scheme.Replicates(60, "thrown", _ => throw new FormatException("why")), "thrown failed", "why");
    }
}

public class IidBootstrapTests : BlockBootstrapConformance
{
    private protected override BlockBootstrap Create() => new IidBootstrap();
}

public class CircularBlockBootstrapTests : BlockBootstrapConformance
{
    private protected override BlockBootstrap Create() => new CircularBlockBootstrap(7);

    [Fact]
    public void Blocks_AreConsecutiveAndWrap()
    {
        int[] indices = Create().Indices(50, 1, 0);
        for (int i = 0; i < 50; i++)
        {
            if (i % 7 != 0)
                Assert.Equal((indices[i - 1] + 1) % 50, indices[i]);
        }
    }

    // For n = k b the variance of the bootstrap mean is the variance of a block mean over all n starts, over k.
    [Fact]
    public void VarianceOfTheMean_MatchesTheClosedForm()
    {
        double[] x = Fixture.Nile;
        const int Block = 10;
        double mean = x.Average(), variance = 0;
        for (int start = 0; start < x.Length; start++)
        {
            double block = 0;
            for (int k = 0; k < Block; k++)
                block += x[(start + k) % x.Length] - mean;
            variance += block * block / (Block * Block) / x.Length;
        }

        variance /= x.Length / Block;
        BootstrapInterval interval = new CircularBlockBootstrap(Block).Interval(
            x, SampleStatistic.Mean, new() { Replicates = 40_000, Seed = 5 });

        // The relative error of a variance of 40,000 draws is sqrt(2 / 40000) = 0.7 per cent; four of them.
        Fixture.Near(variance, interval.StandardError * interval.StandardError, .028);
    }

    [Fact]
    public void LongBlock_IsRefused() => Fixture.Says<ArgumentException>(
        () => new CircularBlockBootstrap(8).Replicates([1, 2, 3], SampleStatistic.Mean),
        "block length is 8", "3 values");
}

public class MovingBlockBootstrapTests : BlockBootstrapConformance
{
    private protected override BlockBootstrap Create() => new MovingBlockBootstrap(7);

    // Seven whole blocks of 7 and one value of an eighth, each from one of 44 starts.
    private protected override double Share(int t, int n)
    {
        int starts = 44, covering = Enumerable.Range(0, starts).Count(start => start <= t && t < start + 7);
        return (7.0 * covering + (t < starts ? 1 : 0)) / (starts * n);
    }

    [Fact]
    public void Blocks_DoNotWrap()
    {
        for (int replicate = 0; replicate < 500; replicate++)
        {
            int[] indices = Create().Indices(50, 1, replicate);
            for (int i = 0; i < 50; i++)
            {
                if (i % 7 != 0)
                    Assert.Equal(indices[i - 1] + 1, indices[i]);
            }
        }
    }

    // Ten high values at the end are drawn less often than the others: the resamples lie about the weighted mean, below
    // the estimate, and what is centred is centred there.
    [Fact]
    public void Centre_IsWhereTheResamplesAre()
    {
        double[] values = Fixture.Normals(60, 3);
        for (int t = 50; t < 60; t++)
            values[t] += 8;
        var scheme = new MovingBlockBootstrap(10);
        var options = new BootstrapOptions { Replicates = 40_000, Seed = 2, Method = BootstrapMethod.Basic };
        BootstrapInterval interval = scheme.Interval(values, SampleStatistic.Mean, options);
        double[] means = scheme.Replicates(values, SampleStatistic.Mean, options);
        double error = interval.StandardError / 200, centre = values.Zip(scheme.Weights(60)!, (x, w) => x * w).Sum();
        Assert.True(values.Average() - centre > 50 * error);
        Assert.InRange(means.Average() - centre, -4 * error, 4 * error);
        Assert.Equal(means.Average() - centre, interval.Bias, 1e-12);
        Assert.Equal(values.Average() + centre - Quantile.Type7(means, .975), interval.Lower, 1e-12);
        Assert.Equal(1, Enumerable.Range(0, 60).Sum(t => scheme.Weights(60)![t]), 1e-12);
        Assert.Equal(1, Enumerable.Range(0, 57).Sum(t => scheme.Weights(57)![t]), 1e-12);
    }

    // Kuensch's variance: of a block mean over the n - b + 1 starts, over the number of blocks (n = k b).
    [Fact]
    public void VarianceOfTheMean_MatchesTheClosedForm()
    {
        double[] x = Fixture.Nile;
        double[] blocks = [.. Enumerable.Range(0, 91).Select(start => x[start..(start + 10)].Average())];
        double variance = Moments.Of(blocks).Variance(0) / 10;
        BootstrapInterval interval = new MovingBlockBootstrap(10).Interval(
            x, SampleStatistic.Mean, new() { Replicates = 40_000, Seed = 5 });
        Fixture.Near(variance, interval.StandardError * interval.StandardError, .028); // four standard errors
        Assert.Equal(15, MovingBlockBootstrap.Automatic(x).BlockLength);
    }
}

public class StationaryBootstrapTests : BlockBootstrapConformance
{
    private protected override BlockBootstrap Create() => new StationaryBootstrap(6.5);

    // Eight indices for seed 1, replicate 5, written down: another process, another machine and another year give
    // these.
    [Fact]
    public void Indices_AreTheSameEverywhere() => Assert.Equal(
        "21 22 23 0 1 2 11 12", string.Join(' ', new StationaryBootstrap(3).Indices(24, 1, 5)[..8]));

    [Fact]
    public void BlocksSideBySide_AreTheBlocksOneByOne()
    {
        ulong[] words = new ulong[2 * Philox4x32.Lanes];
        foreach ((ulong low, ulong high, ulong key) in new[]
                 {
                     (0UL, 0UL, 0UL), (8UL, 3UL, 20240607UL), (0xFFFFFFFCUL, 0x123456789ABUL, ulong.MaxValue),
                     (ulong.MaxValue - 7, ulong.MaxValue, 0x8000000000000001UL),
                 })
        {
            Philox4x32.Blocks(low, high, key, words);
            for (int i = 0; i < Philox4x32.Lanes; i++)
            {
                (uint x0, uint x1, uint x2, uint x3) = Philox4x32.Block(low + (ulong)i, high, key);
                Assert.Equal((x0 | (ulong)x1 << 32, x2 | (ulong)x3 << 32), (words[2 * i], words[2 * i + 1]));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(20)]
    [InlineData(400)]
    public void Lengths_AreGeometric(double mean)
    {
        var scheme = new StationaryBootstrap(mean);
        const int Draws = 100_000;
        // Equidistant points of the unit interval: the mean of the inverse distribution function, nearly exact.
        ulong[] words =
            [.. Enumerable.Range(0, Draws).Select(i => (ulong)(uint)((i + 0.5) / Draws * 4294967296.0) << 32)];
        int[] lengths = new int[Draws];
        scheme.Lengths(words, lengths);
        double sum = lengths.Sum(length => (double)length);
        int ones = lengths.Count(length => length == 1);
        Fixture.Near(mean, sum / Draws, 2e-4);
        Assert.Equal(1 / mean, (double)ones / Draws, 2e-5);
    }

    /// <summary>
    /// Politis and Romano (1994), lemma 1: n Var*(mean) = c_0 + 2 sum_i b(i) c_i with
    /// b(i) = (1 - i / n) (1 - p)^i + i / n (1 - p)^(n - i). The values for p = .1 were computed apart in R.
    /// </summary>
    [Fact]
    public void VarianceOfTheMean_MatchesTheClosedForm()
    {
        (double[], double)[] cases = [(Fixture.Dax, 9.90135059e-5), (Fixture.Ftse, 6.490648609e-5)];
        foreach ((double[] x, double reference) in cases)
        {
            int n = x.Length;
            double[] c = Autocorrelation.Autocovariances(x, n - 1);
            double variance = c[0];
            for (int i = 1; i < n; i++)
                variance += 2 * ((1 - (double)i / n) * Math.Pow(.9, i) + (double)i / n * Math.Pow(.9, n - i)) * c[i];
            Fixture.Near(reference, variance, 1e-8);
            BootstrapInterval interval = new StationaryBootstrap(10).Interval(
                x, SampleStatistic.Mean, new() { Replicates = 40_000, Seed = 11 });
            Fixture.Near(variance, n * interval.StandardError * interval.StandardError, .028); // four standard errors
        }
    }

    [Fact]
    public void Automatic_TakesTheChosenLength()
    {
        Fixture.Near(12.3334942583, StationaryBootstrap.Automatic(Fixture.Nile).BlockLength);
        Assert.Equal(1, StationaryBootstrap.Automatic(Fixture.Dax).BlockLength);
        Assert.Equal(15, CircularBlockBootstrap.Automatic(Fixture.Nile).BlockLength);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    [InlineData(1e6)]
    public void BlockLength_IsChecked(double length) => Fixture.Says<ArgumentOutOfRangeException>(
        () => new StationaryBootstrap(length), "meanBlockLength is", "from 1 to 100000");

    // Out of the market for 95 of 100 days: some resamples hold no trade at all, and their Sharpe ratio is 0, not NaN.
    [Fact]
    public void ResampleWithoutTrades_HasSharpeZero()
    {
        var returns = new double[100];
        for (int i = 40; i < 45; i++)
            returns[i] = i % 2 == 0 ? .02 : -.01;
        double[] replicates = new StationaryBootstrap(20).Replicates(
            returns, SampleStatistic.Sharpe, new() { Replicates = 999 });
        Assert.Contains(0.0, replicates);
        Assert.All(replicates, value => Assert.InRange(value, -1, 1));
    }
}
