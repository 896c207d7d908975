using FinML.Data;
using FinML.Markets;
using FinML.Statistics;

namespace FinML.Evaluation.Tests.Controls;

public sealed class RuleControlsTests
{
    private static readonly double[] Days = DailyReturns();

    private static readonly TradingRule[] Rules =
    [
        .. RuleUniverse.SullivanTimmermannWhite(volumes: false).Where((_, i) => i % 29 == 0),
        new MovingAverageRule(1, 20),
    ];

    [Fact]
    public void Without_an_edge_the_tests_find_little_and_an_uncorrected_one_much()
    {
        IReadOnlyList<RuleFindings> found = RuleControls.Run(
            Days, Rules, new() { Histories = 40, Days = 500, Replicates = 99, Seed = 7 });

        // Of 40 draws 6 or more reject at 5 % with probability .014 where the size is nominal.
        Assert.True(found.Count(f => f.RealityCheck <= .05) <= 5);
        Assert.True(found.Count(f => f.Superior <= .05) <= 5);
        Assert.True(found.Count(f => f.Stepwise <= .05) <= 5);
        Assert.True(found.Count(f => f.Uncorrected <= .05) >= 25);
        Assert.InRange(found.Average(f => f.Overfitting), 0.35, 0.65);
    }

    [Fact]
    public void A_planted_edge_is_found()
    {
        IReadOnlyList<RuleFindings> found = RuleControls.Run(Days, Rules, new()
        {
            Histories = 10,
            Days = 1_000,
            Replicates = 99,
            Planted = new MovingAverageRule(1, 20),
            PlantedSharpe = 3,
        });
        Assert.True(found.Count(f => f.RealityCheck <= .05) >= 8);
        Assert.True(found.Count(f => f.Superior <= .05) >= 8);
        Assert.True(found.Average(f => f.Overfitting) < 0.2);
    }

    /// <summary>The planted rule earns what was planted: its Sharpe ratio over 200,000 days is 2 within three standard
    /// errors of .036 (and without it 0).</summary>
    [Fact]
    public void What_is_planted_is_what_is_earned()
    {
        var options = new RuleControlOptions
        {
            Days = 100_000,
            Planted = new MovingAverageRule(1, 20),
            PlantedSharpe = 2,
        };
        Assert.Equal(2, Sharpe(options), 0.16);
        Assert.Equal(0, Sharpe(options with { PlantedSharpe = 0 }), 0.16);

        static double Sharpe(RuleControlOptions options)
        {
            RuleMarket market = RuleControls.History(Days, options, 0);
            return RulePositions.Decide(market, [new MovingAverageRule(1, 20)])
                .Performance(251, market.Length, RuleExecution.Gross)[0].Sharpe();
        }
    }

    [Fact]
    public void A_history_is_drawn_from_the_returns_less_their_mean()
    {
        double mean = Days.Average();
        var options = new RuleControlOptions { Days = 200, WarmUp = 0 };
        double[] drawn = RuleControls.History(Days, options, 3).Returns();
        Assert.All(drawn.Skip(1), r => Assert.Contains(Days, day => Math.Abs(day - mean - r) < 1e-12));
        double[] kept = RuleControls.History(Days, options with { KeepDrift = true }, 3).Returns();
        Assert.All(drawn.Skip(1).Zip(kept.Skip(1)), pair => Assert.Equal(mean, pair.Second - pair.First, 1e-12));
        Assert.Equal(drawn, RuleControls.History(Days, options, 3).Returns());
        Assert.NotEqual(drawn, RuleControls.History(Days, options, 4).Returns());
    }

    [Fact]
    public void What_cannot_be_done_is_refused()
    {
        Assert.Contains("Histories", Assert.ThrowsAny<ArgumentException>(
            () => RuleControls.Run(Days, Rules, new() { Histories = 0 })).Message);
        Assert.Contains("no rule is planted", Assert.ThrowsAny<ArgumentException>(
            () => RuleControls.Run(Days, Rules, new() { PlantedSharpe = 1 })).Message);
        Assert.Contains("without band, delay and holding period", Assert.ThrowsAny<ArgumentException>(
            () => RuleControls.Run(Days, Rules, new() { Planted = new MovingAverageRule(1, 5, 0.01) })).Message);
        Assert.ThrowsAny<ArgumentException>(() => RuleControls.Run(Days.AsSpan(0, 50), Rules));
        Assert.ThrowsAny<ArgumentException>(() => RuleControls.Run(Days, [Rules[0]]));
    }

    private static double[] DailyReturns()
    {
        var random = new RandomStream(17);
        return [.. Enumerable.Range(0, 1_000).Select(_ => 0.0004 + 0.01 * random.NextNormal())];
    }
}
