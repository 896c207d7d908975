namespace FinML.Statistics.Tests;

/// <summary>Held to SciPy and R; make_distances.py and make_ks.R made the numbers.</summary>
public class KolmogorovSmirnovTests
{
    internal static readonly double[] X =
        [.. Enumerable.Range(0, 40).Select(i => (7 * i * i + 3 * i) % 101 / 101.0)];

    internal static readonly double[] Y =
        [.. Enumerable.Range(0, 25).Select(i => (11 * i * i + 5 * i + 1) % 97 / 97.0 * 1.3)];

    private static readonly double[] S =
        [.. Enumerable.Range(0, 40).Select(i => Math.Sin(1.3 * i * i + .5 * i))];

    private static readonly double[] T =
        [.. Enumerable.Range(0, 25).Select(i => 1.3 * Math.Sin(1.7 * i * i + .3 * i) + .4)];

    private static readonly double[] Halves1 = [4, 5.5, 5, 6, 4.5, 4.5, 5, 4.5, 5.5, 5];
    private static readonly double[] Halves2 = [6.5, 5, 5.5, 5.5, 5.5, 5.5, 5, 6, 6, 5.5];

    [Theory]
    [InlineData(Alternative.TwoSided, .1784653465346535, .1382250559865107)]
    [InlineData(Alternative.Greater, .1784653465346535, .06913080435772338)]
    [InlineData(Alternative.Less, .05618811881188124, .7493179830407319)]
    public void OneSample_IsSciPys(Alternative alternative, double statistic, double p)
    {
        KolmogorovSmirnov test = KolmogorovSmirnov.OneSample(X, v => v, alternative);
        Assert.True(test.IsExact);
        Fixture.Near(statistic, test.Statistic, 1e-12);
        Fixture.Near(p, test.PValue, 1e-10);
    }

    [Theory]
    [InlineData(Alternative.TwoSided, .345, .03941033238092798)]
    [InlineData(Alternative.Greater, .345, .019705210294704747)]
    [InlineData(Alternative.Less, 0, 1)]
    public void TwoSample_IsSciPys(Alternative alternative, double statistic, double p)
    {
        KolmogorovSmirnov test = KolmogorovSmirnov.TwoSample(S, T, alternative);
        Assert.True(test.IsExact);
        Assert.Equal(statistic, test.Statistic, 1e-12);
        Fixture.Near(p, test.PValue, 1e-11);
    }

    // SciPy has no ties; R has.
    [Theory]
    [InlineData(Alternative.TwoSided, .5, .069778518694918024, .16407919772665203)]
    [InlineData(Alternative.Greater, .5, .034889259347453905, .082084998623898842)]
    [InlineData(Alternative.Less, 0, 1, 1)]
    public void Ties_AreRs(Alternative alternative, double statistic, double exact, double asymptotic)
    {
        KolmogorovSmirnov test = KolmogorovSmirnov.TwoSample(Halves1, Halves2, alternative);
        Assert.Equal(statistic, test.Statistic);
        Fixture.Near(exact, test.PValue, 1e-12);
        KolmogorovSmirnov limit =
            KolmogorovSmirnov.TwoSample(Halves1, Halves2, alternative, KolmogorovMethod.Asymptotic);
        Assert.False(limit.IsExact);
        Fixture.Near(asymptotic, limit.PValue, 1e-6); // R sums to 1e-6
    }

    // The exact p-value with ties is that of the permutation test.
    [Fact]
    public void TwoSample_IsAPermutationTest()
    {
        double[] a = Halves1[..6], b = Halves2[..7];
        PermutationTest listed = PermutationTest.TwoSample(
            a, b, "D", (u, v) => KolmogorovSmirnov.TwoSample(u, v, method: KolmogorovMethod.Asymptotic).Statistic);
        Fixture.Near(listed.PValue, KolmogorovSmirnov.TwoSample(a, b).PValue, 1e-12);
    }

