namespace FinML.Statistics.Tests;

public class PermutationTestTests
{
    // R's PlantGrowth and sleep.
    private static readonly double[] Control = [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14];
    private static readonly double[] Treatment1 = [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69];
    private static readonly double[] Treatment2 = [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26];
    private static readonly double[] Sleep = [-1.2, -2.4, -1.3, -1.3, 0, -1, -1.8, -.8, -4.6, -1.4];

    private static readonly PermutationOptions Drawn = new() { ExactLimit = 0 };

    [Fact]
    public void PlantGrowth_IsCountedExactly()
    {
        PermutationTest test = PermutationTest.TwoSample(Control, Treatment2);
        Assert.True(test.IsExact);
        Assert.Equal((8930L, 184756L), (test.Extreme, test.Arrangements));
        Fixture.Near(.04833401892, test.PValue, 1e-9);
        Fixture.Near(5.032 - 5.526, test.Estimate, 1e-12);
        Assert.Equal(0, test.MonteCarloError);
        Assert.Equal(1592, PermutationTest.TwoSample(Treatment1, Treatment2).Extreme);
    }

    [Fact]
    public void Sleep_IsCountedExactly()
    {
        PermutationTest test = PermutationTest.SignFlip(Sleep);
        Assert.Equal((4L, 1024L), (test.Extreme, test.Arrangements));
        Assert.Equal(.00390625, test.PValue);
    }

    // Counting sums from two halves against listing every choice, with ties (data in tenths) and without.
    [Theory]
    [InlineData(4, 5, true)]
    [InlineData(5, 4, true)]
    [InlineData(1, 8, true)]
    [InlineData(8, 6, false)]
    [InlineData(6, 9, true)]
    public void CountOfSums_IsThatOfTheList(int n1, int n2, bool ties)
    {
        double[] pooled = Fixture.Normals(n1 + n2, 17).Select(v => ties ? Math.Round(v, 1) + 100 : v).ToArray();
        double[] first = pooled[..n1], second = pooled[n1..];
        foreach (Alternative alternative in Enum.GetValues<Alternative>())
        {
            PermutationTest counted = PermutationTest.TwoSample(first, second, alternative);
            PermutationTest listed = PermutationTest.TwoSample(
                first, second, "difference of means", (a, b) => Math.Round(Mean(a) - Mean(b), 9), alternative);
            Assert.True(listed.IsExact);
            Assert.Equal((listed.Extreme, listed.Arrangements), (counted.Extreme, counted.Arrangements));
        }
    }

    // All 2^n signs one by one.
    [Theory]
    [InlineData(5)]
    [InlineData(12)]
    public void CountOfSigns_IsThatOfTheList(int n)
    {
        double[] values = Fixture.Normals(n, 5).Select(v => Math.Round(v + .3, 1)).ToArray();
        var means = new double[1 << n];
        for (int mask = 0; mask < means.Length; mask++)
            means[mask] = values.Select((v, i) => (mask >> i & 1) == 1 ? v : -v).Average();
        double mean = values.Average();
        Assert.Equal(
            means.Count(m => m >= mean - 1e-12), PermutationTest.SignFlip(values, Alternative.Greater).Extreme);
        Assert.Equal(means.Count(m => m <= mean + 1e-12), PermutationTest.SignFlip(values, Alternative.Less).Extreme);
        Assert.Equal(means.Count(m => Math.Abs(m) >= Math.Abs(mean) - 1e-12), PermutationTest.SignFlip(values).Extreme);
    }

