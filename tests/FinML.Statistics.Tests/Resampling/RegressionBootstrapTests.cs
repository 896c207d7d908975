namespace FinML.Statistics.Tests;

public class RegressionBootstrapTests
{
    private const int Count = 60;

    private static readonly double[] X = Fixture.Normals(Count, 31);

    private static DesignMatrix Design => DesignMatrix.Of(("x", X)).WithIntercept();

    [Theory]
    [InlineData(WildWeights.Rademacher)]
    [InlineData(WildWeights.Mammen)]
    public void Wild_HasTheRobustErrorAndItsSpread(WildWeights weights)
    {
        double[] y = Heteroscedastic(1, 1);
        LinearRegression hc1 = LinearRegression.Fit(y, Design, CovarianceEstimator.HC1);
        RegressionBootstrap wild = RegressionBootstrap.Wild(y, Design, "x", 1, weights, new() { Replicates = 4999 });
        Fixture.Near(hc1.Coefficients[1], wild.Estimate, 1e-12);
        Fixture.Near(hc1.StandardErrors[1], wild.StandardError, 1e-10);
        Assert.InRange(wild.PValue, .05, 1);
        Assert.True(wild.Lower < 1 && wild.Upper > 1);
        double width = (wild.Upper - wild.Lower) / (2 * 2.0017 * wild.StandardError); // t(58) at .975
        Assert.InRange(width, .8, 1.6);
    }

    /// <summary>A mean of eight values by all 2^8 signs: the p-value of the sign-flip test of R's sleep is 4 / 1024;
    /// here the t-statistic orders flips as the mean does, so that p nears the exact one.</summary>
    [Fact]
    public void Wild_OfAMean_NearsTheExactSignFlips()
    {
        double[] sleep = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, .8, 4.6, 1.4]; // differences of the two drugs
        RegressionBootstrap wild = RegressionBootstrap.Wild(
            sleep, DesignMatrix.Intercept(10), DesignMatrix.InterceptName, options: new() { Replicates = 40_000 });
        Fixture.Near(1.58, wild.Estimate, 1e-12);
        Assert.InRange(wild.PValue, 4 / 1024.0 - 4 * wild.MonteCarloError, 4 / 1024.0 + 4 * wild.MonteCarloError);
    }

    // Normal errors of one variance: t* of the residual bootstrap is nearly Student's.
    [Fact]
    public void Residual_OfNormalErrors_IsTheClassicalTest()
    {
        double[] y = [.. X.Zip(Fixture.Normals(Count, 32), (x, e) => 2 + .3 * x + e)];
        LinearRegression fit = LinearRegression.Fit(y, Design);
        RegressionBootstrap boot = RegressionBootstrap.Residual(y, Design, "x", options: new() { Replicates = 19_999 });
        Fixture.Near(fit.StandardErrors[1], boot.StandardError, 1e-10);
        Assert.Equal(fit.PValues[1], boot.PValue, .01);
        Fixture.Near(2 * 2.0017 * boot.StandardError, boot.Upper - boot.Lower, .08);
    }

    // Over equidistant words (an odd step, so that the lowest bit varies too): mean 0, variance 1, and the third
    // moment.
    [Theory]
    [InlineData(WildWeights.Rademacher, 0)]
    [InlineData(WildWeights.Mammen, 1)]
    public void Factors_HaveTheirMoments(WildWeights weights, double third)
    {
        double[] factors = [.. Enumerable.Range(0, 100_000).Select(
            i => RegressionBootstrap.Factor(weights, (uint)(42949 * (long)i + 7)))];
        Assert.Equal(0, factors.Average(), 1e-3);
        Assert.Equal(1, factors.Average(v => v * v), 1e-3);
        Assert.Equal(third, factors.Average(v => v * v * v), 2e-3);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Threads_DoNotChangeABit(int threads)
    {
        double[] y = Heteroscedastic(1, 1);
        var options = new BootstrapOptions { Replicates = 1999, Seed = 6, MaxThreads = 1 };
        Assert.Equal(
            RegressionBootstrap.Wild(y, Design, "x", 1, options: options),
            RegressionBootstrap.Wild(y, Design, "x", 1, options: options with { MaxThreads = threads }));
    }

    /// <summary>30 rows, two of them with a regressor five standard deviations out and the largest errors there: HC1's
    /// t-test of a true null rejects far too often, the wild bootstrap about as often as it says. 600 samples, Monte
    /// Carlo error .9 per cent.</summary>
    [Fact]
    public void Wild_KeepsItsSize_WhereTheRobustTestDoesNot()
    {
        int wild = 0, robust = 0;
        double[] x = Fixture.Normals(30, 5);
        (x[3], x[17]) = (4, 5);
        DesignMatrix design = DesignMatrix.Of(("x", x)).WithIntercept();
        for (int i = 0; i < 600; i++)
        {
            double[] y = [.. x.Zip(Fixture.Normals(30, (ulong)(7000 + i)), (v, e) => (.5 + Math.Abs(v)) * e)];
            wild += RegressionBootstrap.Wild(
                y, design, "x", options: new() { Replicates = 199, MaxThreads = 1 }).PValue <= .05 ? 1 : 0;
            robust += LinearRegression.Fit(y, design, CovarianceEstimator.HC1).PValues[1] <= .05 ? 1 : 0;
        }

        Assert.InRange(wild / 600.0, .02, .085);
        Assert.True(robust > wild + 40, $"{robust} against {wild}");
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => RegressionBootstrap.Wild(X, Design, "z"), "no column 'z'");
        Fixture.Says<ArgumentException>(
            () => RegressionBootstrap.Wild(X[1..], Design, "x"), "59 values", "60 rows");
        Fixture.Says<ArgumentException>(
            () => RegressionBootstrap.Wild(X, Design, "x", double.NaN), "nullValue is NaN");
        Fixture.Says<ArgumentException>(
            () => RegressionBootstrap.Wild(X, Design, "x", weights: (WildWeights)9), "weights is 9");
        Fixture.Says<ArgumentException>(
            () => RegressionBootstrap.Residual(
                [1, 2, 3, 4], DesignMatrix.Of(("a", [0, 0, 0, 0])), "a"), "a");
    }

    private static double[] Heteroscedastic(double slope, ulong seed) =>
        [.. X.Zip(Fixture.Normals(Count, seed + 40), (x, e) => 1 + slope * x + (.3 + Math.Abs(x)) * e)];
}
