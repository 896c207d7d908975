using FinML.Data;

namespace FinML.Markets.Tests.Environments;

public sealed class PortfolioTradingEnvironmentTests
{
    private static readonly ExecutionOptions Costly = new()
    {
        RebalanceBand = 0,
        Costs = new() { CommissionBasisPoints = 10, SlippageBasisPoints = 20, BorrowBasisPointsPerYear = 300 },
    };

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    [InlineData(2, -1)]
    public void AgreesWithALedgerKeptByHand(double leverage, double least)
    {
        // Prices drop out, so that targets wait; the ledger knows only cash, shares and marks.
        Panel panel = Market.Panel(200, 3, gaps: true, sigma: 0.03);
        var options = new PortfolioTradingOptions
        {
            MinimumWeight = least,
            MaximumWeight = 1,
            Execution = Costly with { MaximumLeverage = leverage },
        };
        var environment = new PortfolioTradingEnvironment(Market.Portfolio(panel), options);
        float[] observation = new float[environment.ObservationSpace.Size], action = new float[3];
        double cash = 1, years = 1.0 / 252, rewardSum = 0;
        double[] shares = new double[3], marks = new double[3];
        var random = new RandomStream(4);
        environment.Reset(1, observation);
        for (StepResult result = default; !result.Done;)
        {
            // Within the limit with room for what cannot be traded.
            environment.ActionSpace.Sample(random, action);
            for (int i = 0; i < 3; i++)
                action[i] *= .25f * (float)leverage;
            double[] weights = environment.TargetsOf(action);
            result = environment.Step(action, observation);
            rewardSum += result.Reward;
            int bar = environment.Bar;

            // The open: mark, then move to the weights of what the costs leave, found by bisection.
            double[] opens = [.. Row(panel, "open", bar)], closes = [.. Row(panel, "close", bar)];
            bool[] trades = [.. opens.Select(price => !double.IsNaN(price))];
            for (int i = 0; i < 3; i++)
                marks[i] = trades[i] ? opens[i] : marks[i];
            double before = cash + shares.Zip(marks, (q, p) => q * p).Sum();
            double Wanted(int i, double after) => weights[i] * after;

            double Paid(double after)
            {
                double cost = 0;
                for (int i = 0; i < 3; i++)
                {
                    double trade = trades[i] ? Wanted(i, after) - shares[i] * marks[i] : 0;
                    double slipped = Math.Abs(trade) * .002;
                    cost += slipped + .001 * (Math.Abs(trade) + (trade > 0 ? slipped : -slipped));
                }

                return cost;
            }

            double low = 0.5 * before, high = before;
            for (int k = 0; k < 200; k++)
            {
                double middle = (low + high) / 2;
                (low, high) = before - Paid(middle) > middle ? (middle, high) : (low, middle);
            }

            cash = high;
            for (int i = 0; i < 3; i++)
            {
                shares[i] = trades[i] ? Wanted(i, high) / marks[i] : shares[i];
                cash -= shares[i] * marks[i];
            }

            // The close: mark, and pay the borrow and the interest of the night.
            for (int i = 0; i < 3; i++)
            {
                marks[i] = double.IsNaN(closes[i]) ? marks[i] : closes[i];
                cash -= Math.Max(0, -shares[i] * marks[i]) * .03 * years;
            }

            cash -= leverage > 1 ? Math.Max(0, -cash) * .015 * years : 0;

            double equity = cash + shares.Zip(marks, (q, p) => q * p).Sum();
            Assert.Equal(equity, environment.Equity, 1e-11 * equity);
            for (int i = 0; i < 3; i++)
                Assert.Equal(shares[i] * marks[i] / equity, environment.Weight(i), 1e-10);
            Assert.Equal(Row(panel, "close", bar).Select(p => double.IsNaN(p) ? 0f : 1f), observation[^3..]);
        }

        Assert.Equal(Math.Log(environment.Equity), rewardSum, 1e-11);
        Assert.Equal(199, environment.Bar);
        Assert.True(environment.Costs > 0.1);
    }

