using FinML.Data;
using FinML.Markets.Participants;

namespace FinML.Markets.Tests.Participants;

public sealed class OrderBookEnvironmentTests
{
    private const int Wait = 0, CancelAll = 1, MarketBuy = 2, MarketSell = 3, JoinBid = 4, JoinAsk = 7;

    internal static OrderBookEnvironment Make() => new(
        [new ZeroIntelligence(new() { Band = 20 }), new MarketMaker()],
        new() { Decisions = 60, WarmUp = TimeSpan.FromSeconds(10), InventoryPenalty = 0.01 });

    [Fact]
    public void RewardsAddUpToTheWealth()
    {
        var environment = new OrderBookEnvironment(
            [new ZeroIntelligence(new() { Band = 20 })], new() { Decisions = 100, Depths = 3 });
        float[] observation = new float[8], action = new float[1];
        environment.Reset(3, observation);
        var random = new RandomStream(3);
        double rewards = 0;
        StepResult result = default;
        while (!result.Done)
        {
            environment.ActionSpace.Sample(random, action);
            result = environment.Step(action, observation);
            rewards += result.Reward;
            Assert.InRange(environment.Account.Position, -10, 10);
        }

        Assert.True(result.Truncated);
        Assert.NotEqual(0, environment.Account.Traded);
        Assert.Equal(environment.Wealth, rewards, 6);
        Assert.Equal(0, environment.Account.Cash + environment.Simulation.Account(1).Cash);
    }

    [Fact]
    public void OrdersReachTheBookAndTheLimitHolds()
    {
        var environment = new OrderBookEnvironment(
            [new ZeroIntelligence(new() { Band = 20 })], new() { Decisions = 100, PositionLimit = 3 });
        float[] observation = new float[8];
        environment.Reset(1, observation);
        for (int i = 0; i < 5; i++)
            environment.Step([MarketBuy], observation);
        Assert.Equal(3, environment.Account.Position);
        Assert.Equal(2, environment.Clipped);
        Assert.Equal(1, observation[4]);
        environment.Step([JoinAsk], observation);
        environment.Step([MarketSell], observation);
        Assert.True(environment.Account.Position <= 2);
        environment.Step([JoinBid], observation);
        environment.Step([CancelAll], observation);
        environment.Step([Wait], observation);
        Assert.Equal(0, observation[5]);
        Assert.Equal(0, observation[6]);
    }

    [Fact]
    public void CrossingTheSpreadBackAndForthCosts()
    {
        double wealth = 0;
        for (ulong seed = 0; seed < 5; seed++)
        {
            OrderBookEnvironment environment = Make();
            float[] observation = new float[8];
            environment.Reset(seed, observation);
            for (int i = 0; i < 60; i++)
                environment.Step([i % 2 == 0 ? MarketBuy : MarketSell], observation);
            wealth += environment.Wealth;
        }

        Assert.True(wealth < -100, $"wealth {wealth}");
    }
}
