using FinML.Data;

namespace FinML.Markets.Tests.Baselines;

public sealed class BaselineTests
{
    [Fact]
    public void MomentumFollowsTheSignOfTheLookback()
    {
        double[] close = [5, 4, 6, 3, 6, 3];
        Panel panel = Panel.OfAsset("X", Market.Times(6), ("close", close), ("open", close));
        Assert.Equal([0, 0, 1, 0, 0, 0], Backtester.Targets(panel, 0, new TimeSeriesMomentum(2), 0, 6));
        Assert.Equal([0, 0, 1, -1, 0, 0], Backtester.Targets(panel, 0, new TimeSeriesMomentum(2, shorts: true), 0, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeSeriesMomentum(0));
    }

    [Fact]
    public void ARandomPolicyHasTheTurnoverItWasGiven()
    {
        Panel panel = Market.Panel(20_000);
        double[] targets = Backtester.Targets(panel, 0, new RandomPolicy(4, 0.06), 0, panel.Length);
        int changes = Enumerable.Range(1, targets.Length - 1).Count(t => targets[t] != targets[t - 1]);
        Assert.InRange(changes / 20_000.0, 0.036, 0.044); // 0.06 x 2/3, 3 standard errors
        Assert.Equal(0.06, RandomPolicy.SwitchingOf(targets), 0.006);
        Assert.All(new[] { -1.0, 0, 1 }, p => Assert.InRange(targets.Count(t => t == p), 5_500, 7_900));
    }

    [Fact]
    public void ARandomPolicyIsItsSeed()
    {
        Panel panel = Market.Panel(500);
        double[] Decide(ulong seed) => Backtester.Targets(panel, 0, new RandomPolicy(seed), 0, 500);
        Assert.Equal(Decide(1), Decide(1));
        Assert.NotEqual(Decide(1), Decide(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomPolicy(1, 1.5));
    }
}