    // R's ToothGrowth, doses .5 and 1: coin 1.4-2, oneway_test(len ~ supp, distribution = "exact"), has p =
    // 0.00462351730911, which is 637,335,812 of the 1.4e11 arrangements, more than a list could hold.
    [Fact]
    public void FortyObservations_AreExact()
    {
        double[] first =
        [
            15.2, 21.5, 17.6, 9.7, 14.5, 10, 8.2, 9.4, 16.5, 9.7,
            19.7, 23.3, 23.6, 26.4, 20, 25.2, 25.8, 21.2, 14.5, 27.3,
        ];
        double[] second =
        [
            4.2, 11.5, 7.3, 5.8, 6.4, 10, 11.2, 11.2, 5.2, 7,
            16.5, 16.5, 15.2, 17.3, 22.5, 17.3, 13.6, 14.5, 18.8, 15.5,
        ];
        PermutationTest exact = PermutationTest.TwoSample(first, second);
        Assert.Equal((637_335_812, 137_846_528_820), (exact.Extreme, exact.Arrangements));
        PermutationTest drawn = PermutationTest.TwoSample(
            first, second, options: Drawn with { Permutations = 99_999, Seed = 2 });
        Assert.False(drawn.IsExact);
        Assert.Equal(exact.PValue, drawn.PValue, 4 * drawn.MonteCarloError);
    }

    // Few of many: C(100, 2) is listed though 2^50 sums could not be.
    [Fact]
    public void SmallSample_AgainstManyIsExact()
    {
        double[] many = Fixture.Normals(98, 8);
        PermutationTest test = PermutationTest.TwoSample([9, 10], many);
        Assert.Equal((1L, 4950L), (test.Extreme, test.Arrangements));
    }

    [Fact]
    public void Draws_NearTheExactPValues()
    {
        var options = Drawn with { Permutations = 199_999, Seed = 11 };
        Close(8930 / 184756.0, PermutationTest.TwoSample(Control, Treatment2, options: options));
        Close(1592 / 184756.0, PermutationTest.TwoSample(
            Treatment1, Treatment2, "means", (a, b) => Mean(a) - Mean(b), Alternative.TwoSided, options));
        Close(4 / 1024.0, PermutationTest.SignFlip(Sleep, options: options));
        double[] x = Control[..8], y = Treatment1[..8];
        double exact = PermutationTest.Correlation(x, y).PValue;
        Close(exact, PermutationTest.Correlation(x, y, options: options));
        Close(exact, PermutationTest.Association(
            x, y, "correlation", Pearson, Alternative.TwoSided, options with { Permutations = 49_999 }));

        static void Close(double expected, PermutationTest test)
        {
            Assert.False(test.IsExact);
            Assert.InRange(test.PValue, expected - 4 * test.MonteCarloError, expected + 4 * test.MonteCarloError);
        }
    }

