namespace FinML.Statistics.Tests;

/// <summary>Golden values: R 4.2, make_regression.R.</summary>
public class GeneralizedLeastSquaresTests
{
    // nlme: gls(Employed ~ GNP + Population, correlation = corAR1(0.4, fixed = TRUE)).
    [Fact]
    public void KnownCovariance_MatchesNlme()
    {
        double[] y = Fixture.Column("longley.csv", "Employed");
        DesignMatrix x = Samples.Columns("longley.csv", "GNP", "Population").WithIntercept();
        var omega = new double[16, 16];
        for (int i = 0; i < 16; i++)
        {
            for (int j = 0; j < 16; j++)
                omega[i, j] = 7 * Math.Pow(0.4, Math.Abs(i - j)); // the factor does not matter
        }

        GeneralizedLeastSquares fit = GeneralizedLeastSquares.Fit(y, x, omega);
        double[] expected =
            [96.857623619489772, 0.068751733944498794, -0.49537282228534463,
             13.982460772556969, 0.010691059406885807, 0.15350088227676445];
        double[] got = [.. fit.Coefficients, .. fit.StandardErrors];
        for (int j = 0; j < expected.Length; j++)
            Fixture.Near(expected[j], got[j], 1e-9);
        Fixture.Near(0.56089747335698148, fit.ResidualStandardDeviation * Math.Sqrt(7), 1e-9);
        Assert.Null(fit.Autocorrelation);
    }

    [Fact]
    public void Identity_IsLeastSquares()
    {
        double[] y = Fixture.Normals(30, 1);
        DesignMatrix x = DesignMatrix.Of(("x", Fixture.Normals(30, 2))).WithIntercept();
        var identity = new double[30, 30];
        for (int i = 0; i < 30; i++)
            identity[i, i] = 1;
        LinearRegression plain = LinearRegression.Fit(y, x, CovarianceEstimator.HC3);
        GeneralizedLeastSquares fit = GeneralizedLeastSquares.Fit(y, x, identity, CovarianceEstimator.HC3);
        Assert.Equal(plain.Coefficients, fit.Coefficients);
        Assert.Equal(plain.StandardErrors, fit.StandardErrors);
    }

    [Fact]
    public void PraisWinsten_MatchesR()
    {
        (double[] y, DesignMatrix x) = Samples.InvestmentData();
        GeneralizedLeastSquares fit = GeneralizedLeastSquares.FitAr1(y, x);
        double[] expected =
            [0.3008515502153139, -14.85894086727979, 0.17026567224102829, -0.78595915884456768,
             32.292484034867961, 0.026686002590810901, 2.751618976295839];
        double[] got = [fit.Autocorrelation!.Value, .. fit.Coefficients, .. fit.StandardErrors];
        for (int j = 0; j < expected.Length; j++)
            Fixture.Near(expected[j], got[j], 1e-9);
        Assert.True(fit.Converged);
    }

    [Fact]
    public void Ar1Errors_AreWhitened()
    {
        double[] errors = Fixture.Autoregression(2000, 0.7, 5), x = Fixture.Autoregression(2000, 0.7, 6);
        double[] y = [.. x.Zip(errors, (a, e) => 1 + 2 * a + e)];
        GeneralizedLeastSquares fit = GeneralizedLeastSquares.FitAr1(y, DesignMatrix.Of(("x", x)).WithIntercept());
        Assert.Equal(0.7, fit.Autocorrelation!.Value, 0.05);
        Assert.Equal(2, fit.Coefficient("x"), 4 * fit.StandardError("x"));
        Assert.Equal(0, Autocorrelation.At([.. fit.WhitenedResiduals], 1), 0.05);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        double[] y = [1, 2, 4];
        DesignMatrix x = DesignMatrix.Intercept(3);
        Fixture.Says<ArgumentException>(() => GeneralizedLeastSquares.Fit(y, x, new double[2, 2]), "2 by 2", "3 rows");
        Fixture.Says<ArgumentException>(
            () => GeneralizedLeastSquares.Fit(y, x, new double[,] { { 1, 0, 0 }, { .5, 1, 0 }, { 0, 0, 1 } }),
            "symmetric");
        Fixture.Says<ArgumentException>(
            () => GeneralizedLeastSquares.Fit(y, x, new double[,] { { 1, 2, 0 }, { 2, 1, 0 }, { 0, 0, 1 } }),
            "positive definite");
        double[] growth = [.. Enumerable.Range(0, 30).Select(t => Math.Pow(1.5, t))];
        Fixture.Says<ArgumentException>(
            () => GeneralizedLeastSquares.FitAr1(growth, DesignMatrix.Intercept(30)), "between -1 and 1");
    }
}
