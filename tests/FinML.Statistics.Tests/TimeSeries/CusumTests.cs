namespace FinML.Statistics.Tests;

// Numbers from Golden/make_structure.R (strucchange) unless said otherwise.
public class CusumTests
{
    private static readonly double[] Mpg =
    [
        21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4,
        33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4,
    ];

    private static readonly double[] Weight =
    [
        2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2,
        1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78,
    ];

    private static readonly double[] Power =
    [
        110, 110, 93, 110, 175, 105, 245, 62, 95, 123, 123, 180, 180, 180, 205, 215, 230, 66, 52, 65, 97, 150, 150, 245,
        175, 66, 91, 113, 264, 175, 335, 109,
    ];

    private static DesignMatrix Cars => DesignMatrix.Of(("wt", Weight), ("hp", Power)).WithIntercept();

    [Fact]
    public void Nile_MatchesStrucchange()
    {
        DesignMatrix mean = DesignMatrix.Intercept(100);
        CusumTest recursive = CusumTest.Recursive(Fixture.Nile, mean), ols = CusumTest.LeastSquares(Fixture.Nile, mean);
        Fixture.Near(2.066920888903, recursive.Statistic, 1e-11);
        Fixture.Near(7.486883768504e-08, recursive.PValue, 1e-8);
        Fixture.Near(2.951766102663, ols.Statistic, 1e-11);
        Fixture.Near(5.408553460651e-08, ols.PValue, 1e-8);

        // The dam at Aswan: the process turns after 1898, the 28th year.
        int turn = Enumerable.Range(0, 101).MaxBy(t => Math.Abs(ols.Process[t]));
        Assert.Equal(28, turn);
        Assert.Equal(100, recursive.Process.Count);
    }

    [Fact]
    public void Regression_MatchesStrucchange()
    {
        CusumTest recursive = CusumTest.Recursive(Mpg, Cars), ols = CusumTest.LeastSquares(Mpg, Cars);
        Fixture.Near(0.5154433391945, recursive.Statistic, 1e-9);
        Fixture.Near(0.5915038176346, recursive.PValue, 1e-9);
        Fixture.Near(0.760405960501, ols.Statistic, 1e-11);
        Fixture.Near(0.6096793713319, ols.PValue, 1e-10);
        double[] w = CusumTest.RecursiveResiduals(Mpg, Cars);
        Fixture.Near(0.1394971664926, w[0], 1e-9);
        Fixture.Near(-1.539860185505, w[3], 1e-9);
        Assert.Equal(29, w.Length);
    }

    // strucchange: Fstats(y ~ x, from = .15); its p-values are Hansen's (1997) fit to simulations.
    [Fact]
    public void QuandtAndrews_MatchesStrucchange()
    {
        QuandtAndrews nile = QuandtAndrews.Test(Fixture.Nile, DesignMatrix.Intercept(100));
        Fixture.Near(75.92976942749, nile.Statistic, 1e-9);
        Assert.Equal(28, nile.Break);
        Assert.InRange(nile.PValue, 0, 1e-14);
        QuandtAndrews hormone = QuandtAndrews.Test(Fixture.Lh, DesignMatrix.Intercept(48));
        Fixture.Near(21.81682322049, hormone.Statistic, 1e-10);
        Assert.Equal((39, 35), (hormone.Break, hormone.Statistics.Count));
        Assert.InRange(hormone.PValue, 8e-5, 1.3e-4); // Hansen's fit: 9.4e-5
        QuandtAndrews cars = QuandtAndrews.Test(Mpg, Cars);
        Fixture.Near(10.60016110807, cars.Statistic, 1e-8);
        Assert.Equal(17, cars.Break);
        Assert.Equal(0.189, cars.PValue, 0.04);
    }

    // strucchange's pvalue.Fstats, trimming .15: Hansen's (1997) fit to simulations.
    [Theory]
    [InlineData(1, 7.17, 0.09583929498651)]
    [InlineData(1, 8.85, 0.04477114474195)]
    [InlineData(1, 12.35, 0.008780555120279)]
    [InlineData(2, 10, 0.09467801078694)]
    [InlineData(2, 12, 0.04157155372539)]
    [InlineData(2, 16, 0.007279160212654)]
    public void QuandtAndrews_HasHansensProbabilities(int coefficients, double statistic, double p) =>
        Fixture.Near(p, QuandtAndrews.Tail(statistic, coefficients, 0.15), 0.2);

    // Brown, Durbin and Evans: the squares of the recursive residuals sum to those of the whole regression's.
    [Fact]
    public void RecursiveResiduals_HaveTheSumOfSquaresOfTheRegression() => Fixture.Near(
        LinearRegression.Fit(Mpg, Cars).ResidualSumOfSquares,
        CusumTest.RecursiveResiduals(Mpg, Cars).Sum(w => w * w), 1e-10);

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(
            () => CusumTest.Recursive(Mpg, DesignMatrix.Of(("late", [0, 0, .. Weight[2..]])).WithIntercept()), "late");
        Fixture.Says<ArgumentException>(() => CusumTest.LeastSquares(Mpg[1..], Cars), "31 values", "32 rows");
        Fixture.Says<ArgumentException>(
            () => CusumTest.Recursive([1, 2], DesignMatrix.Intercept(2)), "number of rows is 2", "from 3");
        Fixture.Says<ArgumentException>(
            () => CusumTest.LeastSquares(Weight, DesignMatrix.Of(("w", Weight)).WithIntercept()), "last digit");
        Fixture.Says<ArgumentException>(
            () => QuandtAndrews.Test(Fixture.Nile, DesignMatrix.Intercept(100), 0.5), "trimming is 0.5");
        Fixture.Says<ArgumentException>(
            () => QuandtAndrews.Test([1, 2, 4], DesignMatrix.Intercept(3)), "3 rows", "at least 4");
        Fixture.Says<ArgumentException>(() => CusumTest.Recursive(new double[20], DesignMatrix.Intercept(20)), "vary");
    }
}
