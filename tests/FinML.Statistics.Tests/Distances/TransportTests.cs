namespace FinML.Statistics.Tests;

/// <summary>Wasserstein and Sinkhorn: SciPy, plain scaling in NumPy (make_distances.py), and closed forms.</summary>
public class TransportTests
{
    private static double[] X => KolmogorovSmirnovTests.X;

    private static double[] Y => KolmogorovSmirnovTests.Y;

    [Fact]
    public void Wasserstein_IsSciPys()
    {
        Fixture.Near(.20509115035214864, WassersteinDistance.Of(X, Y), 1e-12);
        double[] weightsX = [.. Enumerable.Range(0, 40).Select(i => 1.0 + i % 5)];
        double[] weightsY = [.. Enumerable.Range(0, 25).Select(i => 1.0 + i % 3)];
        Fixture.Near(.2140305410722011, WassersteinDistance.Of(X, weightsX, Y, weightsY), 1e-12);
    }

    // A shift moves all the mass by it; sizes may differ; equal weights are no weights.
    [Fact]
    public void Wasserstein_HasTheLawsOfADistance()
    {
        double[] shifted = X.Select(v => v + .7).ToArray(), twice = [.. X, .. X];
        Assert.Equal(.7, WassersteinDistance.Of(X, shifted), 1e-12);
        Assert.Equal(0, WassersteinDistance.Of(X, twice), 1e-14);
        Assert.Equal(WassersteinDistance.Of(Y, X), WassersteinDistance.Of(X, Y), 1e-14);
        Assert.True(
            WassersteinDistance.Of(X, Y) <= WassersteinDistance.Of(X, shifted) + WassersteinDistance.Of(shifted, Y));
        double[] ones = [.. Enumerable.Repeat(3.0, 40)];
        double[] tenths = [.. Enumerable.Repeat(.1, 25)];
        Assert.Equal(WassersteinDistance.Of(X, Y), WassersteinDistance.Of(X, ones, Y, tenths), 1e-13);
        Assert.Equal(2.5, WassersteinDistance.Of([0], [1], [2, 4], [3, 1]), 1e-14);
    }

    [Fact]
    public void Sinkhorn_IsPlainScaling()
    {
        var options = new SinkhornOptions { Regularisation = .05, Tolerance = 1e-12 };
        Sinkhorn transport = Sinkhorn.Transport(Costs(X, Y), Ones(40), Ones(25), options);
        Assert.True(transport.HasConverged);
        Fixture.Near(.11982240965283136, transport.EntropicCost, 1e-9);
        Fixture.Near(.080067881536043, transport.TransportCost, 1e-9);
        Assert.True(transport.MarginalError <= 1e-12);
    }

    /// <summary>
    /// Two normal distributions, on a grid that is exact for them. Janati, Muzellec, Peyré and Cuturi (2020): with
    /// epsilon = 2 s^2 and D = sqrt(4 A B + s^4), OT = (m1 - m2)^2 + A + B - D + s^2 (1 - ln(2 s^2)) + s^2 ln(D + s^2).
    /// </summary>
    [Theory]
    [InlineData(1, .5, .8, 2)]
    [InlineData(.1, .5, .8, .3)]
    [InlineData(.1, 1, 1, 0)]
    public void Sinkhorn_OfNormalsIsTheClosedForm(double epsilon, double sd1, double sd2, double shift)
    {
        var options = new SinkhornOptions { Regularisation = epsilon, Tolerance = 1e-11 };
        double[] grid = Enumerable.Range(0, 121).Select(i => -8 + i / 7.5).ToArray();
        double[] a = grid.Select(v => Math.Exp(-v * v / (2 * sd1 * sd1))).ToArray();
        double[] b = grid.Select(v => Math.Exp(-(v - shift) * (v - shift) / (2 * sd2 * sd2))).ToArray();
        SinkhornDivergence divergence = SinkhornDivergence.Of(grid, a, grid, b, options);
        Assert.True(divergence.HasConverged);
        double between = shift * shift + Spread(sd1 * sd1, sd2 * sd2);
        Assert.Equal(between, divergence.Between.EntropicCost, 1e-7);
        double within = Spread(sd1 * sd1, sd1 * sd1) + Spread(sd2 * sd2, sd2 * sd2);
        Assert.Equal(between - within / 2, divergence.Value, 1e-7);
        Assert.True(divergence.Value >= -1e-9);

        double Spread(double varianceA, double varianceB)
        {
            double s = epsilon / 2, d = Math.Sqrt(4 * varianceA * varianceB + s * s);
            return varianceA + varianceB - d + s * (1 - Math.Log(2 * s)) + s * Math.Log(d + s);
        }
    }

