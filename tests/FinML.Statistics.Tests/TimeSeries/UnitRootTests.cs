namespace FinML.Statistics.Tests;

// Numbers from Golden/make_time_series.py (statsmodels) and Golden/make_structure.R (urca) unless said otherwise.
public class UnitRootTests
{
    private static double[] Series(string name) => name switch
    {
        "nile" => Fixture.Nile,
        "lh" => Fixture.Lh,
        _ => LogPrices(Fixture.Dax),
    };

    private static double[] LogPrices(double[] returns)
    {
        double sum = 0;
        return Array.ConvertAll(returns, r => sum += r);
    }

    [Theory]
    [InlineData("nile", TrendTerms.None, LagChoice.Aic, -1.03201218735, 0.275351603176, 10, 89)]
    [InlineData("nile", TrendTerms.None, LagChoice.Bic, -0.963877722044, 0.302679088127, 1, 98)]
    [InlineData("nile", TrendTerms.Constant, LagChoice.Aic, -4.04870509691, 0.00117588795039, 1, 98)]
    [InlineData("nile", TrendTerms.Constant, LagChoice.Bic, -5.66460969497, 9.21278865612e-07, 0, 99)]
    [InlineData("nile", TrendTerms.Constant, LagChoice.LastSignificant, -1.94475626367, 0.311307917383, 10, 89)]
    [InlineData("nile", TrendTerms.Trend, LagChoice.Aic, -4.79076551798, 0.000486143029008, 1, 98)]
    [InlineData("nile", TrendTerms.QuadraticTrend, LagChoice.LastSignificant, -3.36703160528, 0.150380674289, 8, 91)]
    [InlineData("lh", TrendTerms.None, LagChoice.LastSignificant, 0.360834096284, 0.790951234928, 5, 42)]
    [InlineData("lh", TrendTerms.Constant, LagChoice.Aic, -3.67774523315, 0.0044373028221, 1, 46)]
    [InlineData("lh", TrendTerms.Trend, LagChoice.Bic, -3.69428771831, 0.0227361901081, 0, 47)]
    [InlineData("lh", TrendTerms.QuadraticTrend, LagChoice.Aic, -4.50422849289, 0.00642245868144, 2, 45)]
    public void DickeyFuller_MatchesStatsmodels(
        string series, TrendTerms trend, LagChoice choice, double statistic, double p, int lags, int count)
    {
        AugmentedDickeyFuller test = AugmentedDickeyFuller.Test(Series(series), trend, choice);
        Fixture.Near(statistic, test.Statistic, 1e-9);
        Fixture.Near(p, test.PValue, 1e-8);
        Assert.Equal((lags, count), (test.Lags, test.Count));
    }

    [Theory]
    [InlineData(TrendTerms.None, 2.88492405805, 0.999650755203, -2.566946988, -1.94114585, -1.616677528)]
    [InlineData(TrendTerms.Constant, 1.24578948194, 0.99628746786, -3.433882026, -2.863100192, -2.567600591)]
    [InlineData(TrendTerms.Trend, -1.25285573545, 0.899100323397, -3.963661301, -3.412860705, -3.128445752)]
    [InlineData(TrendTerms.QuadraticTrend, -2.57930785711, 0.523716298908, -4.377390851, -3.835579035, -3.555235444)]
    public void DickeyFuller_OfPrices_MatchesStatsmodels(
        TrendTerms trend, double statistic, double p, double one, double five, double ten)
    {
        AugmentedDickeyFuller test = AugmentedDickeyFuller.Test(Series("dax"), trend, LagChoice.Fixed, 4);
        Fixture.Near(statistic, test.Statistic, 1e-8);
        Fixture.Near(p, test.PValue, 1e-8);
        Fixture.Near(one, test.Critical.OnePercent, 1e-8);
        Fixture.Near(five, test.Critical.FivePercent, 1e-8);
        Fixture.Near(ten, test.Critical.TenPercent, 1e-8);
        Fixture.Near(test.Statistic, test.Coefficient / test.StandardError, 1e-12);
    }

