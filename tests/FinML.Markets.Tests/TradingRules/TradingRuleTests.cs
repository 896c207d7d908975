using FinML.Data;

namespace FinML.Markets.Tests.TradingRules;

public sealed class TradingRuleTests
{
    /// <summary>Every 23rd rule of the universe and all of the other paper, on calm, wild and coarse prices (where
    /// closes are equal and levels are touched exactly).</summary>
    [Theory]
    [InlineData(0.01, 0)]
    [InlineData(0.05, 0)]
    [InlineData(0.01, 1)]
    public void DecidesAsTheNaiveLoop(double sigma, double tick)
    {
        (double[] closes, double[] volumes) = Series(340, sigma, tick);
        RuleMarket market = RuleMarket.Of(closes, volumes);
        int active = 0;
        foreach (TradingRule rule in Sample(23))
        {
            int[] expected = NaiveRules.Positions(rule, closes, volumes);
            int[] actual = [.. rule.Positions(market).Select(position => (int)position)];
            Assert.True(expected.SequenceEqual(actual), rule.Name);
            active += expected.Distinct().Count() > 1 ? 1 : 0;
        }

        Assert.True(active > 120, $"{active} rules did something");
    }

    /// <summary>Whatever comes after a close changes nothing that was decided up to it.</summary>
    [Fact]
    public void DoesNotLookAhead()
    {
        (double[] closes, double[] volumes) = Series(400, 0.02, 0);
        IReadOnlyList<TradingRule> rules = Sample(41);
        var panel = Panel.OfAsset("X", Market.Times(400), ("close", closes), ("volume", volumes));
        CausalityReport report = CausalityAudit.Run(panel, prices =>
        {
            RuleMarket market = RuleMarket.Of(prices.Column("X", "close"), prices.Column("X", "volume"));
            return [.. rules.Select(rule => new NamedSeries(
                rule.Name, [.. rule.Positions(market).Select(position => (double)position)]))];
        });
        Assert.True(report.Passed, report.ToString());
        Assert.True(report.Insensitive.Count < rules.Count / 4, $"{report.Insensitive.Count} of {rules.Count}");
    }

    /// <summary>Through views that end at each close, the backtester asks the same.</summary>
    [Fact]
    public void AsAStrategyDecidesTheSame()
    {
        (double[] closes, double[] volumes) = Series(260, 0.02, 0);
        var panel = Panel.OfAsset("X", Market.Times(260), ("close", closes), ("volume", volumes));
        RuleMarket market = RuleMarket.Of(closes, volumes);
        foreach (TradingRule rule in Sample(311))
        {
            double[] targets = Backtester.Targets(panel, 0, new RuleStrategy(rule), 0, 260);
            Assert.Equal(targets, rule.Positions(market).Select(position => (double)position));
        }
    }

    [Fact]
    public void WithoutBandDelayAndHoldIsTheCrossover()
    {
        (double[] closes, _) = Series(600, 0.01, 0);
        var panel = Panel.OfAsset("X", Market.Times(600), ("close", closes));
        double[] expected = Backtester.Targets(panel, 0, new MovingAverageCrossover(5, 50, shorts: true), 0, 600);
        Assert.Equal(
            expected, new MovingAverageRule(5, 50).Positions(RuleMarket.Of(closes)).Select(p => (double)p));
    }

    /// <summary>On a price that rises by 1 % a day every rule that does something is long, and never short.</summary>
    [Fact]
    public void APriceThatOnlyRisesIsBought()
    {
        RuleMarket market = RuleMarket.OfReturns(Enumerable.Repeat(0.01, 399).ToArray());
        foreach (TradingRule rule in RuleUniverse.SullivanTimmermannWhite(volumes: false))
            Assert.DoesNotContain((sbyte)-1, rule.Positions(market));

        // Bought as soon as the windows are full or the move is made, and kept.
        AllLongFrom(49, new MovingAverageRule(2, 50));
        AllLongFrom(52, new MovingAverageRule(2, 50, 0, new RuleTiming(4)));
        AllLongFrom(20, new SupportResistanceRule(20));
        AllLongFrom(6, new SupportResistanceRule(5, RuleExtreme.Turn));
        AllLongFrom(5, new FilterRule(0.05));
        AllLongFrom(5, new FilterRule(0.05, Exit: 0.02));

        // There is never a crossing, and never a channel of less than 5 %.
        Assert.DoesNotContain((sbyte)1, new MovingAverageRule(2, 50, 0, new RuleTiming(0, 10)).Positions(market));
        Assert.DoesNotContain((sbyte)1, new ChannelBreakoutRule(10, 0.05).Positions(market));

        void AllLongFrom(int first, TradingRule rule)
        {
            sbyte[] positions = rule.Positions(market);
            Assert.True(positions.AsSpan(0, first).IndexOfAnyExcept((sbyte)0) < 0, rule.Name);
            Assert.True(positions.AsSpan(first).IndexOfAnyExcept((sbyte)1) < 0, rule.Name);
        }
    }