    // numpy: r = yc[all orders] @ xc with xc, yc centred and scaled to norm 1; sum(abs(r) >= abs(xc @ yc) - 1e-12).
    [Fact]
    public void Correlation_OfEightPairsIsExact()
    {
        PermutationTest test = PermutationTest.Correlation(Control[..8], Treatment1[..8]);
        Assert.Equal((10785L, 40320L), (test.Extreme, test.Arrangements));
        Fixture.Near(-.44408633149609616, test.Estimate, 1e-12);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Threads_DoNotChangeABit(int threads)
    {
        double[] x = Fixture.Normals(60, 1), y = Fixture.Normals(60, 2);
        foreach (int stopAfter in new[] { 0, 20 })
        {
            var one = Drawn with { Permutations = 5000, Seed = 12, MaxThreads = 1, StopAfter = stopAfter };
            var more = one with { MaxThreads = threads };
            Assert.Equal(PermutationTest.TwoSample(x, y, options: one), PermutationTest.TwoSample(x, y, options: more));
            Assert.Equal(PermutationTest.SignFlip(x, options: one), PermutationTest.SignFlip(x, options: more));
            Assert.Equal(
                PermutationTest.Correlation(x, y, options: one), PermutationTest.Correlation(x, y, options: more));
        }
    }

    // The bits of one seed, so that a change of generator is seen.
    [Fact]
    public void Seed_DecidesTheDraws()
    {
        double[] x = Fixture.Normals(50, 1), y = Fixture.Normals(70, 2).Select(v => v + .3).ToArray();
        var options = new PermutationOptions { Permutations = 99_999, Seed = 7 };
        Assert.Equal(436, PermutationTest.TwoSample(x, y, options: options).Extreme);
        Assert.Equal(5437, PermutationTest.SignFlip(y, options: options).Extreme);
        Assert.Equal(86789, PermutationTest.Correlation(x, y[..50], options: options).Extreme);
    }

    // Besag and Clifford: the h-th extreme draw ends it, p = h / l; the same draws, l or l - 1 of them, tell l.
    [Fact]
    public void Stopping_IsAtTheLastExtremeDraw()
    {
        double[] x = Fixture.Normals(30, 1), y = Fixture.Normals(30, 2).Select(v => v + .5).ToArray();
        var options = Drawn with { Permutations = 9_999, Seed = 5 };
        PermutationTest stopped = PermutationTest.TwoSample(x, y, options: options with { StopAfter = 10 });
        Assert.True(stopped.StoppedEarly);
        Assert.Equal(10, stopped.Extreme);
        Assert.Equal(10.0 / stopped.Arrangements, stopped.PValue);
        Fixture.Near(stopped.PValue * Math.Sqrt((1 - stopped.PValue) / 10), stopped.MonteCarloError, 1e-12);
        int l = (int)stopped.Arrangements;
        Assert.InRange(l, 100, 9_998);
        Assert.Equal(10, PermutationTest.TwoSample(x, y, options: options with { Permutations = l }).Extreme);
        Assert.Equal(9, PermutationTest.TwoSample(x, y, options: options with { Permutations = l - 1 }).Extreme);
    }

    [Fact]
    public void Stopping_ThatIsNotReachedKeepsTheWholeCount()
    {
        double[] x = Fixture.Normals(30, 1), y = Fixture.Normals(30, 2).Select(v => v + 2).ToArray();
        var options = Drawn with { Permutations = 70_000 }; // more than one round
        PermutationTest test = PermutationTest.TwoSample(x, y, options: options with { StopAfter = 10 });
        Assert.False(test.StoppedEarly);
        Assert.Equal(PermutationTest.TwoSample(x, y, options: options), test);
        Fixture.Near(1 / 70_001.0, test.PValue, 1e-12);
    }

    // What is valid: over many true nulls P(p <= u) <= u, with and without stopping. Four binomial errors.
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Size_IsNominal(int stopAfter)
    {
        var options = Drawn with { Permutations = 199, MaxThreads = 1, StopAfter = stopAfter };
        int five = 0, thirty = 0;
        for (ulong i = 0; i < 2000; i++)
        {
            double p = PermutationTest.TwoSample(
                Fixture.Normals(8, 9000 + 2 * i), Fixture.Normals(12, 9001 + 2 * i), options: options with { Seed = i })
                .PValue;
            five += p <= .05 ? 1 : 0;
            thirty += p <= .3 ? 1 : 0;
        }

        Assert.InRange(five / 2000.0, .03, .07);
        Assert.InRange(thirty / 2000.0, .25, .342);
    }

    [Fact]
    public void Estimate_AtTheNullHasPValueOne()
    {
        Assert.Equal(1, PermutationTest.TwoSample([1, 2, 3], [2, 2, 2]).PValue);
        Assert.Equal(1, PermutationTest.SignFlip([1, -1, 2, -2]).PValue);
        Assert.Equal(1, PermutationTest.TwoSample([1, 2, 3], [2, 2, 2], options: Drawn).PValue);
    }

    [Fact]
    public void Location_AndScaleDoNotMatter()
    {
        double[] x = Control, y = Treatment2;
        double correlation = PermutationTest.Correlation(x, y).PValue;
        foreach (double scale in new[] { 1e-200, 1e-9, 1e9, 1e200 })
        {
            Assert.Equal(correlation, PermutationTest.Correlation(x.Select(v => v * scale).ToArray(), y).PValue);
            PermutationTest test = PermutationTest.TwoSample(
                x.Select(v => v * scale).ToArray(), y.Select(v => v * scale).ToArray());
            Assert.Equal(8930, test.Extreme);
        }

        Assert.Equal(8930, PermutationTest.TwoSample(
            x.Select(v => v + 1e4).ToArray(), y.Select(v => v + 1e4).ToArray()).Extreme);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum / values.Length;
    }

    private static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double mx = Mean(x), my = Mean(y), xy = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
        }

        return xy / Math.Sqrt(xx * yy);
    }
}