    // urca: ur.df(Nile, type = "drift", lags = 2).
    [Fact]
    public void DickeyFuller_MatchesUrca() => Fixture.Near(-3.158820884705,
        AugmentedDickeyFuller.Test(Fixture.Nile, TrendTerms.Constant, LagChoice.Fixed, 2).Statistic, 1e-10);

    [Theory]
    [InlineData("nile", TrendTerms.Constant, KpssLags.Long, 0.54971970244, 0.03046853549, 12, false)]
    [InlineData("nile", TrendTerms.Constant, KpssLags.Automatic, 0.869120559378, 0.01, 5, true)]
    [InlineData("nile", TrendTerms.Trend, KpssLags.Long, 0.168987953167, 0.03084337236, 12, false)]
    [InlineData("nile", TrendTerms.Trend, KpssLags.Automatic, 0.23758697599, 0.01, 4, true)]
    [InlineData("lh", TrendTerms.Constant, KpssLags.Long, 0.354679679193, 0.09668979345, 10, false)]
    [InlineData("lh", TrendTerms.Trend, KpssLags.Automatic, 0.0546074444611, 0.1, 3, true)]
    [InlineData("dax", TrendTerms.Constant, KpssLags.Automatic, 5.75107717157, 0.01, 27, true)]
    [InlineData("nile", TrendTerms.Constant, KpssLags.Short, 0.9654349077527, 0.01, 4, true)] // urca: ur.kpss
    public void Kpss_MatchesStatsmodels(
        string series, TrendTerms trend, KpssLags rule, double statistic, double p, int lags, bool clipped)
    {
        Kpss test = Kpss.Test(Series(series), trend, rule);
        Fixture.Near(statistic, test.Statistic, 1e-9);
        Fixture.Near(p, test.PValue, 1e-8);
        Assert.Equal((lags, clipped), (test.Lags, test.IsClipped));
    }

    [Fact]
    public void Kpss_WithGivenLags_MatchesStatsmodels()
    {
        Fixture.Near(1.10031580072, Kpss.Test(Fixture.Nile, TrendTerms.Constant, 3).Statistic, 1e-10);
        Fixture.Near(0.259528840526, Kpss.Test(Fixture.Nile, TrendTerms.Trend, 3).Statistic, 1e-10);
    }

    [Fact]
    public void Tests_DoNotDependOnTheUnit()
    {
        double[] tiny = Array.ConvertAll(Fixture.Nile, x => 1e-9 * x);
        Fixture.Near(
            AugmentedDickeyFuller.Test(Fixture.Nile).Statistic, AugmentedDickeyFuller.Test(tiny).Statistic, 1e-9);
        Fixture.Near(Kpss.Test(Fixture.Nile).Statistic, Kpss.Test(tiny).Statistic, 1e-9);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => AugmentedDickeyFuller.Test([1, 2, 3]), "3 values", "at least 10");
        Fixture.Says<ArgumentException>(() => AugmentedDickeyFuller.Test(new double[20]), "constant at 0");
        Fixture.Says<ArgumentException>(
            () => AugmentedDickeyFuller.Test([.. Enumerable.Range(0, 20).Select(i => (double)i)]),
            "differences is constant at 1");
        Fixture.Says<ArgumentException>(
            () => AugmentedDickeyFuller.Test(Fixture.Nile, maxLags: 49), "maxLags is 49", "from 0 to 48");
        Fixture.Says<ArgumentException>(() => Kpss.Test(Fixture.Nile, TrendTerms.None), "trend is None", "Constant or");
        Fixture.Says<ArgumentException>(
            () => Kpss.Test(Fixture.Nile, TrendTerms.Trend, 100), "lags is 100", "from 0 to 99");
        Fixture.Says<ArgumentException>(
            () => Kpss.Test([.. Enumerable.Range(0, 20).Select(i => 3.0 * i)], TrendTerms.Trend), "straight line");
        double[] holed = Fixture.Nile;
        holed[4] = double.PositiveInfinity;
        Fixture.Says<ArgumentException>(() => Kpss.Test(holed), "Infinity at index 4");
    }
}
