namespace FinML.Markets.Tests.TradingRules;

public sealed class RulePositionsTests
{
    /// <summary>A fill at the close that was seen is a fill at an open that is the close before: then the backtester
    /// earns the same, bar by bar, long and short, and pays the same where it buys and sells whole positions.</summary>
    [Fact]
    public void EarnsWhatTheBacktesterEarns()
    {
        (double[] closes, _) = TradingRuleTests.Series(800, 0.01, 0);
        double[] opens = [closes[0], .. closes[..^1]];
        RulePositions positions = RulePositions.Decide(
            RuleMarket.Of(closes), RuleUniverse.BrockLakonishokLeBaron());
        var options = new ExecutionOptions { Costs = CostModel.Free, RebalanceBand = 0 };
        for (int rule = 0; rule < positions.Rules.Count; rule++)
        {
            double[] targets = [.. positions[rule].ToArray().Select(position => (double)position)];
            BacktestResult expected = Backtester.Run(Market.Times(800), opens, closes, targets, options);
            double[] actual = positions.Returns(rule, 1, 800, RuleExecution.Gross);
            for (int k = 0; k < actual.Length; k++)
                Assert.Equal(expected.GrossReturns[k], actual[k], 1e-12);
            BacktestResult later = Backtester.Run(
                Market.Times(800), opens, closes, targets, options with { LatencyBars = 1 });
            actual = positions.Returns(rule, 1, 800, RuleExecution.Gross with { LatencyBars = 1 });
            for (int k = 0; k < actual.Length; k++)
                Assert.Equal(later.GrossReturns[k], actual[k], 1e-12);
        }
    }

    [Fact]
    public void PerformanceIsThatOfTheReturns()
    {
        RulePositions positions = Small(out _);
        foreach (RuleExecution execution in new[]
        {
            RuleExecution.Gross, new() { CostBasisPoints = 25 }, new() { CostBasisPoints = 25, LatencyBars = 3 },
        })
        {
            RulePerformance[] all = positions.Performance(2, 500, execution);
            for (int rule = 0; rule < all.Length; rule++)
            {
                double[] returns = positions.Returns(rule, 2, 500, execution);
                double[] gross = positions.Returns(rule, 2, 500, execution with { CostBasisPoints = 0 });
                double mean = returns.Average();
                Assert.Equal(mean, all[rule].Mean, 1e-14);
                Assert.Equal(gross.Average(), all[rule].GrossMean, 1e-14);
                Assert.Equal(
                    Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)) / (returns.Length - 1)),
                    all[rule].StandardDeviation, 1e-12);
                if (execution.CostBasisPoints > 0)
                    Assert.Equal(
                        (gross.Sum() - returns.Sum()) / 25e-4 / returns.Length, all[rule].Turnover, 1e-10);
            }
        }
    }

    /// <summary>At its break-even cost a rule earns nothing.</summary>
    [Fact]
    public void TheBreakEvenCostBreaksEven()
    {
        RulePositions positions = Small(out _);
        int compared = 0;
        foreach (RulePerformance performance in positions.Performance(1, 500, RuleExecution.Gross))
        {
            if (!(performance.BreakEvenBasisPoints > 0))
                continue;
            int rule = positions.Rules.ToList().IndexOf(performance.Rule);
            double[] net = positions.Returns(
                rule, 1, 500, new() { CostBasisPoints = performance.BreakEvenBasisPoints });
            Assert.Equal(0, net.Average(), 1e-12);
            compared++;
        }

        Assert.True(compared > 10);
    }

    /// <summary>Four days by hand: long, long, short; each change is paid for.</summary>
    [Fact]
    public void CostsByHand()
    {
        RulePositions positions = RulePositions.Decide(
            RuleMarket.Of([100, 110, 99, 108.9]), [new MovingAverageRule(1, 2)]);
        Assert.Equal([0, 1, -1, 1], positions[0].ToArray());
        double[] returns = positions.Returns(0, 1, 4, new() { CostBasisPoints = 100 });
        Assert.Equal(0, returns[0]);
        Assert.Equal(-0.1 - 0.01, returns[1], 1e-15);
        Assert.Equal(-0.1 - 0.02, returns[2], 1e-15);
        BuySellReturns days = positions.BuySell(0, 1, 4);
        Assert.Equal((1, 1), (days.Buys, days.Sells));
        Assert.Equal(-0.2, days.Difference, 1e-15);

        // All three days: 0.1, -0.1, 0.1, a variance of 0.04 / 3.
        Assert.Equal(-0.2 / Math.Sqrt(2 * 0.04 / 3), days.DifferenceT, 1e-12);
        Assert.Equal((-0.1 - 0.1 / 3) / Math.Sqrt(0.04 / 3 * (1 + 1 / 3.0)), days.BuyT, 1e-12);
    }

    [Fact]
    public void DistinctKeepsTheFirstOfThoseThatDecideTheSame()
    {
        (double[] closes, _) = TradingRuleTests.Series(400, 0.01, 0);
        RulePositions all = RulePositions.Decide(
            RuleMarket.Of(closes),
            [
                new FilterRule(0.5), new MovingAverageRule(1, 20), new MovingAverageRule(1, 20, 0, new RuleTiming(1)),
                new MovingAverageRule(1, 50),
            ]);
        RulePositions distinct = all.Distinct(1, 400);
        Assert.Equal([all.Rules[1], all.Rules[3]], distinct.Rules);
        Assert.True(distinct[0].SequenceEqual(all[1]));
        Assert.Equal(all.Returns(1, 5, 30), distinct.Returns(0, 5, 30));
    }

    [Fact]
    public void TheNumberOfThreadsChangesNothing()
    {
        RulePositions one = Small(out double[] closes);
        RulePositions four = RulePositions.Decide(RuleMarket.Of(closes), one.Rules, threads: 4);
        for (int rule = 0; rule < one.Rules.Count; rule++)
            Assert.True(one[rule].SequenceEqual(four[rule]));
    }

    [Fact]
    public void RefusesBarsThatAreNotThere()
    {
        RulePositions positions = Small(out _);
        Assert.Contains("start has to be from 1 to 499; it is 0", Assert.Throws<ArgumentOutOfRangeException>(
            () => positions.Performance(0, 500)).Message);
        Assert.Contains("end has to be from 2 to 500; it is 501", Assert.Throws<ArgumentOutOfRangeException>(
            () => positions.Returns(0, 1, 501)).Message);
        Assert.Contains("CostBasisPoints has to be from 0", Assert.Throws<ArgumentOutOfRangeException>(
            () => positions.Performance(1, 500, new() { CostBasisPoints = -1 })).Message);
        Assert.Contains("rules.Count", Assert.Throws<ArgumentOutOfRangeException>(
            () => RulePositions.Decide(positions.Market, [])).Message);
    }

    private static RulePositions Small(out double[] closes)
    {
        (closes, _) = TradingRuleTests.Series(500, 0.01, 0);
        return RulePositions.Decide(
            RuleMarket.Of(closes),
            [.. RuleUniverse.SullivanTimmermannWhite(volumes: false).Where((_, i) => i % 97 == 0)]);
    }
}
