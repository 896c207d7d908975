namespace FinML.Statistics.Tests;

/// <summary>Golden values: R 4.2, make_regression.R.</summary>
public class LinearRegressionTests
{
    [Fact]
    public void OrdinaryLeastSquares_MatchesR()
    {
        LinearRegression fit = Samples.Investment(CovarianceEstimator.Classical);
        double[] b = [-12.533600590911933, 0.16913645418217141, -1.0014380134234373];
        double[] p = [0.62178390634555525, 3.8691434628731035e-07, 0.67808967209034554];
        for (int j = 0; j < 3; j++)
        {
            Fixture.Near(b[j], fit.Coefficients[j], 1e-11);
            Fixture.Near(p[j], fit.PValues[j], 1e-9);
        }

        Fixture.Near(0.81406191563029062, fit.RSquared, 1e-13);
        Fixture.Near(0.79081965508407692, fit.AdjustedRSquared, 1e-13);
        Fixture.Near(35.025074863593964, fit.Overall!.Statistic, 1e-12);
        Fixture.Near(17.209419965123683, fit.ResidualStandardDeviation, 1e-12);
        Assert.Equal(16, fit.DegreesOfFreedom);
        Fixture.Near(fit.Overall.Statistic, fit.Wald("RealGNP", "RealInt").Statistic, 1e-10);
    }

    [Fact]
    public void WeightedLeastSquares_MatchesR()
    {
        double[] weights = [.. Enumerable.Range(2, 19).Select(i => (double)i)];
        (double[] y, DesignMatrix x) = Samples.InvestmentData();
        LinearRegression fit = LinearRegression.Fit(y, x, null, weights);
        double[] expected =
            [-33.270419549500801, 0.18584251493281867, -2.9252585822007364,
             38.74146601591233, 0.030327902902939005, 2.5363707527731489];
        double[] got = [.. fit.Coefficients, .. fit.StandardErrors];
        for (int j = 0; j < expected.Length; j++)
            Fixture.Near(expected[j], got[j], 1e-11);
        Fixture.Near(0.7262581444189985, fit.RSquared, 1e-12);
        Fixture.Near(0.69204041247137327, fit.AdjustedRSquared, 1e-12);
        Fixture.Near(21.224613762555439, fit.Overall!.Statistic, 1e-11);
        (CovarianceEstimator, double)[] robust =
        [
            (CovarianceEstimator.HC0, 25.55271128539464),
            (CovarianceEstimator.HC2, 28.437735356603081),
            (CovarianceEstimator.HC3, 31.797821785001016),
        ];
        foreach ((CovarianceEstimator estimator, double error) in robust)
            Fixture.Near(error, LinearRegression.Fit(y, x, estimator, weights).StandardErrors[0], 1e-11);
    }

    // A weight of 2 is the row twice: the same coefficients.
    [Fact]
    public void WeightOfTwo_IsTheRowTwice()
    {
        double[] y = Fixture.Normals(40, 3), x = Fixture.Normals(40, 4), weights = new double[40];
        Array.Fill(weights, 1);
        weights[7] = 2;
        LinearRegression weighted = LinearRegression.Fit(y, DesignMatrix.Of(("x", x)).WithIntercept(), null, weights);
        LinearRegression twice = LinearRegression.Fit(
            [.. y, y[7]], DesignMatrix.Of(("x", [.. x, x[7]])).WithIntercept());
        Fixture.Near(twice.Coefficient("x"), weighted.Coefficient("x"), 1e-12);
        Fixture.Near(twice.RSquared, weighted.RSquared, 1e-12);
    }

    // Without an intercept, R-squared is measured from 0: lm(y ~ x - 1).
    [Fact]
    public void NoIntercept_MeasuresFromZero()
    {
        LinearRegression fit = LinearRegression.Fit([130, 131, 132, 133], DesignMatrix.Of(("x", [60, 61, 62, 63])));
        double sum = fit.Residuals.Sum(r => r * r), total = 130 * 130 + 131 * 131 + 132 * 132 + 133 * 133;
        Assert.Equal(1 - sum / total, fit.RSquared, 1e-15);
        Assert.Equal(1, fit.Overall!.Restrictions);
    }

    [Fact]
    public void InterceptAlone_IsTheMean()
    {
        double[] y = Fixture.Normals(50, 1);
        LinearRegression fit = LinearRegression.Fit(y, DesignMatrix.Intercept(50), CovarianceEstimator.NeweyWest(3));
        Fixture.Near(Moments.Of(y).Mean, fit.Coefficients[0], 1e-12);
        Fixture.Near(LongRunVariance.NeweyWest(y, 3).StandardErrorOfMean, fit.StandardErrors[0], 1e-11);
        Assert.Equal(0, fit.RSquared);
        Assert.Null(fit.Overall);
    }

