namespace FinML.Statistics.Tests;

/// <summary>Held to NumPy by brute force (make_distances.py) and to the normal distribution's closed form.</summary>
public class MutualInformationTests
{
    private static readonly double[] P = [.. Enumerable.Range(0, 60).Select(i => Math.Sin(1.3 * i * i + .5 * i))];

    private static readonly double[] Q =
        [.. Enumerable.Range(0, 60).Select(i => P[i] * P[i] + .3 * Math.Cos(2.1 * i * i + i))];

    [Fact]
    public void Estimates_AreNumPys()
    {
        Fixture.Near(.706081777025255, MutualInformation.Of(P, Q).Nats, 1e-10);
        MutualInformation second = MutualInformation.Of(P, Q, 3, NeighbourEstimator.Second);
        Fixture.Near(.7355353002516858, second.Nats, 1e-10);
        Fixture.Near(second.Nats / Math.Log(2), second.Bits, 1e-12);
    }

    // -ln(1 - rho^2) / 2; the estimators scatter by about .01 at 5,000 pairs (Kraskov et al., figure 4).
    [Theory]
    [InlineData(0, NeighbourEstimator.First)]
    [InlineData(.6, NeighbourEstimator.First)]
    [InlineData(.95, NeighbourEstimator.First)]
    [InlineData(.6, NeighbourEstimator.Second)]
    [InlineData(.95, NeighbourEstimator.Second)]
    public void Normals_NearTheClosedForm(double rho, NeighbourEstimator estimator)
    {
        (double[] x, double[] y) = Pair(5000, rho);
        Assert.Equal(-.5 * Math.Log(1 - rho * rho), MutualInformation.Of(x, y, 4, estimator).Nats, .045);
    }

    // Two independent pairs: information adds up.
    [Fact]
    public void Vectors_AddUp()
    {
        (double[] x1, double[] y1) = Pair(4000, .7);
        (double[] x2, double[] y2) = Pair(4000, .5, 11);
        double expected = -.5 * Math.Log(1 - .49) - .5 * Math.Log(1 - .25);
        Assert.Equal(expected, MutualInformation.Of([x1, x2], [y1, y2], 4).Nats, .06);
        Assert.Equal(MutualInformation.Of(x1, y1).Nats, MutualInformation.Of([x1], [y1]).Nats);
    }

    [Fact]
    public void Order_AndMonotoneScaleOfBothDoNotMatter()
    {
        Assert.Equal(MutualInformation.Of(P, Q).Nats, MutualInformation.Of(Q, P).Nats, 1e-12);
        Assert.Equal(
            MutualInformation.Of(P, Q).Nats,
            MutualInformation.Of(P.Select(v => 8 * v).ToArray(), Q.Select(v => 8 * v).ToArray()).Nats, 1e-12);
    }

    [Fact]
    public void Independence_IsTestedByPermutation()
    {
        var options = new PermutationOptions { Permutations = 99, Seed = 1 };
        double P(double[] x, double[] y) => PermutationTest.Association(
            x, y, "mutual information", (a, b) => MutualInformation.Of(a, b).Nats, options: options).PValue;
        double[] x = Fixture.Normals(200, 1), noise = Fixture.Normals(200, 2);
        Assert.Equal(.01, P(x, x.Zip(noise, (a, e) => a * a + .3 * e).ToArray()));
        Assert.True(P(x, noise) > .05);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => MutualInformation.Of([1, 2, 3], [1, 2, 3]), "x has 3 values", "4");
        Fixture.Says<ArgumentException>(() => MutualInformation.Of(P, Q[1..]), "x has 60 values and y has 59");
        Fixture.Says<ArgumentException>(() => MutualInformation.Of(P, Q, 0), "neighbours is 0");
        Fixture.Says<ArgumentException>(
            () => MutualInformation.Of(new double[9], new double[9]), "Pair 0 of x and y is there more than 3 times");
        Fixture.Says<ArgumentException>(() => MutualInformation.Of(P, Q, 3, (NeighbourEstimator)5), "estimator is 5");
        Fixture.Says<ArgumentException>(() => MutualInformation.Of([P], [Q[1..]]), "x has 60 rows and y has 59");
    }

    private static (double[] X, double[] Y) Pair(int count, double rho, ulong seed = 5)
    {
        double[] x = Fixture.Normals(count, seed), e = Fixture.Normals(count, seed + 1);
        return (x, x.Zip(e, (a, b) => rho * a + Math.Sqrt(1 - rho * rho) * b).ToArray());
    }
}
