using FinML.Markets;

namespace FinML.Evaluation.Tests.Reports;

public sealed class RoundTripTests
{
    [Fact]
    public void A_trade_is_bought_added_to_and_sold()
    {
        var (closed, open) = RoundTrip.Of(
            [Fill(0, 1, 100, 1), Fill(1, 1, 110, 1), Fill(2, -1, 130, 1), Fill(5, -1, 120, 1)]);

        RoundTrip trade = Assert.Single(closed);
        Assert.Equal(0, open);
        Assert.Equal((true, 0, 5, 5), (trade.Long, trade.Entry, trade.Exit, trade.Periods));
        Assert.Equal(-100 - 110 + 130 + 120 - 4, trade.Profit, 12);
        Assert.Equal(210, trade.Invested, 12);
        Assert.Equal(36.0 / 210, trade.Return, 12);
    }

    [Fact]
    public void A_fill_that_crosses_zero_closes_one_trade_and_opens_the_next()
    {
        var (closed, open) = RoundTrip.Of([Fill(0, 1, 100, 1), Fill(3, -3, 90, 3), Fill(4, 1, 80, 1)]);

        RoundTrip first = Assert.Single(closed);
        Assert.Equal(1, open); // one of the two that were sold short is left
        Assert.Equal(-100 + 90 - 1 - 1, first.Profit, 12);

        var (both, none) = RoundTrip.Of([Fill(0, 1, 100, 1), Fill(3, -3, 90, 3), Fill(7, 2, 80, 1)]);
        Assert.Equal(0, none);
        Assert.Equal((false, 3, 7), (both[1].Long, both[1].Entry, both[1].Exit));
        Assert.Equal(180 - 2 - 160 - 1, both[1].Profit, 12);
        Assert.Equal(180, both[1].Invested, 12);
    }

    [Fact]
    public void Assets_are_kept_apart()
    {
        var (closed, open) = RoundTrip.Of([Fill(0, 1, 10, 0), Fill(0, -1, 20, 0, asset: 1), Fill(1, -1, 11, 0)]);
        Assert.Equal(0, Assert.Single(closed).Asset);
        Assert.Equal(1, open);
    }

    [Fact]
    public void Their_statistics_are_those_of_hand()
    {
        RoundTrip[] trades =
        [
            new(0, true, 0, 4, 20, 200), new(0, false, 5, 6, -5, 100), new(0, true, 7, 10, -10, 100),
            new(0, true, 11, 13, 30, 100),
        ];

        TradeStatistics s = TradeStatistics.Of(trades, stillOpen: 1)!;

        Assert.Equal((4, 1, 3), (s.Count, s.StillOpen, s.Long));
        Assert.Equal(0.5, s.HitRate, 12);
        Assert.Equal((0.1 + 0.3) / 2 / ((0.05 + 0.1) / 2), s.Payoff!.Value, 12);
        Assert.Equal(50.0 / 15, s.ProfitFactor!.Value, 12);
        Assert.Equal((0.1 - 0.05 - 0.1 + 0.3) / 4, s.MeanReturn, 12);
        Assert.Equal((4 + 1 + 3 + 2) / 4.0, s.MeanPeriods, 12);
        Assert.Equal((0.3, -0.1, 2), (s.Best, s.Worst, s.LongestLosingRow));
        Assert.Null(TradeStatistics.Of([], 3));
        Assert.Null(TradeStatistics.Of(trades[..1], 0)!.ProfitFactor);
        Assert.Null(TradeStatistics.Of(trades[..1], 0)!.Payoff);
    }

    [Fact]
    public void The_profits_of_a_backtest_that_ends_flat_are_what_it_earned()
    {
        (_, BacktestRerun rerun) = EvidenceSamples.Backtest(n: 795); // out of the market at the end
        BacktestResult result = rerun(
            new ExecutionOptions { Costs = new CostModel { BorrowBasisPointsPerYear = 0 }, RebalanceBand = 0.02 });

        var (closed, open) = RoundTrip.Of(result.Trades);

        Assert.Equal(0, open);
        Assert.True(closed.Count > 30 && closed.Any(t => t.Long) && closed.Any(t => !t.Long));
        Assert.True(result.Trades.Count > 2 * closed.Count); // short positions drift and are traded back
        Assert.Equal(result.FinalEquity - 1, closed.Sum(t => t.Profit), 10);
    }

    private static BacktestTrade Fill(
        int period, double quantity, double price, double commission, int asset = 0) =>
        new(period, default, 0, new Fill(asset, quantity, price, price, commission));
}
