namespace FinML.Statistics.Tests;

public class AnnualisedSharpeTests
{
    [Fact]
    public void IndependentReturns_TakeTheSquareRoot()
    {
        ReturnSeries series = ReturnSeries.Log([.. Fixture.Normals(600, 1).Select(z => .01 * z + .001)], 252);
        AnnualisedSharpe annual = AnnualisedSharpe.Of(series);
        Assert.Equal(AnnualisationRule.SquareRoot, annual.Rule);
        Assert.Null(annual.Warning);
        Assert.Equal(SharpeRatio.Of(series).Annualised, annual.Value!.Value, 1e-15);
        Assert.Equal(SharpeRatio.Of(series).StandardError * Math.Sqrt(252), annual.StandardError!.Value, 1e-15);
    }

    // rho .3: a year's variance is (1 + rho) / (1 - rho) = 1.857 times that of independent returns.
    [Fact]
    public void AutocorrelatedReturns_AreRefusedTheSquareRoot()
    {
        ReturnSeries series = ReturnSeries.Log(
            [.. Fixture.Autoregression(4000, .3, 2).Select(z => .01 * z + .001)], 252);
        AnnualisedSharpe annual = AnnualisedSharpe.Of(series);
        Assert.Equal(AnnualisationRule.Autocorrelations, annual.Rule);
        Assert.Contains("sqrt(q) is refused", annual.Warning);
        Fixture.Near(Math.Sqrt(.7 / 1.3), annual.Value!.Value / annual.SquareRootValue, .1);
        (double? eta, int lags) = LoAnnualisation.OfYear(series);
        Assert.Equal(36, lags); // 10 log10(4000)
        Assert.Equal(LoAnnualisation.Eta(252, Autocorrelation.Compute(series.Values, 36).AsSpan(1)), eta!.Value, 1e-12);
        Assert.Equal(eta.Value * annual.PerPeriod.PerPeriod, annual.Value.Value, 1e-12);
    }

    // Every gain is taken back the next day: the sum of a year hardly varies, and fifteen autocorrelations, of which
    // the last is below 0, have its variance below 0.
    [Fact]
    public void AlternatingReturns_HaveNoYearlyRatio()
    {
        ReturnSeries series = ReturnSeries.Log(
            [.. Enumerable.Range(0, 36).Select(i => (i % 2 == 0 ? .01 : -.009) + 1e-5 * (i * i % 7))], 252);
        AnnualisedSharpe annual = AnnualisedSharpe.Of(series);
        Assert.Equal(AnnualisationRule.Refused, annual.Rule);
        Assert.Null(annual.Value);
        Assert.Null(annual.StandardError);
        Assert.Contains("no positive variance", annual.Warning);
    }

    [Fact]
    public void BadInput_IsNamed() => Fixture.Says<ArgumentException>(
        () => AnnualisedSharpe.Of(ReturnSeries.Log(Fixture.Dax, 252), significance: 0), "significance is 0");
}
