namespace FinML.Statistics.Tests;

/// <summary>
/// The returns of the DAX in R's EuStockMarkets, taken as simple returns, against figures that were computed apart in
/// R. Ten digits stand in the reference, so the tolerance is 1e-9.
/// </summary>
public class DaxGoldenTests
{
    private static readonly ReturnSeries Dax = ReturnSeries.Simple(Fixture.Dax, 252);

    [Fact]
    public void Moments_MatchReference()
    {
        Moments moments = Moments.Of(Dax.Values);
        Fixture.Near(.0006520417477, moments.Mean);
        Fixture.Near(.0103008366, moments.StandardDeviation());
        Fixture.Near(-.5540533145, moments.Skewness);
        Fixture.Near(9.279689018, moments.Kurtosis.Value);
    }

    [Fact]
    public void Sharpe_MatchesReference()
    {
        SharpeRatio sharpe = SharpeRatio.Of(Dax);
        Fixture.Near(.06329988263, sharpe.PerPeriod);
        Fixture.Near(.06329988263 * Math.Sqrt(252), sharpe.Annualised);
        Fixture.Near(.02369710903, sharpe.StandardError);
        Fixture.Near(.9962210484, ProbabilisticSharpeRatio.Of(sharpe).Probability);
        Fixture.Near(705.5067315, MinimumTrackRecordLength.Of(sharpe).Observations);
        Fixture.Near(3.655463036, LoAnnualisation.Eta(12, Dax));
    }

    [Fact]
    public void Risk_MatchesReference()
    {
        Fixture.Near(.007195749912, DownsideRisk.Deviation(Dax));
        Fixture.Near(.0006520417477 / .007195749912 * Math.Sqrt(252), DownsideRisk.SortinoRatio(Dax));
        Fixture.Near(1.193954657, DownsideRisk.OmegaRatio(Dax));
        Fixture.Near(.0157788448, TailRisk.ValueAtRisk(Dax), 3e-9); // nine digits are given
        Fixture.Near(.02366912605, TailRisk.ConditionalValueAtRisk(Dax));
        Fixture.Near(1.054509897, TailRisk.TailRatio(Dax));
        Fixture.Near(0.52071005917159763, TailRisk.HitRate(Dax), 1e-14);
    }

    // R: dd <- w / cummax(w) - 1 with w = c(1, cumprod(1 + x)); never above the old peak again before position 330 +
    // 210.
    [Fact]
    public void Drawdown_MatchesReference()
    {
        DrawdownEpisode drawdown = Drawdown.Maximum(Dax);
        Fixture.Near(.2312978064, drawdown.Depth);
        Assert.Equal(235, drawdown.Peak);
        Assert.Equal(330, drawdown.Trough);
        Assert.Equal(540, drawdown.Recovery);
        Assert.Equal(305, drawdown.Duration);
        Fixture.Near(0.16283210917329494, Annualised.Return(Dax), 1e-11);
        Fixture.Near(0.16283210917329494 / .2312978064, Drawdown.CalmarRatio(Dax));
    }

    [Fact]
    public void LogReturns_CompoundByTheExponential()
    {
        ReturnSeries log = ReturnSeries.Log(Fixture.Dax, 252);
        Fixture.Near(0.17858494583426388, Annualised.Return(log), 1e-11);
        Fixture.Near(0.17858494583426388, Annualised.Return(log.ToSimple()), 1e-11);
        Assert.Equal(5473.72 / 1628.75, log.Wealth()[^1], 1e-9); // the index itself, last over first
    }

    [Fact]
    public void Benchmark_MatchesReference()
    {
        BenchmarkRegression fit = BenchmarkRegression.Fit(Dax, ReturnSeries.Simple(Fixture.Ftse, 252));
        Fixture.Near(.0002944639311, fit.AlphaPerPeriod);
        Fixture.Near(.0002944639311 * 252, fit.AlphaPerYear);
        Fixture.Near(.8277550219, fit.Beta);
    }

    [Fact]
    public void Summary_HoldsTheSameNumbers()
    {
        PerformanceSummary summary = PerformanceSummary.Of(Dax);
        Assert.Equal(Drawdown.Maximum(Dax), summary.MaximumDrawdown);
        Assert.Equal(SharpeRatio.Of(Dax), summary.Sharpe);
        Assert.Equal(DownsideRisk.OmegaRatio(Dax), summary.OmegaRatio);
        Assert.Equal(TailRisk.ConditionalValueAtRisk(Dax), summary.ConditionalValueAtRisk);
    }
}
