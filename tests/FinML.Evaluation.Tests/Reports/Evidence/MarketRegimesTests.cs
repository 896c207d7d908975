namespace FinML.Evaluation.Tests.Reports;

public sealed class MarketRegimesTests
{
    [Fact]
    public void A_state_is_the_rank_of_the_window_among_those_before_it()
    {
        double[] returns = EvidenceSamples.Normal(400, 0, 0.01, 1);
        int[] states = MarketRegimes.States(returns, 10, window => window[^1]);

        for (int t = 0; t < returns.Length; t++)
        {
            // The window that ends before t is known by its last return here: compare with all earlier ones.
            int count = t - 10;
            int below = count < 1 ? 0 : Enumerable.Range(10, count).Count(s => returns[s - 1] < returns[t - 1]);
            Assert.Equal(count < 60 ? -1 : Math.Min(2, 3 * below / count), states[t]);
        }
    }

    [Fact]
    public void Equal_windows_are_all_low() => Assert.All(
        MarketRegimes.States(new double[200], 10, window => window[0])[70..], state => Assert.Equal(0, state));

    [Fact]
    public void Nothing_after_a_period_changes_what_it_was_called()
    {
        double[] market = EvidenceSamples.Normal(900, 0, 0.01, 2), other = [.. market];
        for (int t = 600; t < other.Length; t++)
            other[t] *= -7;

        MarketRegimes.WindowFunction sum = window =>
        {
            double total = 0;
            foreach (double value in window)
                total += value;
            return total;
        };
        Assert.Equal(
            MarketRegimes.States(market, 63, sum)[..601], MarketRegimes.States(other, 63, sum)[..601]);
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
