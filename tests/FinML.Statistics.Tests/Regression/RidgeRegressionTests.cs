namespace FinML.Statistics.Tests;

/// <summary>Golden values: R 4.2, MASS::lm.ridge on longley, make_regression.R.</summary>
public class RidgeRegressionTests
{
    private static readonly double[] Y = Fixture.Column("longley.csv", "Employed");

    private static readonly DesignMatrix X = Samples.Columns(
        "longley.csv", "GNP.deflator", "GNP", "Unemployed", "Armed.Forces", "Population", "Year");

    [Theory]
    [InlineData(0.1, 0.24227331916445685, -952.42907336624182, 0.061364027815381569, 0.011632472073602511,
        -0.011788101717701083, -0.0065749187427687709, 0.007474159739541051, 0.51757336937280884)]
    [InlineData(2, 0.43935572601636386, -351.51727923788337, 0.082228045738508809, 0.01045061867160919,
        -0.0060317001164706709, -0.00091572129099235519, 0.11937964196709928, 0.20085357657507691)]
    public void GivenPenalty_MatchesMass(double lambda, double crossValidation, params double[] coefficients)
    {
        RidgeRegression fit = RidgeRegression.Fit(Y, X, lambda);
        for (int j = 0; j < coefficients.Length; j++)
            Fixture.Near(coefficients[j], fit.Coefficients[j], 1e-9);
        Fixture.Near(crossValidation, fit.CrossValidation, 1e-9);
    }

    [Fact]
    public void CrossValidation_FindsTheMinimum()
    {
        RidgeRegression fit = RidgeRegression.FitByCrossValidation(Y, X);
        Fixture.Near(0.0031956249101104898, fit.Lambda, 1e-5); // flat at the minimum: R's optimize is no closer
        Fixture.Near(0.15768193178764681, fit.CrossValidation, 1e-11);
    }

    [Fact]
    public void TinyPenalty_IsLeastSquares_AndAHugeOneTheMean()
    {
        LinearRegression plain = LinearRegression.Fit(Y, X.WithIntercept());
        RidgeRegression small = RidgeRegression.Fit(Y, X, 1e-11), large = RidgeRegression.Fit(Y, X, 1e12);
        for (int j = 0; j < plain.Coefficients.Count; j++)
            Fixture.Near(plain.Coefficients[j], small.Coefficients[j], 1e-5);
        Assert.Equal(7, small.EffectiveParameters, 1e-6);
        Assert.Equal(1, large.EffectiveParameters, 1e-6);
        Fixture.Near(Moments.Of(Y).Mean, large.Coefficients[0], 1e-6);
    }

    // Two equal columns share the weight; four columns in three rows have a solution.
    [Fact]
    public void CollinearAndWideDesigns_AreFitted()
    {
        double[] x = Fixture.Normals(20, 1), y = Fixture.Normals(20, 2);
        RidgeRegression twins = RidgeRegression.Fit(y, DesignMatrix.Of(("a", x), ("b", x)), 1);
        Fixture.Near(twins.Coefficient("a"), twins.Coefficient("b"), 1e-10);
        RidgeRegression wide = RidgeRegression.Fit([1, 2, 4], DesignMatrix.Of(
            ("a", [1, 2, 3]), ("b", [2, 1, 0]), ("c", [0, 0, 1]), ("d", [5, 3, 9])), 0.5);
        Assert.Equal(0, wide.Residuals.Sum(), 1e-12);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        double[] x = Fixture.Normals(20, 1), y = Fixture.Normals(20, 2);
        DesignMatrix design = DesignMatrix.Of(("x", x));
        Fixture.Says<ArgumentOutOfRangeException>(() => RidgeRegression.Fit(y, design, 0), "lambda is 0");
        Fixture.Says<ArgumentException>(() => RidgeRegression.Fit(y, design.WithIntercept(), 1), "(Intercept)");
        Fixture.Says<ArgumentException>(() => RidgeRegression.Fit(y[..19], design, 1), "19 values", "20 rows");
        Fixture.Says<ArgumentException>(
            () => RidgeRegression.Fit(y, DesignMatrix.Of(("x", x), ("zero", new double[20])), 1), "'zero'", "constant");
    }
}