    [Theory]
    [InlineData(RewardInterval.OpenToOpen)]
    [InlineData(RewardInterval.CloseToClose)]
    public void OneAssetIsTheSingleAssetEnvironment(RewardInterval interval)
    {
        Panel panel = Market.Panel(150, 1);
        ExecutionOptions execution = Costly with { RebalanceBand = 0.05 };
        var portfolio = new PortfolioTradingEnvironment(
            Market.Portfolio(panel), new() { MinimumWeight = -1, Execution = execution, Interval = interval });
        var single = new TradingEnvironment(
            panel.Column("A", "open").ToArray(), panel.Column("A", "close").ToArray(), Market.Features(150, 2), 2,
            new() { Positions = null, Execution = execution, Interval = interval });
        float[] ours = new float[4], theirs = new float[3];
        var random = new RandomStream(8);
        portfolio.Reset(1, ours);
        single.Reset(1, theirs);
        float weight = 0;
        for (StepResult result = default; !result.Done;)
        {
            weight = random.NextInt(3) == 0 ? (float)(2 * random.NextDouble() - 1) : weight; // it drifts in between
            result = portfolio.Step([weight], ours);
            StepResult expected = single.Step([weight], theirs);
            Assert.Equal(expected.Reward, result.Reward, 1e-13);
            Assert.Equal((expected.Terminated, expected.Truncated), (result.Terminated, result.Truncated));
            Assert.Equal(single.Position, portfolio.Weight(0), 1e-12);
        }

        Assert.Equal(single.Equity, portfolio.Equity, 1e-12);
    }

    [Fact]
    public void TheTradesCostsAreInTheFirstReward()
    {
        var flat = Panel.Create(Market.Times(4), ["A", "B"], ["open", "close"],
            [.. Enumerable.Range(0, 4).Select(_ => new double[] { 100, 100, 100, 100 })]);
        var environment = new PortfolioTradingEnvironment(Market.Portfolio(flat), new() { Execution = Costly });
        float[] observation = new float[6];
        environment.Reset(1, observation);

        // All money into both: what is left is 1 / (1 + c) with c = s + k (1 + s), half in each.
        double cost = .002 + .001 * 1.002;
        Assert.Equal(-Math.Log(1 + cost), environment.Step([.5f, .5f], observation).Reward, 1e-14);
        Assert.Equal(.5, environment.Weight(0), 1e-14);
        Assert.Equal(.5, environment.Weight(1), 1e-14);
        Assert.Equal([1, 1.1f, .5f, .5f, 1, 1], observation);
        Assert.Equal(0, environment.Step([.5f, .5f], observation).Reward, 1e-15);

        // From A into B: the sale pays s + k (1 - s) on what it sells, the purchase c on what it buys.
        double sale = .002 + .001 * .998, rest = (1 - .5 * sale + .5 * cost) / (1 + cost);
        Assert.Equal(Math.Log(rest), environment.Step([0, 1], observation).Reward, 1e-14);
    }

    [Fact]
    public void ActionsBecomeWeightsWithinTheLeverageLimit()
    {
        PortfolioMarket market = Market.Portfolio(Market.Panel(50, 3));
        var simplex = new PortfolioTradingEnvironment(market);
        Assert.Equal([.25, .5, 0], simplex.TargetsOf([.25f, .5f, 0]), Near);
        Assert.Equal([.5, .5, 0], simplex.TargetsOf([1, 1, 0]), Near);
        Assert.Equal(Box.Uniform(0, 1, 3), simplex.ActionSpace);

        var longShort = new PortfolioTradingEnvironment(
            market, new() { MinimumWeight = -1, Execution = new() { MaximumLeverage = 1.5 } });
        Assert.Equal([.5, -.5, .5], longShort.TargetsOf([1, -1, 1]), Near);

        var chosen = new PortfolioTradingEnvironment(market, new() { Allocations = [[0, 0, 0], [.6, .4, 0]] });
        Assert.Equal(new Discrete(2), chosen.ActionSpace);
        Assert.Equal([.6, .4, 0], chosen.TargetsOf([1]), Near);

        var levels = new PortfolioTradingEnvironment(market, new() { Levels = [-1, 0, 1] });
        Assert.Equal(new MultiDiscrete(3, 3, 3), levels.ActionSpace);
        Assert.Equal([.5, 0, -.5], levels.TargetsOf([2, 1, 0]), Near);

        static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
    }

