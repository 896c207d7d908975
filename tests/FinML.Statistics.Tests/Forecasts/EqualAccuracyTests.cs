namespace FinML.Statistics.Tests;

/// <summary>Diebold-Mariano, Giacomini-White and Clark-West. Golden values: make_forecasts.R.</summary>
public class EqualAccuracyTests
{
    // statsmodels, test_diebold_mariano_test: 15 outcomes and two forecasts.
    internal static readonly double[] Outcomes =
        [0.7905291971644244, 1.3165423213858396, 2.629194824493898, 2.274163381390831, 2.3350897900078773,
         4.309556160533848, 3.2008616600117854, 3.0279620894948263, 2.567645423157318, 0.8342527751292501,
         2.0985671460216464, 3.408247061676925, 2.9699882967078457, 3.6732582708103863, 3.4609292040029644];

    internal static readonly double[] First =
        [0.9824387126880363, 3.347555830856235, 1.8132440948000608, 4.501884323116638, 0.993073450965922,
         0.988116816888287, 3.7834883570834847, 2.498189378576747, 4.8566413245270965, 1.7412497391486617,
         3.4637323882747384, 3.101483832900048, 3.0411384793663037, 3.2500575506493394, 3.199491151189982];

    internal static readonly double[] Second =
        [0.8002551776387801, 2.35554283908294, 2.5017107565163754, 2.9709840260800897, 2.031947528256514,
         2.044069317891979, 1.8690271476061573, 2.541558191277514, 3.0762879697739653, 3.420942734113572,
         3.9529070460967226, 3.036772850400313, 3.898343203105889, 4.397338510819033, 4.699775884928464];

    [Theory]
    [InlineData(1, 1, 1.4609544655443332, 0.14732757053504811, 0.92633621473247596)]
    [InlineData(1, 2, 1.2184155075765799, 0.22608329953645562, 0.88695835023177216)]
    [InlineData(3, 1, 1.4526722887683892, 0.14968052040890811, 0.925159739795546)]
    [InlineData(3, 2, 1.9721773822068072, 0.051560009235979178, 0.97421999538201043)]
    public void DieboldMariano_MatchesForecast(int horizon, int power, double statistic, double p, double less)
    {
        (double[] first, double[] second) = ForecastSamples.NileLosses(horizon, power);
        DieboldMariano test = DieboldMariano.Test(first, second, horizon);
        Fixture.Near(statistic, test.Statistic, 1e-11);
        Fixture.Near(p, test.PValue, 1e-9);
        Fixture.Near(less, DieboldMariano.Test(first, second, horizon, Alternative.Less).PValue, 1e-9);
        Fixture.Near(1 - less, DieboldMariano.Test(first, second, horizon, Alternative.Greater).PValue, 1e-8);
        Fixture.Near(-statistic, DieboldMariano.Test(second, first, horizon).Statistic, 1e-11);
    }

    [Theory]
    [InlineData(2, null, 0.7505739975, 0.4529090749)]
    [InlineData(2, 2, 0.8209841997, 0.4116552682)]
    [InlineData(1, null, 0.4715407519, 0.6372546253)]
    public void DieboldMarianoBartlett_MatchesStatsmodels(int power, int? lags, double statistic, double p)
    {
        double[] Loss(double[] f) => [.. Outcomes.Zip(f, (y, v) => Math.Pow(Math.Abs(y - v), power))];
        DieboldMariano test = DieboldMariano.TestBartlett(Loss(First), Loss(Second), lags);
        Fixture.Near(statistic, test.Statistic, 1e-9);
        Fixture.Near(p, test.PValue, 1e-9);
        Assert.Equal(lags ?? 3, test.Lags);
    }

    [Theory]
    [InlineData(1, 1.9732968027545827, 0.37282415628157528, 1.477081145917968, 0.2242317630903452)]
    [InlineData(3, 2.8463124172893699, 0.24095231969732117, 3.1547663934855112, 0.075705526414663757)]
    public void GiacominiWhite_MatchesR(int horizon, double statistic, double p, double constant, double constantP)
    {
        (double[] first, double[] second) = ForecastSamples.NileLosses(horizon, 2);
        GiacominiWhite conditional = GiacominiWhite.Test(first, second, horizon);
        Fixture.Near(statistic, conditional.Statistic, 1e-10);
        Fixture.Near(p, conditional.PValue, 1e-10);
        Assert.Equal(first.Length - horizon, conditional.Count);
        GiacominiWhite average = GiacominiWhite.Test(first, second, DesignMatrix.Intercept(first.Length), horizon);
        Fixture.Near(constant, average.Statistic, 1e-10);
        Fixture.Near(constantP, average.PValue, 1e-10);
        Fixture.Near(average.MeanDifference, average.Coefficients[0], 1e-10);
    }

