namespace FinML.Statistics.Tests;

public sealed class GrangerTests
{
    private static (string, double[]) Column(string file, string name) => (name, Fixture.Column(file, name));

    private static (string, double[])[] UnitedStates =>
        [.. new[] { "realgdp", "realcons", "realinv" }.Select(name => Column("us_macro.csv", name))];

    /// <summary>Log differences of West German investment, income and consumption, 1960-1978 (Luetkepohl).</summary>
    private static (string, double[])[] WestGermany =>
    [
        .. new[] { "invest", "income", "cons" }.Select(name =>
        {
            double[] level = Fixture.Column("lutkepohl_e1.csv", name)[..76];
            return (name, level.Skip(1).Select((value, t) => Math.Log(value / level[t])).ToArray());
        }),
    ];

    [Theory]
    [InlineData("chicken", "egg", 0.59162, 0.62379)]
    [InlineData("egg", "chicken", 5.40498, 0.0029664)]
    public void TheEggCameFirst(string predictor, string predicted, double f, double p)
    {
        GrangerTest test = GrangerTest.Of(
            Column("chick_egg.csv", predictor), Column("chick_egg.csv", predicted), lags: 3);
        Assert.Equal(f, test.F, 5e-6); // lmtest::grangertest, printed to 5 and 6 digits
        Assert.Equal(p, test.PValue, 5e-6);
        Assert.Equal((3, 44, CausalClaim.Prediction), (test.Restrictions, test.DegreesOfFreedom, test.Claim));
    }

    [Theory] // JMulTi, macrodata_jmulti_c_granger_causality_*.txt of statsmodels
    [InlineData("realcons", "realgdp,realinv", 11.1446)]
    [InlineData("realcons,realgdp", "realinv", 16.6303)]
    [InlineData("realcons,realinv", "realgdp", 10.6974)]
    [InlineData("realgdp", "realcons,realinv", 3.7090)]
    [InlineData("realgdp,realinv", "realcons", 3.4756)]
    [InlineData("realinv", "realcons,realgdp", 3.6508)]
    public void SystemsHaveJMulTisStatistic(string predictors, string predicted, double f)
    {
        VectorAutoregression model = VectorAutoregression.Fit(UnitedStates, 4);
        GrangerTest test = GrangerTest.Of(model, predictors.Split(','), predicted.Split(','));
        Assert.Equal(f, test.F, 5e-5);
        Assert.Equal(8, test.Restrictions);
        Assert.Equal(predicted.Contains(',') ? 558 : 186, test.DegreesOfFreedom);
    }

    [Fact]
    public void TheOrderOfLuetkepohlsExampleIsHis()
    {
        LagOrder order = LagOrder.Select(WestGermany, 4);
        Assert.Equal((2, 0, 0), (order.Aic, order.HannanQuinn, order.Bic)); // table 4.5 has HQ 0 or 1, here -24.423
        double[] aic = [-24.423046484547704, -24.496973821518342, -24.594169645326204, -24.407640052114431,
            -24.357475936552841];
        for (int p = 0; p <= 4; p++)
            Fixture.Near(aic[p], order.Models[p].Aic, 1e-12);
        Fixture.Near(-24.382915163081591, order.Models[1].HannanQuinn, 1e-12);
        Fixture.Near(-24.020532493400239, order.Models[2].Bic, 1e-12);
    }

    [Fact]
    public void TodaAndYamamotoTestTheFirstLagsOnly()
    {
        (string, double[])[] levels = UnitedStates;
        GrangerTest test = GrangerTest.TodaYamamoto(levels, 4, 1, ["realcons"], ["realgdp"]);
        Assert.Equal((4, 1, 5, 4), (test.Lags, test.SurplusLags, test.Model.Lags, test.Restrictions));

        // The F test of nested regressions by the sums of squares, the surplus lag in both.
        double[] y = levels[0].Item2;
        double full = Sum(VectorAutoregression.Fit(levels, 5).Residuals[0]);
        double[][] x = [.. Enumerable.Range(5, y.Length - 5).Select(t => Enumerable.Range(1, 5).SelectMany(
            lag => levels.Where((_, j) => j != 1 || lag == 5).Select(s => s.Item2[t - lag])).ToArray())];
        double[] beta = MathNet.Numerics.LinearRegression.MultipleRegression.QR(x, y[5..], intercept: true);
        double restricted = x.Select((row, i) =>
            Math.Pow(y[i + 5] - beta[0] - row.Select((v, k) => v * beta[k + 1]).Sum(), 2)).Sum();
        Fixture.Near((restricted - full) / 4 / (full / test.DegreesOfFreedom), test.F, 1e-7);

        static double Sum(IReadOnlyList<double> e) => e.Sum(v => v * v);
    }

    [Fact]
    public void AnExplosiveModelContradictsStationarity()
    {
        double[] explosive = new double[60];
        double[] noise = Fixture.Normals(60, 3);
        for (int t = 1; t < 60; t++)
            explosive[t] = 1.1 * explosive[t - 1] + noise[t];
        ICausalResult result = GrangerTest.Of(("a", Fixture.Normals(60, 4)), ("b", explosive), 1);
        Assert.Contains("stationarity", result.Contradicted);
    }

    [Fact]
    public void BadInputIsNamed()
    {
        double[] a = Fixture.Normals(40, 1), b = Fixture.Normals(40, 2);
        Fixture.Says<ArgumentException>(() => GrangerTest.Of(("a", a), ("b", b[..39]), 1), "39", "40", "aligned");
        Fixture.Says<ArgumentException>(() => GrangerTest.Of(("a", a), ("b", a), 1), "a(t-1)", "combination");
        Fixture.Says<ArgumentException>(() => GrangerTest.Of(("a", a), ("a", b), 1), "one name");
        Fixture.Says<ArgumentException>(() => GrangerTest.Of(("a", a), ("b", new double[40]), 1), "constant");
        Fixture.Says<ArgumentException>(() => GrangerTest.Of(("a", a), ("b", b), 13), "27 regressors", "at least 29");
        Fixture.Says<ArgumentException>(() => GrangerTest.Of(("a", a), ("b", b), 0), "0");
        a[3] = double.NaN;
        Fixture.Says<ArgumentException>(() => GrangerTest.Of(("a", a), ("b", b), 1), "NaN", "index 3");
        VectorAutoregression model = VectorAutoregression.Fit(UnitedStates, 2);
        Fixture.Says<ArgumentException>(() => GrangerTest.Of(model, ["gdp"], ["realcons"]), "'gdp'", "realinv");
        Fixture.Says<ArgumentException>(() => GrangerTest.Of(model, ["realgdp"], ["realgdp"]), "always");
        Fixture.Says<ArgumentException>(() => GrangerTest.Of(model, ["realgdp"], ["realcons"], 2), "2", "0 to 1");
    }
}