    /// <summary>Worked by hand: 100 up to 106 (bought at +5 %), down to 100 (sold at -5 % from 106).</summary>
    [Fact]
    public void FilterByHand()
    {
        RuleMarket market = RuleMarket.Of([100, 103, 106, 104, 103, 100, 102, 105.5, 105]);
        Assert.Equal([0, 0, 1, 1, 1, -1, -1, 1, 1], new FilterRule(0.05).Positions(market));
        Assert.Equal([0, 0, 1, 1, 0, -1, 0, 1, 1], new FilterRule(0.05, Exit: 0.02).Positions(market));
        Assert.Equal([0, 0, 1, 1, 0, 0, 0, 1, 1], new FilterRule(0.05, Hold: 2).Positions(market));
    }

    [Theory]
    [InlineData("Fast has to be from 1 to 49; it is 50", 0)]
    [InlineData("Band has to be from 0 to 1; it is NaN", 1)]
    [InlineData("Hold has to be from 1 to 10000; it is 0", 2)]
    [InlineData("Move has to be from 1E-09 to 10; it is 0", 3)]
    [InlineData("takes one of Exit, Hold and Turn", 4)]
    [InlineData("needs volumes; the market has closes only", 5)]
    [InlineData("Delay has to be from 0 to 1000; it is -1", 6)]
    public void RefusesWhatIsNoRule(string message, int which)
    {
        TradingRule rule = new TradingRule[]
        {
            new MovingAverageRule(50, 50), new SupportResistanceRule(5, Band: double.NaN),
            new ChannelBreakoutRule(5, 0.1, Hold: 0), new FilterRule(0), new FilterRule(0.1, 0.05, 5),
            new OnBalanceVolumeRule(2, 5), new MovingAverageRule(1, 5, 0, new RuleTiming(-1)),
        }[which];
        RuleMarket market = RuleMarket.Of([100, 101, 102]);
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => rule.Positions(market)).Message);
        Assert.Contains(
            message, Assert.ThrowsAny<ArgumentException>(() => RulePositions.Decide(market, [rule])).Message);
    }

    [Fact]
    public void AMarketRefusesWhatAreNoPrices()
    {
        Assert.Contains("closes[1]", Assert.Throws<ArgumentException>(() => RuleMarket.Of([1, -1, 2])).Message);
        Assert.Contains("volumes[2]", Assert.Throws<ArgumentOutOfRangeException>(
            () => RuleMarket.Of([1, 2, 3], [1, 1, double.NaN])).Message);
        Assert.Contains("volumes has 1 values", Assert.Throws<ArgumentException>(
            () => RuleMarket.Of([1, 2, 3], [1])).Message);
        Assert.Contains("closes[1]", Assert.Throws<ArgumentException>(() => RuleMarket.OfReturns([-1])).Message);
    }

    /// <summary>Every so many rules of the universe, and the 26.</summary>
    private static IReadOnlyList<TradingRule> Sample(int every) =>
    [
        .. RuleUniverse.SullivanTimmermannWhite().Where((_, i) => i % every == 0)
            .Union(RuleUniverse.BrockLakonishokLeBaron()),
    ];

    internal static (double[] Closes, double[] Volumes) Series(int bars, double sigma, double tick)
    {
        (_, double[] closes) = Market.Prices(bars, sigma: sigma);
        var random = new RandomStream(5);
        double[] volumes = [.. closes.Select(_ => Math.Round(1e6 * (0.5 + random.NextDouble())))];
        return (tick == 0 ? closes : [.. closes.Select(close => Math.Max(tick, tick * Math.Round(close / tick)))],
            volumes);
    }
}