    [Fact]
    public void AnAssetWithoutAPriceIsHeldAndItsTargetWaits()
    {
        // B has no price in bars 2 and 3.
        const double Missing = double.NaN;
        var panel = Panel.Create(Market.Times(6), ["A", "B"], ["open", "close"],
            [[10, 10, 10, 10, 10, 10], [10, 10, 10, 10, 10, 10],
                [20, 20, Missing, Missing, 40, 40], [20, 20, Missing, Missing, 40, 40]]);
        var environment = new PortfolioTradingEnvironment(
            Market.Portfolio(panel), new() { Execution = new() { Costs = CostModel.Free } });
        float[] observation = new float[6];
        environment.Reset(1, observation);
        environment.Step([.5f, .5f], observation); // bar 1: both bought
        environment.Step([1, 0], observation); // bar 2: B cannot be sold, and A gets the room that there is
        Assert.Equal([.5f, .5f, 1, 0], observation[2..]);
        environment.Step([1, 0], observation); // bar 3: the same
        Assert.Equal(.5, environment.Weight(1), 1e-12);
        environment.Step([1, 0], observation); // bar 4: B is back at twice its price, and sold
        Assert.Equal(1.5, environment.Equity, 1e-12);
        Assert.Equal([1, 0], [environment.Weight(0), environment.Weight(1)]);
        Assert.Equal([1f, 1f], observation[4..]);
    }

    [Fact]
    public void NothingThatIsObservedComesFromTheFuture()
    {
        const int Bars = 60, Cut = 25;
        Panel panel = Market.Panel(Bars, 2);
        double[][] columns = [.. panel.Assets.SelectMany(asset => panel.Fields.Select(field =>
            panel.Column(asset, field).ToArray()))];
        foreach (double[] column in columns)
        {
            for (int t = Cut + 1; t < Bars; t++)
                column[t] *= t % 2 == 0 ? 1.5 : 0.7;
        }

        Assert.Equal(
            Observed(panel), Observed(Panel.Create(panel.Times, panel.Assets, panel.Fields, columns)));

        static List<float> Observed(Panel panel)
        {
            var environment = new PortfolioTradingEnvironment(Market.Portfolio(panel), new() { Execution = Costly });
            float[] observation = new float[6], action = new float[2];
            var random = new RandomStream(3);
            environment.Reset(1, observation);
            List<float> seen = [.. observation];
            for (int t = 0; t < Cut; t++)
            {
                environment.ActionSpace.Sample(random, action);
                environment.Step(action, observation);
                seen.AddRange(observation);
            }

            return seen;
        }
    }

