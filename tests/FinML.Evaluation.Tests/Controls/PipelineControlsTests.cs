using FinML.Data;

namespace FinML.Evaluation.Tests.Controls;

public sealed class PipelineControlsTests
{
    private static readonly Panel Prices = DataCatalog.Open().Load("sp500");

    [Fact]
    public void An_agent_that_sees_tomorrow_has_a_Sharpe_ratio_above_five()
    {
        double sharpe = PipelineControls.LeakedSharpe(Prices);

        Assert.True(sharpe > 5, $"the leak was worth a Sharpe ratio of {sharpe} only");
    }

    [Fact]
    public void On_days_in_random_order_nothing_is_significant()
    {
        double p = PipelineControls.SmallestPValueOnShuffledDays(Prices, orders: 3);

        Assert.True(p > 0.05, $"something was found in noise: p = {p} after Bonferroni");
    }
}