    // One constant instrument is Diebold-Mariano without lags, the variance taken from 0.
    [Fact]
    public void GiacominiWhite_WithAConstant_IsDieboldMarianoUncentred()
    {
        (double[] first, double[] second) = ForecastSamples.NileLosses(1, 2);
        DieboldMariano plain = DieboldMariano.TestBartlett(first, second, 0);
        double n = first.Length, centred = plain.StandardError * plain.StandardError * n;
        double uncentred = centred + plain.MeanDifference * plain.MeanDifference;
        Fixture.Near(
            plain.Statistic * plain.Statistic * centred / uncentred,
            GiacominiWhite.Test(first, second, DesignMatrix.Intercept(first.Length)).Statistic, 1e-11);
    }

    [Theory]
    [InlineData(1, 3259.9108602762858, 3.9553699045852609e-07)]
    [InlineData(3, 4339.419367213849, 0.00010393671552696724)]
    public void ClarkWest_MatchesR(int horizon, double error, double p)
    {
        double[] nile = Fixture.Nile;
        int[] times = [.. Enumerable.Range(20, 80)];
        double[] small = Array.ConvertAll(times, t => nile[..t].Average());
        double[] large = Array.ConvertAll(times, t =>
        {
            LinearRegression fit = LinearRegression.Fit(
                nile.AsSpan(1, t - 1), DesignMatrix.Of(("last", nile[..(t - 1)])).WithIntercept());
            return fit.Coefficients[0] + fit.Coefficients[1] * nile[t - 1];
        });
        ClarkWest test = ClarkWest.Test(Array.ConvertAll(times, t => nile[t]), small, large, horizon);
        Fixture.Near(16095.99481070983, test.MeanDifference, 1e-11);
        Fixture.Near(error, test.StandardError, 1e-11);
        Fixture.Near(p, test.PValue, 1e-9);
    }

    // Scores know their loss: the same numbers as from spans, and different losses do not compare.
    [Fact]
    public void Scores_CompareOnlyWithTheirOwnKind()
    {
        ForecastScore first = ForecastScore.SquaredError(Outcomes, First);
        ForecastScore second = ForecastScore.SquaredError(Outcomes, Second);
        Assert.Equal(DieboldMariano.Test(first.Losses, second.Losses), DieboldMariano.Test(first, second));
        Assert.Equal(
            GiacominiWhite.Test(first.Losses, second.Losses).Statistic, GiacominiWhite.Test(first, second).Statistic);
        ForecastScore absolute = ForecastScore.AbsoluteError(Outcomes, Second);
        Fixture.Says<ArgumentException>(
            () => DieboldMariano.Test(first, absolute), "squared error", "absolute error", "same loss");
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        double[] a = Fixture.Normals(20, 1), b = Fixture.Normals(20, 2);
        Fixture.Says<ArgumentException>(() => DieboldMariano.Test(a, b[..19]), "20", "19", "aligned");
        Fixture.Says<ArgumentException>(() => DieboldMariano.Test(a[..3], b[..3]), "3 values", "at least 4");
        Fixture.Says<ArgumentException>(() => DieboldMariano.Test(a, a), "differ by 0 on all 20");
        Fixture.Says<ArgumentException>(() => DieboldMariano.Test([.. a[..19], double.NaN], b), "NaN at index 19");
        Fixture.Says<ArgumentOutOfRangeException>(() => DieboldMariano.Test(a, b, 0), "horizon is 0");
        double[] swing = [.. Enumerable.Range(0, 20).Select(t => t % 2 == 0 ? 1.0 : -1)];
        Fixture.Says<ArgumentException>(
            () => DieboldMariano.Test(swing, new double[20], 2), "take the test with Bartlett");
        Fixture.Says<ArgumentOutOfRangeException>(() => DieboldMariano.TestBartlett(a, b, 20), "lags is 20");
        Fixture.Says<ArgumentException>(
            () => GiacominiWhite.Test(a, b, DesignMatrix.Of(("u", a), ("v", a))), "'v'", "'u'");
        Fixture.Says<ArgumentException>(() => GiacominiWhite.Test(a, b, DesignMatrix.Intercept(19)), "19 rows");
        Fixture.Says<ArgumentException>(() => ClarkWest.Test(a, new double[20], new double[19]), "20", "19");
        Fixture.Says<ArgumentException>(
            () => ClarkWest.Test(new double[20], new double[20], new double[20]), "adjusted difference is 0 on all 20");
    }
}
