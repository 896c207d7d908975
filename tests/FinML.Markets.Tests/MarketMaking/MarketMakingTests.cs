using FinML.Data;
using FinML.Markets.MarketMaking;

namespace FinML.Markets.Tests.MarketMaking;

public sealed class MarketMakingTests
{
    private static readonly MarketMakingOptions Paper = new() { Fills = FillConvention.Linear };

    [Fact]
    public void TheQuotesOfAvellanedaAndStoikovByHand()
    {
        var policy = new AvellanedaStoikov(Paper, 0.1);
        Assert.Equal(1.490770, policy.MeanSpread, 5e-7);
        QuoteOffsets flat = policy.Quote(0, 1), longer = policy.Quote(2, 0.5);
        Assert.Equal(flat.Bid, flat.Ask, 15);
        Assert.Equal(0.4 + 20 * Math.Log(1 + 0.1 / 1.5), flat.Spread, 14);
        Assert.Equal(-2 * 0.1 * 4 * 0.5, policy.ReservationShift(2, 0.5), 14);
        Assert.Equal(0.4, (longer.Bid - longer.Ask) / 2, 14); // both quotes stand lower by 2 γ σ² (T - t)
        Assert.Equal(policy.Spread(0.5), longer.Spread, 14);
    }

    /// <summary>The paper's γ = 0.1: 1,000 simulations; three standard errors of both sides.</summary>
    [Fact]
    public void TheirTableComesOut()
    {
        const int Episodes = 2_000;
        double error = 3 * Math.Sqrt(1e-3 + 1.0 / Episodes);
        var policy = new AvellanedaStoikov(Paper, 0.1);
        MarketMakingTrial inventory = MarketMakingTrial.Run(policy, Paper, Episodes, 11);
        MarketMakingTrial symmetric = MarketMakingTrial.Run(
            new SymmetricQuotes(policy.MeanSpread), Paper, Episodes, 11);
        Assert.Equal(65.0, inventory.MeanProfit, 6.6 * error);
        Assert.Equal(6.6, inventory.ProfitDeviation, 6.6 * error / Math.Sqrt(2));
        Assert.Equal(2.9, inventory.InventoryDeviation, 2.9 * error / Math.Sqrt(2) + 0.05);
        Assert.Equal(68.4, symmetric.MeanProfit, 12.7 * error);
        Assert.Equal(12.7, symmetric.ProfitDeviation, 12.7 * error / Math.Sqrt(2));
        Assert.Equal(8.4, symmetric.InventoryDeviation, 8.4 * error / Math.Sqrt(2) + 0.05);
        Assert.Equal(policy.MeanSpread, inventory.MeanSpread, 0.002); // the grid ends one step before T

        MarketMakingTrial exact = MarketMakingTrial.Run(
            policy, Paper with { Fills = FillConvention.Exact }, Episodes, 11);
        Assert.InRange(exact.MeanProfit / inventory.MeanProfit, 0.875, 0.905);
    }

    [Fact]
    public void TheExactQuotesAreThoseOfTheLinearEquation()
    {
        var exact = new GueantLehalleFernandezTapia(Paper with { InventoryLimit = 10 }, 0.1);
        QuoteOffsets flat = exact.Quote(0, 1), one = exact.Quote(1, 1);
        Assert.Equal(.67164, flat.Bid, 5e-6);
        Assert.Equal(flat.Bid, flat.Ask, 12);
        Assert.Equal(.72412, one.Bid, 5e-6);
        Assert.Equal(.61913, one.Ask, 5e-6);
        Assert.Equal(double.PositiveInfinity, exact.Quote(10, 1).Bid);
        Assert.Equal(double.PositiveInfinity, exact.Quote(-10, 1).Ask);

        // At the end nothing is left to hedge: the fixed half spread. A finer grid changes nothing but rounding.
        Assert.Equal(Math.Log(1 + 0.1 / 1.5) / 0.1, exact.Quote(3, 0).Ask, 13);
        var finer = new GueantLehalleFernandezTapia(
            Paper with { InventoryLimit = 10, TimeStep = 0.001 }, 0.1);
        for (int q = -9; q <= 9; q++)
            Assert.Equal(exact.Quote(q, 0.5).Bid, finer.Quote(q, 0.5).Bid, 1e-11);
    }

    /// <summary>The value function says what the exact quotes earn: -ln(E exp(-γ profit)) / γ = ln(v_0) / k. In
    /// steps of λ dt = 0.035 at the best, the discrete market is nearly the continuous one.</summary>
    [Fact]
    public void TheExactQuotesEarnTheirCertaintyEquivalent()
    {
        MarketMakingOptions market = Paper with
        {
            InventoryLimit = 10,
            TimeStep = 0.0005,
            Fills = FillConvention.Exact,
        };
        var exact = new GueantLehalleFernandezTapia(market, 0.1);
        MarketMakingTrial trial = MarketMakingTrial.Run(exact, market, 1_000, 3, 0.1);
        double expected = exact.CertaintyEquivalent(0, market.Horizon);

        // One standard error of the mean is 0.2; missed double hits of a step cost half of λ dt, about 1.3 %.
        Assert.Equal(expected, trial.CertaintyEquivalent, 0.02 * expected);
        MarketMakingTrial approximate = MarketMakingTrial.Run(
            new SymmetricQuotes(0.6), market, 1_000, 3, 0.1);
        Assert.True(approximate.CertaintyEquivalent < trial.CertaintyEquivalent - 5);
    }

    [Fact]
    public void RewardsAddUpToTheWealthLessThePenalty()
    {
        MarketMakingOptions market = Paper with { InventoryPenalty = 0.3, InventoryLimit = 4 };
        var environment = new MarketMakingEnvironment(market);
        float[] observation = new float[2];
        environment.Reset(5, observation);
        double rewards = 0, penalty = 0;
        StepResult result = default;
        while (!result.Done)
        {
            result = environment.Step([0.1f, 0.5f], observation);
            rewards += result.Reward;
            penalty += 0.3 * environment.Inventory * environment.Inventory * market.TimeStep;
            Assert.InRange(environment.Inventory, -4, 4);
            Assert.Equal(environment.Inventory / 4f, observation[0]);
        }

        Assert.True(result.Terminated);
        Assert.True(penalty > 0);
        Assert.Equal(environment.Wealth - penalty, rewards, 9);
        Assert.Equal(0, environment.TimeLeft);
    }

    [Fact]
    public void SteppingManyAllocatesNothing()
    {
        VectorEnvironment vector = VectorEnvironment.Create(8, _ => new MarketMakingEnvironment());
        vector.Reset(1);
        float[] actions = [.. Enumerable.Repeat(0.5f, 16)];
        vector.Step(actions);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
            vector.Step(actions);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void OptionsAreHeldToTheirRanges()
    {
        Assert.Contains("whole number of steps; 1 / 0.3", Assert.Throws<ArgumentException>(
            () => new MarketMakingEnvironment(Paper with { TimeStep = 0.3 })).Message);
        Assert.Contains("it is -1", Assert.Throws<ArgumentOutOfRangeException>(
            () => new MarketMakingEnvironment(Paper with { Volatility = -1 })).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AvellanedaStoikov(Paper, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GueantLehalleFernandezTapia(Paper, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new GueantLehalleFernandezTapia(Paper with { InventoryLimit = 10 }).Quote(11, 1));
    }
}
