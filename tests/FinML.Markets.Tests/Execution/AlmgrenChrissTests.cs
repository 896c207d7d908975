using FinML.Markets.Execution;

namespace FinML.Markets.Tests.Execution;

public sealed class AlmgrenChrissTests
{
    private static readonly ImpactOptions Paper = new();

    [Fact]
    public void TheScheduleOfTheReference()
    {
        var schedule = new AlmgrenChriss(Paper);
        Assert.Equal(.607076, schedule.Kappa, 5e-7);
        double[] expected = [1e6, 541_955.6, 289_854.2, 147_897.5, 62_141.8, 0];
        for (int j = 0; j < expected.Length; j++)
            Assert.Equal(expected[j], schedule.Holdings[j], 0.05);
        Assert.Equal(911_227, schedule.ExpectedShortfall(schedule.Holdings), 0.5);
        Assert.Equal(603_431, Math.Sqrt(schedule.Variance(schedule.Holdings)), 0.5);
        Assert.Equal(1_275_355.56, schedule.Objective(schedule.Holdings), 0.005);
        Assert.Equal(662_500, schedule.ExpectedShortfall(schedule.EqualParts()), 1e-6);
        Assert.Equal(1_040_673, Math.Sqrt(schedule.Variance(schedule.EqualParts())), 0.5);
        Assert.Equal(2_562_500, schedule.ExpectedShortfall(schedule.AllAtOnce()), 1e-6);
        Assert.Equal(0, schedule.Variance(schedule.AllAtOnce()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-8)]
    [InlineData(1e-6)]
    [InlineData(1e-4)]
    public void NoNeighbouringScheduleIsBetter(double riskAversion)
    {
        var schedule = new AlmgrenChriss(Paper with { RiskAversion = riskAversion });
        double best = schedule.Objective(schedule.Holdings);
        for (int j = 1; j < Paper.Intervals; j++)
        {
            foreach (double change in new[] { -2_000, 2_000 })
            {
                double[] other = [.. schedule.Holdings];
                other[j] += change;
                Assert.True(schedule.Objective(other) > best, $"holding {other[j]} after trade {j} is better");
            }
        }
    }

    /// <summary>Bertsimas and Lo's linear impact by dynamic programming over whole shares: 20 in each trade, 9,780 in
    /// all.</summary>
    [Fact]
    public void LinearImpactIsSolvedByEqualParts()
    {
        const int Shares = 100, Trades = 5;
        const double Price = 100, Alpha = 0.03, Beta = 0.05;
        double[] value = new double[Shares + 1]; // of what is left after the last trade
        int[] first = new int[Shares + 1];
        Array.Fill(value, double.NegativeInfinity, 1, Shares);
        for (int trade = 0; trade < Trades; trade++)
        {
            double[] next = new double[Shares + 1];
            for (int left = 0; left <= Shares; left++)
            {
                (next[left], first[left]) = Enumerable.Range(0, left + 1)
                    .Select(n => (n * (Price - Alpha * (Shares - left) - Beta * n) + value[left - n], n))
                    .Max();
            }

            value = next;
        }

        Assert.Equal(9_780, value[Shares], 1e-9);
        Assert.Equal(20, first[Shares]);
        var market = new ImpactOptions
        {
            InitialPrice = Price,
            Shares = Shares,
            Horizon = Trades,
            Intervals = Trades,
            PermanentImpact = Alpha,
            TemporaryImpact = Beta,
            FixedCost = 0,
            RiskAversion = 0,
        };
        var schedule = new AlmgrenChriss(market);
        Assert.Equal(schedule.EqualParts(), schedule.Holdings.Select(x => Math.Round(x, 12)));
        Assert.Equal(220, schedule.ExpectedShortfall(schedule.Holdings), 1e-9);
    }

    /// <summary>4,000 paths: the mean reward is -(E + λ V) within four standard errors.</summary>
    [Fact]
    public void TheEnvironmentRewardsTheObjective()
    {
        var schedule = new AlmgrenChriss(Paper);
        var environment = new OptimalExecutionEnvironment(Paper);
        float[] observation = new float[3];
        const int Paths = 4_000;
        double sum = 0, squares = 0, shortfalls = 0;
        for (ulong seed = 0; seed < Paths; seed++)
        {
            environment.Reset(seed, observation);
            double total = 0;
            for (int j = 1; j <= Paper.Intervals; j++)
            {
                Assert.Equal((float)(schedule.Holdings[j - 1] / Paper.Shares), observation[1], 1e-6f);
                total += environment.Step([environment.FractionTo(schedule.Holdings[j])], observation).Reward;
            }

            sum += total;
            squares += total * total;
            shortfalls += environment.Shortfall;
        }

        double unit = 1e4 / (Paper.Shares * Paper.InitialPrice), mean = sum / Paths;
        double deviation = Math.Sqrt(squares / Paths - mean * mean), error = deviation / Math.Sqrt(Paths);
        Assert.Equal(-1_275_355.56 * unit, mean, 4 * error);
        Assert.Equal(603_431 * unit, deviation, 603_431 * unit * 4 / Math.Sqrt(2.0 * Paths));
        Assert.Equal(911_227, shortfalls / Paths, 4 * error / unit);
    }

    [Fact]
    public void WithoutRiskTheEnvironmentPaysTheExpectedShortfall()
    {
        ImpactOptions calm = Paper with { Volatility = 0, RiskAversion = 0 };
        var schedule = new AlmgrenChriss(Paper);
        var environment = new OptimalExecutionEnvironment(calm);
        float[] observation = new float[3];
        environment.Reset(1, observation);
        StepResult result = default;
        for (int j = 1; j <= calm.Intervals; j++)
            result = environment.Step([environment.FractionTo(schedule.Holdings[j])], observation);
        Assert.True(result.Terminated);
        Assert.Equal(0, environment.Left);
        Assert.Equal(911_227, environment.Shortfall, 1); // a fraction travels as a float: 1e-7 of the shares
    }

    [Fact]
    public void TheLastTradeSellsEverything()
    {
        var environment = new OptimalExecutionEnvironment(Paper with { Volatility = 0 });
        float[] observation = new float[3];
        environment.Reset(1, observation);
        for (int j = 0; j < Paper.Intervals; j++)
            environment.Step([0], observation);
        Assert.Equal(0, environment.Left);
        Assert.Equal(2_562_500, environment.Shortfall, 1e-3); // X ε + η X² / τ
    }

    [Fact]
    public void OptionsAreHeldToTheirRanges()
    {
        Assert.Contains("TemporaryImpact has to be above half", Assert.Throws<ArgumentException>(
            () => new AlmgrenChriss(Paper with { TemporaryImpact = 1e-8 })).Message);
        Assert.Contains("it is 0", Assert.Throws<ArgumentOutOfRangeException>(
            () => new AlmgrenChriss(Paper with { Intervals = 0 })).Message);
        var schedule = new AlmgrenChriss(Paper);
        Assert.Throws<ArgumentException>(() => schedule.Variance([1e6, 0]));
        Assert.Throws<ArgumentException>(() => schedule.Variance([1e6, 4, 3, 2, 1, 1]));
    }
}
