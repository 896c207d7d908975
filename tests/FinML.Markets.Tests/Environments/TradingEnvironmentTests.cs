using FinML.Data;

namespace FinML.Markets.Tests.Environments;

public sealed class TradingEnvironmentTests
{
    private static readonly ExecutionOptions Costly = new()
    {
        Costs = new() { CommissionBasisPoints = 10, SlippageBasisPoints = 20, BorrowBasisPointsPerYear = 300 },
    };

    [Theory]
    [InlineData(RewardInterval.OpenToOpen, 0)]
    [InlineData(RewardInterval.CloseToClose, 0)]
    [InlineData(RewardInterval.OpenToOpen, 3)]
    public void LogRewardsSumToTheLogOfTheBacktestersEquity(RewardInterval interval, int latencyBars)
    {
        const int Bars = 400;
        (double[] opens, double[] closes) = Market.Prices(Bars);
        ExecutionOptions execution = Costly with { LatencyBars = latencyBars };
        var options = new TradingOptions { Execution = execution, Interval = interval };
        var environment = new TradingEnvironment(opens, closes, Market.Features(Bars, 1), 1, options);
        float[] observation = new float[2];
        double[] targets = new double[Bars];
        var random = new RandomStream(5);
        environment.Reset(1, observation);
        double sum = 0, equity = 1;
        StepResult result = default;
        while (!result.Done)
        {
            float action = random.NextInt(3);
            targets[environment.Bar] = environment.TargetOf([action]);
            result = environment.Step([action], observation);
            sum += result.Reward;
            equity = environment.Equity;
        }

        BacktestResult backtest = Backtester.Run(Market.Times(Bars), opens, closes, targets, execution);
        Assert.Equal(Math.Log(backtest.FinalEquity), sum, 1e-10);
        Assert.Equal(backtest.FinalEquity, equity, 1e-12);
        Assert.True(result.Truncated);
        Assert.True(backtest.Trades.Count > 100);
    }

    [Fact]
    public void TheNightBelongsToTheOldPosition()
    {
        // Close 100 -> open 120: the position decided at that close comes too late for the gap.
        double[] opens = [100, 120, 120, 120], closes = [100, 120, 120, 120];
        var free = new TradingOptions { Positions = [0, 1], Execution = new() { Costs = CostModel.Free } };
        Assert.Equal([0, 0, 0], Rewards(opens, closes, free, 1));

        // Open 100 -> open 110 while held: open to open pays the decision for all of it, nights included.
        double[] laterOpens = [100, 100, 110, 110], laterCloses = [100, 105, 110, 110];
        Assert.Equal([Math.Log(1.1), 0, 0], Rewards(laterOpens, laterCloses, free, 1), Near);
        var close = free with { Interval = RewardInterval.CloseToClose };
        Assert.Equal([Math.Log(1.05), Math.Log(1.1 / 1.05), 0], Rewards(laterOpens, laterCloses, close, 1), Near);
    }

    [Fact]
    public void TheCostOfATradeFallsOnTheStepThatDecidedIt()
    {
        double[] flat = [100, 100, 100, 100, 100];
        var options = new TradingOptions { Positions = [0, 1], Execution = Costly };

        // Buying 1/(1+c) of notional at cost c: the equity left is 1 / (1 + c), c = s + k (1 + s).
        double[] rewards = Rewards(flat, flat, options, 1);
        Assert.Equal(-Math.Log(1 + 0.002 + 0.001 * 1.002), rewards[0], 12);
        Assert.All(rewards[1..], reward => Assert.Equal(0, reward, 15));
    }

    [Fact]
    public void TheObservationIsTheWindowAndThePosition()
    {
        TradingEnvironment environment = Market.Environment(new() { Window = 3, Positions = [0, 1] });
        float[] observation = new float[3 * 2 + 1];
        environment.Reset(1, observation);
        Assert.Equal(2, environment.FirstDecision);
        Assert.Equal([0, 0.1f, 1, 1.1f, 2, 2.1f, 0], observation);
        environment.Step([1], observation);
        Assert.Equal([1, 1.1f, 2, 2.1f, 3, 3.1f, 1], observation);
    }

    [Fact]
    public void NothingThatIsObservedComesFromTheFuture()
    {
        (double[] opens, double[] closes) = Market.Prices(50);
        float[] features = Market.Features(50, 1);
        const int Cut = 20;
        double[] otherOpens = [.. opens], otherCloses = [.. closes];
        for (int t = Cut + 1; t < 50; t++)
            (otherOpens[t], otherCloses[t], features[t]) = (opens[t] * 1.5, closes[t] * 0.7, features[t]);
        Assert.Equal(Observed(opens, closes), Observed(otherOpens, otherCloses));

        List<float> Observed(double[] open, double[] close)
        {
            var options = new TradingOptions { Positions = null, Execution = Costly };
            var environment = new TradingEnvironment(open, close, features, 1, options);
            float[] observation = new float[2];
            var random = new RandomStream(3);
            environment.Reset(1, observation);
            List<float> seen = [.. observation];
            for (int t = 0; t < Cut; t++)
            {
                environment.Step([(float)(2 * random.NextDouble() - 1)], observation);
                seen.AddRange(observation);
            }

            return seen;
        }
    }

    [Fact]
    public void TheEndOfTheDataIsATruncation()
    {
        var environment = Market.Environment(new(), bars: 20);
        float[] observation = new float[3];
        environment.Reset(1, observation);
        for (int i = 1; i < 20; i++)
            Assert.Equal(new StepResult(0, false, i == 19), environment.Step([1], observation));
    }

