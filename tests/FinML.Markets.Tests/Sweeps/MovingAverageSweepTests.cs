using FinML.Data;

namespace FinML.Markets.Tests.Sweeps;

public sealed class MovingAverageSweepTests
{
    /// <summary>Returns are sums over some thousand bars of numbers near 1: rounding is 1e-13, 1e-10 is the
    /// promise.</summary>
    [Theory]
    [InlineData(false, 0.01, 0)]
    [InlineData(true, 0.01, 0)]
    [InlineData(true, 0.04, 2)]
    [InlineData(false, 0.3, 0)] // wild enough to be ruined
    [InlineData(true, 0.3, 1)]
    public void EachPairIsTheBacktesters(bool shorts, double sigma, int latency)
    {
        Panel panel = Market.Panel(1_500, 5, sigma);
        var options = new ExecutionOptions { LatencyBars = latency };
        var random = new RandomStream(8);
        MovingAveragePair[] pairs = [.. Enumerable.Range(0, 30).Select(_ =>
        {
            int fast = 1 + random.NextInt(60);
            return new MovingAveragePair(fast, fast + 1 + random.NextInt(200));
        })];
        SweepResult[] results = MovingAverageSweep.Run(
            panel.Column("X", "open"), panel.Column("X", "close"), pairs, options, shorts);
        Assert.Contains(results, result => result.Net.Trades > 20);
        foreach (SweepResult result in results)
        {
            BacktestResult expected = Backtester.Run(
                panel, "X", new MovingAverageCrossover(result.Pair.Fast, result.Pair.Slow, shorts), options);
            Same(expected.NetReturns, expected.FinalEquity, result.Net);
            Same(expected.GrossReturns, expected.GrossEquity[^1], result.Gross);
            Assert.Equal(expected.Turnover.Sum(), result.Net.Turnover, 1e-9);
            Assert.Equal(expected.Costs.Sum(), result.Net.Costs, 1e-9);
            Assert.Equal(expected.Trades.Count, result.Net.Trades);
            Assert.Equal(expected.RuinedIn is not null, result.Net.Ruined);
        }

        if (sigma > 0.1)
            Assert.Contains(results, result => result.Net.Ruined);
    }

    [Fact]
    public void PairsLongerThanTheDataNeverTrade()
    {
        (double[] opens, double[] closes) = Market.Prices(100);
        SweepResult result = MovingAverageSweep.Run(opens, closes, [new(20, 101)])[0];
        Assert.Equal(1, result.Net.FinalEquity);
        Assert.Equal(0, result.Net.Trades);
        Assert.True(double.IsNaN(result.Net.SharpePerPeriod));
    }

    [Fact]
    public void TheNumberOfThreadsChangesNothing()
    {
        (double[] opens, double[] closes) = Market.Prices(700);
        MovingAveragePair[] pairs = [.. Enumerable.Range(1, 40).Select(fast => new MovingAveragePair(fast, 3 * fast))];
        Assert.Equal(
            MovingAverageSweep.Run(opens, closes, pairs), MovingAverageSweep.Run(opens, closes, pairs, threads: 4));
    }

    [Fact]
    public void RefusesWhatItCannotDo()
    {
        (double[] opens, double[] closes) = Market.Prices(50);
        Assert.Contains("proportional costs", Assert.Throws<ArgumentException>(() => MovingAverageSweep.Run(
            opens, closes, [new(2, 5)], new() { Costs = new() { CommissionPerFill = 1 } })).Message);
        Assert.Contains("Fast has to be from 1 to 4; it is 5", Assert.Throws<ArgumentOutOfRangeException>(() =>
            MovingAverageSweep.Run(opens, closes, [new(5, 5)])).Message);
        opens[3] = -1;
        Assert.Contains("opens[3]", Assert.Throws<ArgumentException>(() =>
            MovingAverageSweep.Run(opens, closes, [new(2, 5)])).Message);
    }

    private static void Same(IReadOnlyList<double> returns, double finalEquity, in SweepAccount account)
    {
        double mean = returns.Average();
        double deviation = Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)) / (returns.Count - 1));
        Assert.Equal(1, account.FinalEquity / finalEquity, 1e-10);
        Assert.Equal(mean, account.MeanReturn, 1e-12);
        Assert.Equal(deviation, account.StandardDeviation, 1e-10);
    }
}