    [Fact]
    public void RuinEndsTheEpisodeWithNothingHeld()
    {
        var panel = Panel.Create(Market.Times(5), ["A", "B"], ["open", "close"],
            [[10, 10, 10, 10, 10], [10, 10, 1, 1, 1], [10, 10, 10, 10, 10], [10, 10, 10, 10, 10]]);
        var environment = new PortfolioTradingEnvironment(
            Market.Portfolio(panel), new() { Execution = new() { RuinFraction = .5 } });
        float[] observation = new float[6];
        environment.Reset(1, observation);
        Assert.False(environment.Step([.9f, .1f], observation).Done);
        StepResult result = environment.Step([.9f, .1f], observation);
        Assert.Equal((true, false), (result.Terminated, result.Truncated));
        Assert.Equal([0f, 0f], observation[2..4]);
        Assert.InRange(environment.Equity, .18, .2);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 2)]
    [InlineData(.1, 0)]
    public void AgreesWithTheBacktester(double band, int latency)
    {
        const int Bars = 200;
        Panel panel = Market.Panel(Bars, 3, gaps: true);
        ExecutionOptions execution = Costly with { RebalanceBand = band, LatencyBars = latency, MaximumLeverage = 2 };
        var environment = new PortfolioTradingEnvironment(
            Market.Portfolio(panel), new() { MinimumWeight = -1, Execution = execution });
        float[] observation = new float[environment.ObservationSpace.Size], action = new float[3];
        double[][] targets = new double[Bars][];
        targets[^1] = new double[3]; // not read
        double[] equity = new double[Bars];
        var random = new RandomStream(4);
        environment.Reset(1, observation);
        for (StepResult result = default; !result.Done; equity[environment.Bar] = environment.Equity)
        {
            if (random.NextInt(3) == 0)
                environment.ActionSpace.Sample(random, action);
            targets[environment.Bar] = environment.TargetsOf(action);
            result = environment.Step(action, observation);
        }

        PortfolioBacktestResult backtest = PortfolioBacktester.Run(panel, targets, new() { Execution = execution });
        Assert.Equal(equity[1..], backtest.Account.NetEquity);
        Assert.Equal(backtest.Events.Count, environment.Events.Count);
        Assert.NotEmpty(environment.Events);
    }

    [Fact]
    public void RefusesBadInputInOneSentence()
    {
        Panel panel = Market.Panel(20, 2);
        PortfolioMarket market = Market.Portfolio(panel);
        Assert.Contains("19 decisions; 40 are needed", Error(new() { EpisodeLength = 40 }));
        Assert.Contains("Allocations[1] has 1 values where the market's assets has 2",
            Error(new() { Allocations = [[0, 0], [1]] }));
        Assert.Contains("Allocations[0] has a gross exposure of 1.5", Error(new() { Allocations = [[1, .5], [0, 0]] }));
        Assert.Contains("only one may be given", Error(new() { Allocations = [[0, 0], [1, 0]], Levels = [0, 1] }));
        Assert.Contains("Levels[1] has to be from -1 to 1; it is 2", Error(new() { Levels = [0, 2] }));
        Assert.Contains("MaximumWeight", Error(new() { MinimumWeight = .5, MaximumWeight = .2 }));
        Assert.Contains("not in Box(0..1, 0..1)", Assert.Throws<ArgumentException>(
            () => new PortfolioTradingEnvironment(market).TargetsOf([.5f, 2])).Message);

        panel = panel.WithColumn("B", "open", [.. Enumerable.Repeat(-1.0, 20)]);
        Assert.Contains("The open of B at row 0 has to be a positive, finite price; it is -1",
            Assert.ThrowsAny<ArgumentException>(() => Market.Portfolio(panel)).Message);
        var warming = FeatureMatrix.Create(panel.Times, ["f"], [double.NaN, .. new double[19]]);
        Assert.Contains("Feature 0 of bar 0 is NaN", Assert.Throws<ArgumentException>(
            () => new PortfolioTradingEnvironment(PortfolioMarket.Create(Market.Panel(20, 2), warming))).Message);

        string Error(PortfolioTradingOptions options) =>
            Assert.ThrowsAny<ArgumentException>(() => new PortfolioTradingEnvironment(market, options)).Message;
    }

    private static IEnumerable<double> Row(Panel panel, string field, int bar)
    {
        foreach (string asset in panel.Assets)
            yield return panel[bar, panel.AssetIndex(asset), panel.FieldIndex(field)];
    }
}