    // The limits: squared 2-Wasserstein distance (on the line, sorted pairs) and squared distance of the means.
    [Fact]
    public void Divergence_HasItsLimits()
    {
        double[] x = Fixture.Normals(20, 1), y = Fixture.Normals(20, 2).Select(v => 2 * v + 1).ToArray();
        double[] sortedX = x.Order().ToArray(), sortedY = y.Order().ToArray();
        double squared = sortedX.Zip(sortedY, (a, b) => (a - b) * (a - b)).Average();
        Sinkhorn sharp = Sinkhorn.Transport(
            Costs(x, y), Ones(20), Ones(20), new() { Regularisation = .005, Tolerance = 1e-4 });
        Fixture.Near(squared, sharp.TransportCost, .01);
        double means = Math.Pow(x.Average() - y.Average(), 2);
        SinkhornDivergence blurred = SinkhornDivergence.Of(x, y, new() { Regularisation = 1e5 });
        Fixture.Near(means, blurred.Value, 1e-3);
        Assert.Equal(0, SinkhornDivergence.Of(x, x, new() { Regularisation = .1 }).Value, 1e-7);
    }

    // Planes: the divergence does not depend on the axes, and a shift along one is seen.
    [Fact]
    public void Divergence_OfVectorsSeesAShift()
    {
        double[][] x = [Fixture.Normals(60, 1), Fixture.Normals(60, 2)];
        double[][] shifted = [x[0], x[1].Select(v => v + 1.5).ToArray()];
        var options = new SinkhornOptions { Regularisation = .5 };
        double value = SinkhornDivergence.Of(x, shifted, options).Value;
        Fixture.Near(2.25, value, 1e-6); // a pure translation costs its squared length
        Assert.Equal(value, SinkhornDivergence.Of([x[1], x[0]], [shifted[1], shifted[0]], options).Value, 1e-9);
    }

    [Fact]
    public void Sinkhorn_SaysThatItDidNotConverge()
    {
        Sinkhorn transport = Sinkhorn.Transport(
            Costs(X, Y), Ones(40), Ones(25), new() { Regularisation = .001, MaximumIterations = 2 });
        Assert.False(transport.HasConverged);
        Assert.Equal(2, transport.Iterations);
        Assert.True(transport.MarginalError > 1e-9);
        Assert.True(double.IsFinite(transport.EntropicCost));
    }

    [Fact]
    public void Sinkhorn_LeavesPointsWithoutWeightAlone()
    {
        var options = new SinkhornOptions { Regularisation = .05, Tolerance = 1e-11 };
        double[,] cost = Costs([.. X, 50], Y);
        Sinkhorn transport = Sinkhorn.Transport(cost, [.. Ones(40), 0], Ones(25), options);
        Fixture.Near(.11982240965283136, transport.EntropicCost, 1e-8);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        var options = new SinkhornOptions { Regularisation = 1 };
        Fixture.Says<ArgumentException>(() => WassersteinDistance.Of([], X), "first has 0 values");
        Fixture.Says<ArgumentException>(
            () => WassersteinDistance.Of([1], [-1], [1], [1]), "firstWeights is -1 at index 0");
        Fixture.Says<ArgumentException>(() => WassersteinDistance.Of([1], [0], [1], [1]), "have the sum 0");
        Fixture.Says<ArgumentException>(() => WassersteinDistance.Of([1, 2], [1], [1], [1]), "first has 2 values");
        Fixture.Says<ArgumentException>(
            () => Sinkhorn.Transport(new double[2, 3], [1, 1], [1, 1], options), "cost is 2 x 3 for 2 and 2 weights");
        Fixture.Says<ArgumentException>(
            () => Sinkhorn.Transport(new double[,] { { double.NaN } }, [1], [1], options), "cost is NaN at index 0");
        Fixture.Says<ArgumentException>(
            () => Sinkhorn.Transport(new double[,] { { 1 } }, [1], [1], new() { Regularisation = 0 }),
            "Regularisation is 0");
        Fixture.Says<ArgumentException>(
            () => SinkhornDivergence.Of([X], [X, X], options), "first has 1 columns and second has 2");
        Fixture.Says<ArgumentException>(
            () => SinkhornDivergence.Of([X, X[1..]], [X, X], options), "Column 1 of first has 39 values");
        Fixture.Says<ArgumentException>(
            () => SinkhornDivergence.Of(Array.Empty<double[]>(), [X], options), "first has 0 columns");
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    private static double[,] Costs(double[] x, double[] y)
    {
        var cost = new double[x.Length, y.Length];
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < y.Length; j++)
                cost[i, j] = (x[i] - y[j]) * (x[i] - y[j]);
        }

        return cost;
    }
}
