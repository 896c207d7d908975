using FinML.Data;
using FinML.Markets.Matching;
using FinML.Markets.Participants;

namespace FinML.Markets.Tests.Participants;

public sealed class ParticipantTests
{
    /// <summary>Smith et al.: where market orders do not reach, arrivals and cancellations balance at α / δ.</summary>
    [Fact]
    public void ZeroIntelligenceFillsTheBookToArrivalsOverCancellations()
    {
        var options = new ZeroIntelligenceOptions { LimitRate = 0.2, CancelRate = 0.1, MarketRate = 1, Band = 40 };
        var simulation = new MarketSimulation([new ZeroIntelligence(options)]);
        simulation.Reset(1);
        simulation.RunFor(TimeSpan.FromSeconds(100));
        double depth = 0, spread = 0;
        int samples = 0;
        var levels = new PriceLevel[200];
        for (int i = 0; i < 300; i++)
        {
            simulation.RunFor(TimeSpan.FromSeconds(5));
            int bid = simulation.Engine.BestBid!.Value, ask = simulation.Engine.BestAsk!.Value;
            Assert.True(ask > bid);
            spread += ask - bid;
            foreach (Side side in new[] { Side.Buy, Side.Sell })
            {
                int count = simulation.Engine.CopyLevels(side, levels);
                int other = side == Side.Buy ? ask : bid;
                depth += levels[..count].Where(l => Math.Abs(l.Price - other) is >= 15 and < 30).Sum(l => l.Quantity);
                samples += 15;
            }
        }

        // 300 books at 15 ticks of 2 sides: Poisson counts, correlated over 1 / δ = 10 s, give 2 ± 0.03.
        Assert.Equal(2, depth / samples, 0.1);
        Assert.InRange(spread / 300, 1, 10);
    }

    /// <summary>Mean rates (I - α / β)^-1 μ, and bursts: counts with a variance above their mean.</summary>
    [Fact]
    public void HawkesEventsHaveTheirMeanRatesAndCluster()
    {
        double[,] excitation = { { 2, 1, 0 }, { 0.5, 1, 0 }, { 0, 0, 0 } };
        var process = new HawkesProcess([0.5, 0.2, 1], excitation, 4);

        // By hand: (1 - .5) x - .25 y = .5, (1 - .25) y - .125 x = .2.
        double x = (0.5 * 0.75 + 0.25 * 0.2) / (0.5 * 0.75 - 0.25 * 0.125), y = (0.2 + 0.125 * x) / 0.75;
        Assert.Equal(x, process.MeanRates[0], 12);
        Assert.Equal(y, process.MeanRates[1], 12);
        Assert.Equal(1, process.MeanRates[2], 12);
        var random = new RandomStream(5);
        const int Windows = 20_000;
        double[,] counts = new double[3, Windows];
        for (double time = 0; ;)
        {
            (double wait, int type) = process.Next(random);
            time += wait;
            if (time >= Windows)
                break;
            counts[type, (int)time]++;
        }

        for (int type = 0; type < 3; type++)
        {
            double[] own = [.. Enumerable.Range(0, Windows).Select(w => counts[type, w])];
            double mean = own.Average(), variance = own.Select(c => (c - mean) * (c - mean)).Average();
            Assert.Equal(process.MeanRates[type], mean, 0.05); // 4 standard errors with a long-run dispersion of 4
            if (type == 2)
                Assert.Equal(1, variance / mean, 0.05);
            else
                Assert.True(variance / mean > 1.3, $"dispersion {variance / mean}");
        }
    }

    [Fact]
    public void AnExplosiveProcessIsRefused() =>
        Assert.Contains("not stationary", Assert.Throws<ArgumentException>(
            () => new HawkesProcess([1, 1], new double[,] { { 1, 3 }, { 3, 1 } }, 4)).Message);

    [Fact]
    public void AMarketMakerEarnsTheSpreadAndKeepsItsInventorySmall()
    {
        double wealth = 0;
        for (ulong seed = 0; seed < 5; seed++)
        {
            var simulation = new MarketSimulation([
                new ZeroIntelligence(new() { LimitRate = 0.1, MarketRate = 5 }),
                new MarketMaker(new() { PositionLimit = 20, QuoteSize = 2 })]);
            simulation.Reset(seed);
            for (int second = 0; second < 200; second++)
            {
                simulation.RunFor(TimeSpan.FromSeconds(1));
                Assert.InRange(simulation.Account(1).Position, -20, 20);
            }

            Assert.True(simulation.Account(1).Traded > 20);
            wealth += simulation.Account(1).Wealth(simulation.View.Mid);
        }

        Assert.True(wealth > 0, $"wealth {wealth}");
    }

    [Fact]
    public void InformedTradersEarnAndCarryThePriceToTheValue()
    {
        double with = MeanMispricing(informed: true, out double profit), without = MeanMispricing(false, out _);
        Assert.True(profit > 0, $"profit {profit}");
        Assert.True(with < 0.5 * without, $"mispricing {with} with and {without} without them");
    }

    [Fact]
    public void MomentumFollowsAndValueLeansAgainst()
    {
        // A market that is marched up by a buyer who does not look at the value: 10,000 all the time.
        var simulation = new MarketSimulation(
            [
                new HawkesCrowd(new() { BaseRates = [1.2, 0.2, 1, 1, 0.4, 0.4] }),
                new MomentumTrader(new() { Threshold = 0.5 }),
                new ValueTrader(estimationError: 0.5),
            ],
            new() { Fundamental = new() { Volatility = 0 } });
        simulation.Reset(1);
        simulation.RunFor(TimeSpan.FromSeconds(200));
        Assert.True(simulation.View.Mid > 10_010, $"mid {simulation.View.Mid}");
        Assert.True(simulation.Account(1).Position > 0);
        Assert.True(simulation.Account(2).Position < 0);
    }

    private static double MeanMispricing(bool informed, out double profit)
    {
        Participant[] crowd = [new ZeroIntelligence(new() { LimitRate = 0.2, Band = 30, MarketRate = 1 })];
        InformedTrader[] insiders = [.. Enumerable.Range(0, 3).Select(
            _ => new InformedTrader(new() { DecisionRate = 1, PositionLimit = 1_000, OrderSize = 5 }, 0.3))];
        var simulation = new MarketSimulation(informed ? [.. crowd, .. insiders] : crowd);
        simulation.Reset(7);
        double sum = 0;
        const int Seconds = 300;
        for (int i = 0; i < Seconds; i++)
        {
            simulation.RunFor(TimeSpan.FromSeconds(1));
            sum += Math.Abs(simulation.View.Mid - simulation.FundamentalNow);
        }

        double value = simulation.FundamentalNow;
        profit = informed ? Enumerable.Range(1, 3).Sum(i => simulation.Account(i).Wealth(value)) : 0;
        return sum / Seconds;
    }
}
