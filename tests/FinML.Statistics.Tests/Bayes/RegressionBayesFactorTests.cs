namespace FinML.Statistics.Tests;

public class RegressionBayesFactorTests
{
    internal static DesignMatrix Attitude(params string[] names) =>
        DesignMatrix.Of([.. names.Select(name => (name, Fixture.Column("attitude.csv", name)))]);

    internal static double[] Rating => Fixture.Column("attitude.csv", "rating");

    // BayesFactor 0.9.12: regressionBF(rating ~ ., attitude), whose quadrature is good to 1e-6 or so.
    [Theory]
    [InlineData("complaints")]
    [InlineData("complaints + learning")]
    [InlineData("learning + raises + advance")]
    [InlineData("complaints + privileges + learning + raises + critical + advance")]
    public void RouderMorey_AgreesWithBayesFactor(string model)
    {
        BayesFactor factor = RegressionBayesFactor.Of(Rating, Attitude(model.Split(" + ")));
        Fixture.Near(Fixture.Golden("bayes.csv", $"attitude: {model}"), factor.Value, 2e-6);
        Assert.InRange(factor.RelativeError, 0, 1e-9);
    }

    // BayesFactor's tests: the logarithm for N = 30, p = 3, R^2 = .6932.
    [Fact]
    public void RSquared_AgreesWithBayesFactor() =>
        Assert.Equal(10.0741029779345, RegressionBayesFactor.OfRSquared(.6932, 30, 3).Log, 1e-7);

    /// <summary>With one dichotomous predictor, of balanced groups, the regression is the two-sample t-test: the effect
    /// size is twice the standardised slope, and so is the scale of its prior.</summary>
    [Fact]
    public void OneDichotomousPredictor_IsTheTTest()
    {
        double[] first = [.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2];
        double[] second = [1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        double[] group = [.. Enumerable.Range(0, 20).Select(i => i < 10 ? 0.0 : 1)];
        BayesFactor regression = RegressionBayesFactor.Of([.. first, .. second], DesignMatrix.Of(("group", group)));
        Assert.Equal(JzsTTest.TwoSample(first, second).BayesFactor.Log, regression.Log, 1e-10);
    }

    /// <summary>Liang et al. (2008), equation 17: (a - 2) / (p + a - 2) 2F1((n - 1) / 2, 1; (p + a) / 2;
    /// R^2).</summary>
    [Theory]
    [InlineData(.3, 50, 2, 3)]
    [InlineData(.9, 40, 6, 4)]
    [InlineData(.01, 1000, 1, 2.5)]
    public void HyperG_HasItsClosedForm(double r2, int n, int p, double a)
    {
        double sum = 1, term = 1;
        for (int k = 0; term > 1e-17 * sum; k++)
        {
            term *= ((n - 1) / 2.0 + k) / ((p + a) / 2 + k) * r2;
            sum += term;
        }

        double log = Math.Log((a - 2) / (p + a - 2) * sum);
        Assert.Equal(log, RegressionBayesFactor.OfRSquared(r2, n, p, new HyperGPrior(a)).Log, 1e-10);
    }

    [Fact]
    public void FixedG_HasItsClosedForm()
    {
        BayesFactor factor = RegressionBayesFactor.OfRSquared(.4, 60, 4, FixedGPrior.UnitInformation(60));
        Assert.Equal(.5 * (55 * Math.Log(61) - 59 * Math.Log(1 + 60 * .6)), factor.Log, 1e-11);
        Assert.Equal(400, FixedGPrior.Benchmark(60, 20).G);
        Assert.Equal(60, FixedGPrior.Benchmark(60, 5).G);
    }

    /// <summary>Hyper-g with g / n in the place of g: at n = 1 they would be the same, and a scale that goes up as n
    /// makes the evidence of no effect grow, which the hyper-g prior does not do (Liang et al. 2008, theorem
    /// 4).</summary>
    [Fact]
    public void WithoutAnEffect_HyperGStands_AndHyperGOverNGrows()
    {
        double few = RegressionBayesFactor.OfRSquared(0, 100, 1, new HyperGPrior()).Log;
        double many = RegressionBayesFactor.OfRSquared(0, 1_000_000, 1, new HyperGPrior()).Log;
        Assert.Equal(Math.Log(.5), few, 1e-10); // the integral of (1 + g)^(-1/2) (1 + g)^(-3/2) / 2
        Assert.Equal(few, many, 1e-10);
        few = RegressionBayesFactor.OfRSquared(0, 100, 1, new HyperGOverNPrior()).Log;
        many = RegressionBayesFactor.OfRSquared(0, 1_000_000, 1, new HyperGOverNPrior()).Log;
        Assert.InRange(few - many, 3, 5); // about half of log 10,000
    }

    /// <summary>As R^2 goes to 1 the evidence of the mixtures goes to infinity, that of a fixed g does not.</summary>
    [Fact]
    public void InformationParadox_IsOfFixedGOnly()
    {
        double bound = .5 * (20 - 1 - 3) * Math.Log(21);
        Assert.InRange(
            RegressionBayesFactor.OfRSquared(1 - 1e-12, 20, 3, new FixedGPrior(20)).Log, bound - 1e-6, bound);
        foreach (GPrior prior in (GPrior[])[new HyperGPrior(), new HyperGOverNPrior(), ZellnerSiowPrior.Unit])
            Assert.True(RegressionBayesFactor.OfRSquared(1 - 1e-12, 20, 3, prior).Log > 2 * bound, prior.Name);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        double[] x = [1, 2, 3, 4, 5, 6.5], y = [2, 1, 4, 3, 6, 5];
        Fixture.Says<ArgumentException>(() => RegressionBayesFactor.OfRSquared(1, 30, 3), "rSquared is 1", "below 1");
        Fixture.Says<ArgumentException>(() => RegressionBayesFactor.OfRSquared(.5, 30, 0), "predictors is 0");
        Fixture.Says<ArgumentException>(() => RegressionBayesFactor.OfRSquared(.5, 4, 3), "count is 4", "5 or more");
        Fixture.Says<ArgumentException>(
            () => RegressionBayesFactor.Of([1, 1, 1, 1, 1, 1], DesignMatrix.Of(("x", x))), "y is constant at 1");
        Fixture.Says<ArgumentException>(
            () => RegressionBayesFactor.Of(x, DesignMatrix.Of(("x", x))), "fits y without error");
        Fixture.Says<ArgumentException>(
            () => RegressionBayesFactor.Of(y, DesignMatrix.Of(("x", x), ("twice", [.. x.Select(v => 2 * v)]))),
            "'twice' is a linear combination");
        Fixture.Says<ArgumentException>(() => RegressionBayesFactor.Of([1, 2], DesignMatrix.Of(("x", x))), "aligned");
        Fixture.Says<ArgumentException>(() => new HyperGPrior(2), "a is 2");
        Fixture.Says<ArgumentException>(() => new HyperGOverNPrior(1), "a is 1");
        Fixture.Says<ArgumentException>(() => new FixedGPrior(0), "g is 0");
        Fixture.Says<ArgumentException>(() => new ZellnerSiowPrior(double.NaN), "scale is NaN");
    }
}