    [Theory]
    [InlineData(RewardInterval.OpenToOpen, 2)] // the open of bar 3 ruins what was decided at bar 1, the second decision
    [InlineData(RewardInterval.CloseToClose, 3)]
    public void RuinIsATermination(RewardInterval interval, int expectedSteps)
    {
        double[] rising = [100, 100, 150, 210, 250, 300];
        var options = new TradingOptions { Execution = new() { RebalanceBand = 10 }, Interval = interval };
        var environment = new TradingEnvironment(rising, rising, Market.Features(6, 1), 1, options);
        float[] observation = new float[2];
        environment.Reset(1, observation);
        int steps = 0;
        StepResult result = default;
        for (; !result.Done; steps++)
            result = environment.Step([0], observation);
        Assert.True(result.Terminated);
        Assert.Equal(expectedSteps, steps);
        Assert.Equal(Math.Log(1e-4), result.Reward, 12); // an equity below zero
    }

    [Fact]
    public void RandomEpisodesCoverTheRangeAndStayInIt()
    {
        (double[] opens, double[] closes) = Market.Prices(100);
        var options = new TradingOptions { EpisodeLength = 10, Window = 4 };
        var environment = new TradingEnvironment(
            opens, closes, Market.Features(100, 1), 1, options, start: 20, end: 50);
        float[] observation = new float[5];
        var starts = new HashSet<int>();
        for (ulong seed = 0; seed < 400; seed++)
        {
            environment.Reset(seed, observation);
            starts.Add(environment.Bar);
            int steps = 0;
            for (StepResult result = default; !result.Done; steps++)
                result = environment.Step([1], observation);
            Assert.Equal(10, steps);
        }

        // Decisions 20 .. 48 (traded by bar 49 at the latest), so that episodes of 10 start at 20 .. 39.
        Assert.Equal(Enumerable.Range(20, 20), starts.Order());
    }

    [Fact]
    public void PricesBeyondTheEndAreNeverRead()
    {
        (double[] opens, double[] closes) = Market.Prices(60);
        double[] cutOpens = [.. opens], cutCloses = [.. closes];
        cutOpens.AsSpan(40).Fill(double.NaN);
        cutCloses.AsSpan(40).Fill(double.NaN);
        float[] features = Market.Features(60, 1);
        features.AsSpan(40).Fill(float.NaN);
        var environment = new TradingEnvironment(cutOpens, cutCloses, features, 1, end: 40);
        float[] observation = new float[2];
        environment.Reset(1, observation);
        for (StepResult result = default; !result.Done;)
            result = environment.Step([2], observation);
        Assert.Equal(39, environment.Bar);
    }

    [Fact]
    public void TheDifferentialSharpeRatioFollowsItsFormula()
    {
        const int Bars = 40;
        const double Eta = 0.05;
        (double[] opens, double[] closes) = Market.Prices(Bars);
        var simple = new TradingOptions { Reward = TradingReward.Simple, Execution = Costly, Positions = [0, 1] };
        var sharpe = simple with { Reward = TradingReward.DifferentialSharpe, SharpeAdaptation = Eta };
        double[] returns = Rewards(opens, closes, simple, 1), rewards = Rewards(opens, closes, sharpe, 1);
        double a = 0, b = 0;
        for (int i = 0; i < returns.Length; i++)
        {
            double da = returns[i] - a, db = returns[i] * returns[i] - b, variance = b - a * a;
            double expected = variance > 1e-12 ? (b * da - 0.5 * a * db) / Math.Pow(variance, 1.5) : 0;
            Assert.Equal(expected, rewards[i], 1e-9 * Math.Max(1, Math.Abs(expected)));
            (a, b) = (a + Eta * da, b + Eta * db);
        }

        Assert.Contains(rewards, reward => Math.Abs(reward) > 0.1);
    }

    [Fact]
    public void RefusesBadInputInOneSentence()
    {
        (double[] opens, double[] closes) = Market.Prices(10);
        float[] features = Market.Features(10, 1);
        Assert.Contains("closes has 9 values where opens has 10",
            Error(() => new TradingEnvironment(opens, closes.AsMemory(1), features, 1)));
        Assert.Contains("features has 10 values", Error(() => new TradingEnvironment(opens, closes, features, 2)));
        Assert.Contains("3 decisions; 20 are needed", Error(() => new TradingEnvironment(
            opens, closes, features, 1, new() { Window = 7, EpisodeLength = 20 })));
        Assert.Contains("Window has to be from 1",
            Error(() => new TradingEnvironment(opens, closes, features, 1, new() { Window = 0 })));
        Assert.Contains("Positions[1]", Error(() => new TradingOptions { Positions = [0, 2] }.Validate()));
        Assert.Contains("a value twice", Error(() => new TradingOptions { Positions = [0, 0] }.Validate()));
        Assert.Contains("RebalanceBand", Error(() => new ExecutionOptions { RebalanceBand = -1 }.Validate()));
        opens[4] = double.NaN;
        Assert.Contains("opens[4] has to be a positive, finite price; it is NaN",
            Error(() => new TradingEnvironment(opens, closes, features, 1)));
        opens[4] = 100;
        features[6] = float.NaN;
        Assert.Contains("Feature 0 of bar 6 is NaN", Error(() => new TradingEnvironment(opens, closes, features, 1)));

        static string Error(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
    }

    private static double[] Rewards(double[] opens, double[] closes, TradingOptions options, float action)
    {
        var environment = new TradingEnvironment(opens, closes, Market.Features(opens.Length, 1), 1, options);
        float[] observation = new float[2];
        environment.Reset(1, observation);
        List<double> rewards = [];
        for (StepResult result = default; !result.Done;)
        {
            result = environment.Step([action], observation);
            rewards.Add(result.Reward);
        }

        return [.. rewards];
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
}