    [Theory]
    [InlineData(10, .274, .3715203845434957, .18660506969148374)]
    [InlineData(50, .1, .6623112704658186, .34490701996888)]
    [InlineData(100, .2, .0005551927327988775, .0002775963664037337)]
    [InlineData(400, .05, .26121260292565424, .1308963539251094)]
    [InlineData(1000, .045, .03378302868231253, .016891594091008547)]
    [InlineData(2000, .07, 5.757260143207333e-09, 2.8786300716036663e-09)]
    [InlineData(20, .6, 2.0483011649719853e-07, 1.0241505824859927e-07)]
    public void Distribution_IsSciPys(int n, double d, double twoSided, double oneSided)
    {
        Fixture.Near(twoSided, KolmogorovDistribution.TwoSided(n, d), 1e-9);
        Fixture.Near(oneSided, KolmogorovDistribution.OneSided(n, d), 1e-9);
    }

    [Theory]
    [InlineData(.3, .9999906941986655)]
    [InlineData(.7, .7112351950296893)]
    [InlineData(1.2, .11224966667072497)]
    [InlineData(2.5, 7.453306344157342e-06)]
    public void Limit_IsSciPys(double z, double p) =>
        Fixture.Near(p, KolmogorovDistribution.Limit(z, Alternative.TwoSided), 1e-12);

    // Both formulas where one hands over to the other.
    [Fact]
    public void Distribution_HasNoJump()
    {
        double before = KolmogorovDistribution.TwoSided(300, Math.Sqrt(4.4999999 / 300));
        double after = KolmogorovDistribution.TwoSided(300, Math.Sqrt(4.5 / 300));
        Assert.InRange(after / before, .99999, 1);
    }

    [Fact]
    public void Direction_IsThatOfTheDistributionFunctions()
    {
        double[] small = Fixture.Normals(50, 1), large = small.Select(v => v + 1).ToArray();
        Assert.True(KolmogorovSmirnov.TwoSample(small, large, Alternative.Greater).PValue < .01);
        Assert.Equal(1, KolmogorovSmirnov.TwoSample(small, large, Alternative.Less).PValue, .01);
        Assert.True(KolmogorovSmirnov.OneSample(large, StandardNormal.Cdf, Alternative.Less).PValue < .01);
    }

    [Fact]
    public void Limit_NearsTheExactDistribution()
    {
        double[] x = Fixture.Normals(1500, 1), y = Fixture.Normals(1200, 2).Select(v => v * 1.1).ToArray();
        Fixture.Near(
            KolmogorovSmirnov.TwoSample(x, y, method: KolmogorovMethod.Exact).PValue,
            KolmogorovSmirnov.TwoSample(x, y, method: KolmogorovMethod.Asymptotic).PValue, .05);
        Fixture.Near(
            KolmogorovSmirnov.OneSample(x, StandardNormal.Cdf, method: KolmogorovMethod.Exact).PValue,
            KolmogorovSmirnov.OneSample(x, StandardNormal.Cdf).PValue, .05);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => KolmogorovSmirnov.TwoSample([], X), "first has 0 values");
        Fixture.Says<ArgumentException>(
            () => KolmogorovSmirnov.TwoSample(X, [1, double.PositiveInfinity]), "second is Infinity at index 1");
        Fixture.Says<ArgumentException>(
            () => KolmogorovSmirnov.OneSample(X, v => 1.5 * v), "distribution is 1.0", "rise from 0 to 1");
        Fixture.Says<ArgumentException>(
            () => KolmogorovSmirnov.OneSample(X, v => 1 - v), "distribution is", "rise from 0 to 1");
        Fixture.Says<ArgumentException>(
            () => KolmogorovSmirnov.OneSample(new double[5001], _ => .5, method: KolmogorovMethod.Exact),
            "5001 values", "Asymptotic");
        Fixture.Says<ArgumentException>(
            () => KolmogorovSmirnov.OneSample(X, v => v, (Alternative)9), "alternative is 9");
        Fixture.Says<ArgumentException>(
            () => KolmogorovSmirnov.OneSample(X, v => v, method: (KolmogorovMethod)9), "method is 9");
    }
}
