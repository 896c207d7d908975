using FinML.Statistics;

namespace FinML.Evaluation.Tests.Reports;

public sealed class MarketRegimesTests
{
    [Fact]
    public void A_state_is_the_rank_among_the_periods_before()
    {
        double[] values = EvidenceSamples.Normal(400, 0, 0.01, 1);
        values[200] = values[150]; // an equal is not below
        int[] states = MarketRegimes.States(values, first: 10);

        for (int t = 0; t < values.Length; t++)
        {
            int count = t - 10;
            int below = count < 1 ? 0 : Enumerable.Range(10, count).Count(s => values[s] < values[t]);
            Assert.Equal(count < 60 ? -1 : Math.Min(2, 3 * below / count), states[t]);
        }
    }

    [Fact]
    public void Equal_values_are_all_low() => Assert.All(
        MarketRegimes.States(new double[200], 10)[70..], state => Assert.Equal(0, state));

    [Fact]
    public void A_window_ends_before_its_period()
    {
        double[] returns = EvidenceSamples.Normal(300, 0.0004, 0.01, 2);
        double[] deviations = TrailingWindows.Deviation(returns, 63), logs = TrailingWindows.LogReturn(returns, 63);

        Assert.All(deviations[..63].Concat(logs[..63]), value => Assert.True(double.IsNaN(value)));
        foreach (int t in new[] { 63, 64, 200, 299 })
        {
            Assert.Equal(Moments.Of(returns.AsSpan(t - 63, 63)).StandardDeviation(), deviations[t], 13);
            Assert.Equal(returns.Skip(t - 63).Take(63).Sum(r => Math.Log(1 + r)), logs[t], 12);
        }

        returns.AsSpan(100, 100).Clear();
        Assert.Equal(0, TrailingWindows.Deviation(returns, 63)[190]);
        returns[10] = -1;
        Assert.True(double.IsFinite(TrailingWindows.LogReturn(returns, 63)[299]));
    }

    [Fact]
    public void Nothing_after_a_period_changes_what_it_was_called()
    {
        double[] market = EvidenceSamples.Normal(900, 0, 0.01, 2);
        double[] other = [.. market.Select((r, t) => t < 600 ? r : -7 * r)];

        Assert.Equal(
            TrailingWindows.LogReturn(market, 63)[..601], TrailingWindows.LogReturn(other, 63)[..601]); // to the bit
        Assert.Equal(
            TrailingWindows.Deviation(market, 63)[..601], TrailingWindows.Deviation(other, 63)[..601]);
    }

    [Fact]
    public void A_strategy_that_earns_in_turbulence_is_seen_to()
    {
        // Blocks of calm and of turbulence, long enough for a quarter's window to know them.
        double[] market = EvidenceSamples.Normal(3_000, 0, 0.01, 3);
        for (int t = 0; t < market.Length; t++)
            market[t] *= t / 300 % 2 == 0 ? 0.5 : 2;
        double[] noise = EvidenceSamples.Normal(3_000, 0, 0.005, 4);
        double[] returns = [.. noise.Select((r, t) => r + (t / 300 % 2 == 0 ? -0.001 : 0.002))];

        var regimes = EvidenceReport.Of(EvidenceSamples.Of(returns, market), EvidenceSamples.Options).Regimes!;

        Assert.Equal("market", regimes.Market);
        Assert.Equal((63, 252), (regimes.VolatilityWindow, regimes.TrendWindow));
        RegimeRow calm = regimes.Rows.Single(r => r.State == "calm");
        RegimeRow turbulent = regimes.Rows.Single(r => r.State == "turbulent");
        Assert.True(turbulent.Sharpe > 3 && calm.Sharpe < 0, $"{calm.Sharpe} and {turbulent.Sharpe}");
        Assert.Equal(1, regimes.Rows.Where(r => r.Kind == "volatility").Sum(r => r.Share), 12);
        Assert.Equal(1, regimes.Rows.Where(r => r.Kind == "trend").Sum(r => r.Share), 12);
    }

    [Fact]
    public void A_short_record_has_none() => Assert.Null(EvidenceReport.Of(
        EvidenceSamples.Of(EvidenceSamples.Normal(300, 0, 0.01, 5)), EvidenceSamples.Options).Regimes);
}