    // Units do not matter, however far apart: powers of two scale the coefficients and nothing else.
    [Theory]
    [InlineData(-900)]
    [InlineData(900)]
    public void Scale_OfAColumn_ScalesItsCoefficient(int exponent)
    {
        double[] y = Fixture.Normals(40, 1), x = Fixture.Normals(40, 2);
        LinearRegression plain = LinearRegression.Fit(y, DesignMatrix.Of(("x", x)).WithIntercept());
        LinearRegression scaled = LinearRegression.Fit(
            y, DesignMatrix.Of(("x", Array.ConvertAll(x, v => Math.ScaleB(v, exponent)))).WithIntercept());
        Assert.Equal(plain.Coefficients[1], Math.ScaleB(scaled.Coefficients[1], exponent));
        Assert.Equal(plain.Coefficients[0], scaled.Coefficients[0]);
    }

    // All digits of y = 1 + x + ... + x^5 at 0, ..., 20 (NIST's Wampler1): the fit is exact.
    [Fact]
    public void APolynomial_IsFoundExactly()
    {
        double[] x = [.. Enumerable.Range(0, 21).Select(i => (double)i)];
        DesignMatrix powers = DesignMatrix.Of(
            [.. Enumerable.Range(1, 5).Select(p => ($"x^{p}", Array.ConvertAll(x, v => Math.Pow(v, p))))])
            .WithIntercept();
        double[] y = Array.ConvertAll(x, v => 1 + v + v * v + v * v * v + Math.Pow(v, 4) + Math.Pow(v, 5));
        LinearRegression fit = LinearRegression.Fit(y, powers);
        Assert.All(fit.Coefficients, b => Assert.Equal(1, b, 1e-12));
        Assert.All(fit.StandardErrors, error => Assert.Equal(0, error, 1e-9));
    }

    [Fact]
    public void Interval_IsStudents()
    {
        LinearRegression fit = Samples.Investment(CovarianceEstimator.Classical);
        (double lower, double upper) = fit.Interval("RealGNP"); // R: confint
        Fixture.Near(0.16913645418217141 - 2.1199052992210112 * 0.020566450822724205, lower, 1e-9);
        Fixture.Near(0.16913645418217141 + 2.1199052992210112 * 0.020566450822724205, upper, 1e-9);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        double[] x = Fixture.Normals(20, 1), y = Fixture.Normals(20, 2);
        double[] sum = [.. x.Zip(y, (a, b) => a + b)];
        DesignMatrix design = DesignMatrix.Of(("x", x)).WithIntercept();
        Fixture.Says<ArgumentException>(
            () => LinearRegression.Fit(y, DesignMatrix.Of(("x", x), ("y", y), ("sum", sum)).WithIntercept()),
            "'sum'", "linear combination of 'x', 'y'");
        Fixture.Says<ArgumentException>(
            () => LinearRegression.Fit(y, DesignMatrix.Of(("x", x), ("zero", new double[20]))),
            "'zero'", "0 in all 20");
        Fixture.Says<ArgumentException>(() => LinearRegression.Fit(new double[19], design), "19", "20 rows");
        Fixture.Says<ArgumentException>(() => LinearRegression.Fit(new double[20], design), "constant at 0");
        Fixture.Says<ArgumentException>(() => LinearRegression.Fit([1, 2], design.SelectRows(0, 1)), "2 rows");
        Fixture.Says<ArgumentException>(
            () => LinearRegression.Fit([.. y[..19], double.NaN], design), "NaN at index 19");
        Fixture.Says<ArgumentException>(() => LinearRegression.Fit(y, design, null, new double[20]), "weight", "is 0");
        Fixture.Says<ArgumentException>(() => LinearRegression.Fit(y, design, null, [1, 2]), "2 weights");
        Fixture.Says<ArgumentException>(() => LinearRegression.Fit(y, design).Wald("z"), "'z'", "(Intercept), x");
        Fixture.Says<ArgumentException>(() => LinearRegression.Fit(y, design).Wald(), "empty");
        Fixture.Says<ArgumentOutOfRangeException>(() => LinearRegression.Fit(y, design).Interval("x", 95), "95");
    }

    [Fact]
    public void BadDesign_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => DesignMatrix.Of(), "empty");
        Fixture.Says<ArgumentException>(() => DesignMatrix.Of(("a", [1, 2]), ("a", [1, 2])), "'a'", "name of its own");
        Fixture.Says<ArgumentException>(() => DesignMatrix.Of(("a", [1, 2]), ("b", [1])), "'b' has 1", "'a' has 2");
        Fixture.Says<ArgumentException>(() => DesignMatrix.Of(("a", [1, double.NaN])), "'a'", "NaN at index 1");
        Fixture.Says<ArgumentException>(() => DesignMatrix.Of(("a", [])), "'a'", "0 values");
        Fixture.Says<InvalidOperationException>(() => DesignMatrix.Intercept(3).WithIntercept(), "constant at 1");
        Fixture.Says<ArgumentException>(() => DesignMatrix.Of(("a", [1, 2])).Select("b"), "'b'");
    }
}
