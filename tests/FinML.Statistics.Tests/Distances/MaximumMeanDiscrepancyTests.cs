namespace FinML.Statistics.Tests;

/// <summary>Held to NumPy (make_distances.py) and to a closed form.</summary>
public class MaximumMeanDiscrepancyTests
{
    private static double[] X => KolmogorovSmirnovTests.X;

    private static double[] Y => KolmogorovSmirnovTests.Y;

    [Fact]
    public void Estimates_AreNumPys()
    {
        MaximumMeanDiscrepancy unbiased = MaximumMeanDiscrepancy.Compare(X, Y);
        Fixture.Near(.36633663366336633, unbiased.Bandwidth, 1e-12);
        Fixture.Near(.06371337844916769, unbiased.Squared, 1e-11);
        Assert.False(unbiased.IsBiased);
        Fixture.Near(.09392493567092508, MaximumMeanDiscrepancy.Compare(X, Y, biased: true).Squared, 1e-11);
        Assert.Equal(unbiased.Squared, unbiased.Test.Estimate);
    }

    // N(0, 1) against N(1, 1), h = 1: E k(x, x') = 1 / sqrt 3, E k(x, y) = exp(-1/6) / sqrt 3.
    [Fact]
    public void Normals_NearTheClosedForm()
    {
        double[] x = Fixture.Normals(600, 1), y = Fixture.Normals(600, 2).Select(v => v + 1).ToArray();
        double expected = 2 / Math.Sqrt(3) * (1 - Math.Exp(-1 / 6.0));
        double got = MaximumMeanDiscrepancy.Compare(x, y, bandwidth: 1, options: new() { Permutations = 99 }).Squared;
        Assert.Equal(expected, got, .05);
    }

    // The sums of blocks against the kernel written out, for the arrangement of the data and the listed ones.
    [Fact]
    public void Test_IsThatOfTheStatisticItself()
    {
        double[] x = Fixture.Normals(6, 1), y = Fixture.Normals(5, 2).Select(v => v + 1).ToArray();
        MaximumMeanDiscrepancy fast = MaximumMeanDiscrepancy.Compare(x, y, bandwidth: .8);
        PermutationTest listed = PermutationTest.TwoSample(x, y, "mmd", (a, b) => Math.Round(Plain(a, b, .8), 12));
        Assert.True(fast.Test.IsExact);
        Assert.Equal((listed.Extreme, listed.Arrangements), (fast.Test.Extreme, fast.Test.Arrangements));

        var blocks = new PermutationOptions { BlockLength = 2 };
        fast = MaximumMeanDiscrepancy.Compare(x, y, bandwidth: .8, options: blocks);
        listed = PermutationTest.TwoSample(x, y, "mmd", (a, b) => Math.Round(Plain(a, b, .8), 12), options: blocks);
        Assert.Equal((listed.Extreme, listed.Arrangements), (fast.Test.Extreme, fast.Test.Arrangements));
    }

    // The same mean and variance in two variables, but another correlation.
    [Fact]
    public void Test_SeesACorrelation()
    {
        double[] a = Fixture.Normals(200, 1), b = Fixture.Normals(200, 2), c = Fixture.Normals(200, 3);
        double[] d = Fixture.Normals(200, 4).Zip(c, (u, v) => .9 * v + Math.Sqrt(1 - .81) * u).ToArray();
        var options = new PermutationOptions { Permutations = 999, Seed = 1 };
        Assert.Equal(.001, MaximumMeanDiscrepancy.Compare([a, b], [c, d], options: options).Test.PValue);
        Assert.True(KolmogorovSmirnov.TwoSample(b, d).PValue > .05);
    }

    // Series of an AR(.9): labels of single values reject a true null most of the time, blocks of 12 seldom.
    [Fact]
    public void Blocks_HoldTheSizeOfSeries()
    {
        var options = new PermutationOptions { Permutations = 99, MaxThreads = 1 };
        int single = 0, blocks = 0;
        for (ulong i = 0; i < 40; i++)
        {
            double[] x = Fixture.Autoregression(120, .9, 2 * i), y = Fixture.Autoregression(120, .9, 2 * i + 1);
            single += MaximumMeanDiscrepancy.Compare(x, y, options: options).Test.PValue <= .05 ? 1 : 0;
            blocks += MaximumMeanDiscrepancy.Compare(x, y, options: options with { BlockLength = 12 })
                .Test.PValue <= .05 ? 1 : 0;
        }

        Assert.InRange(single, 20, 40);
        Assert.InRange(blocks, 0, 9);
    }

    [Fact]
    public void Seed_AndThreads()
    {
        var one = new PermutationOptions { Permutations = 999, Seed = 4, MaxThreads = 1 };
        Assert.Equal(
            MaximumMeanDiscrepancy.Compare(X, Y, options: one),
            MaximumMeanDiscrepancy.Compare(X, Y, options: one with { MaxThreads = 2 }));
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => MaximumMeanDiscrepancy.Compare([1], X), "first has 1 value;");
        Fixture.Says<ArgumentException>(() => MaximumMeanDiscrepancy.Compare(X, Y, bandwidth: -1), "bandwidth is -1");
        Fixture.Says<ArgumentException>(
            () => MaximumMeanDiscrepancy.Compare(new double[8], new double[8]), "median distance", "is 0");
        Fixture.Says<ArgumentException>(
            () => MaximumMeanDiscrepancy.Compare(Fixture.Normals(3000, 1), Fixture.Normals(3000, 2), bandwidth: 1),
            "6000 blocks", "set BlockLength");
        Fixture.Says<ArgumentException>(
            () => MaximumMeanDiscrepancy.Compare([X, X], [Y]), "first has 2 columns and second has 1");
    }

    private static double Plain(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double h)
    {
        return Mean(a, a, true, h) + Mean(b, b, true, h) - 2 * Mean(a, b, false, h);

        static double Mean(ReadOnlySpan<double> u, ReadOnlySpan<double> v, bool distinct, double h)
        {
            double sum = 0;
            for (int i = 0; i < u.Length; i++)
            {
                for (int j = 0; j < v.Length; j++)
                    sum += distinct && i == j ? 0 : Math.Exp(-(u[i] - v[j]) * (u[i] - v[j]) / (2 * h * h));
            }

            return sum / u.Length / (distinct ? v.Length - 1 : v.Length);
        }
    }
}
