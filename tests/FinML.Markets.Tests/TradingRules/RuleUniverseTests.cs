namespace FinML.Markets.Tests.TradingRules;

public sealed class RuleUniverseTests
{
    /// <summary>The numbers that appendix A of Sullivan, Timmermann and White (1999) gives for each family.</summary>
    [Theory]
    [InlineData(RuleFamily.Filter, 497)]
    [InlineData(RuleFamily.MovingAverage, 2_049)]
    [InlineData(RuleFamily.SupportResistance, 1_220)]
    [InlineData(RuleFamily.ChannelBreakout, 2_040)]
    [InlineData(RuleFamily.OnBalanceVolume, 2_040)]
    public void FamiliesHaveThePapersNumbers(RuleFamily family, int count) =>
        Assert.Equal(count, RuleUniverse.SullivanTimmermannWhite().Count(rule => rule.Family == family));

    [Fact]
    public void AllAre7846AndEachIsThereOnce()
    {
        IReadOnlyList<TradingRule> rules = RuleUniverse.SullivanTimmermannWhite();
        Assert.Equal(7_846, rules.Count);
        Assert.Equal(7_846, rules.Distinct().Count());
        Assert.Equal(7_846, rules.Select(rule => rule.Name).Distinct().Count());
        Assert.Equal(5_806, RuleUniverse.SullivanTimmermannWhite(volumes: false).Count);
    }

    [Fact]
    public void TheTwentySixRulesAreAmongThem()
    {
        IReadOnlyList<TradingRule> rules = RuleUniverse.BrockLakonishokLeBaron();
        Assert.Equal(26, rules.Distinct().Count());
        HashSet<TradingRule> all = [.. RuleUniverse.SullivanTimmermannWhite(volumes: false)];
        Assert.All(rules, rule => Assert.Contains(rule, all));
    }
}
