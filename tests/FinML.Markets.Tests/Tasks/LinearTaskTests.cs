using FinML.Data;

namespace FinML.Markets.Tests.Tasks;

/// <summary>The linear-quadratic regulator and the trader of Gârleanu and Pedersen.</summary>
public sealed class LinearTaskTests
{
    [Fact]
    public void TheScalarRegulatorIsTheGoldenRatio()
    {
        var solution = LinearQuadraticSolution.Solve(new());
        Assert.Equal((1 + Math.Sqrt(5)) / 2, solution.Cost[0, 0], 1e-14);
        Assert.Equal((Math.Sqrt(5) - 1) / 2, solution.Gain[0], 1e-14);
        Assert.True(solution.Residual <= 1e-15 && solution.Iterations < 100);
        var discounted = LinearQuadraticSolution.Solve(new() { Discount = .99 });
        Assert.Equal(1.6152512, discounted.Cost[0, 0], 5e-8);
        Assert.Equal(discounted.Cost[0, 0] - 1, discounted.Gain[0], 1e-12);
    }

    [Fact]
    public void TheCostToGoIsWhatAnEpisodeCosts()
    {
        // Position and velocity pushed by a force: without noise the rewards of a long episode sum to -x'P x.
        var options = new LinearQuadraticOptions
        {
            Dynamics = new[,] { { 1, .1 }, { 0, 1 } },
            Control = [.005, .1],
            StateCost = new[,] { { 1, .1 }, { .1, .5 } },
            ControlCost = .3,
            NoiseDeviation = 0,
            Steps = 1_000,
        };
        var solution = LinearQuadraticSolution.Solve(options);
        var environment = new LinearQuadratic(options);
        float[] observation = new float[2];
        for (ulong seed = 0; seed < 5; seed++)
        {
            environment.Reset(seed, observation);
            double expected = 0;
            for (int i = 0; i < 2; i++)
            {
                for (int j = 0; j < 2; j++)
                    expected -= observation[i] * solution.Cost[i, j] * observation[j];
            }

            double Sum(double factor) => Search.Returns(
                environment,
                (x, action) => action[0] = (float)(factor * solution.Control([x[0], x[1]])), 1, seed: seed).Mean;

            // The state is observed and the control given in float32, which costs little: the optimum is flat.
            Assert.Equal(expected, Sum(1), 1e-5 * Math.Abs(expected));
            Assert.True(Sum(1) > Sum(1.1) && Sum(1) > Sum(.9));
        }
    }

    [Fact]
    public void ASystemThatCannotBeHeldIsRefused()
    {
        var options = new LinearQuadraticOptions { Dynamics = new double[,] { { 2 } }, Control = [0] };
        Assert.Contains("cannot be held",
            Assert.Throws<ArithmeticException>(() => LinearQuadraticSolution.Solve(options)).Message);
        Assert.Contains("StateCost is 1 x 1; 2 states", Assert.Throws<ArgumentException>(
            () => new LinearQuadratic(new() { Control = [1, 1], Dynamics = new double[2, 2] })).Message);
        Assert.Contains("symmetric", Assert.Throws<ArgumentException>(() => new LinearQuadratic(new()
        {
            Control = [1, 1],
            Dynamics = new double[2, 2],
            StateCost = new double[,] { { 1, 2 }, { 3, 1 } },
        })).Message);
        Assert.Contains("ControlCost", Assert.ThrowsAny<ArgumentException>(
            () => new LinearQuadratic(new() { ControlCost = 0 })).Message);
    }

    [Fact]
    public void TheTradersWeightsSolveBellmansEquation()
    {
        var random = new RandomStream(5);
        var options = new GarleanuPedersenOptions();
        Assert.Equal(.360261, options.PositionWeight, 5e-7);
        Assert.Equal(.758842, options.PredictorWeight, 5e-7);
        for (int i = 0; i < 20; i++)
        {
            (double position, double predictor) = ValueIteration(options);
            Assert.Equal(position, options.PositionWeight, 1e-12);
            Assert.Equal(predictor, options.PredictorWeight, 1e-12 * Math.Max(1, Math.Abs(predictor)));
            options = new()
            {
                RiskAversion = .5 + 5 * random.NextDouble(),
                TradingCost = .1 + 5 * random.NextDouble(),
                DiscountRate = .02 + .4 * random.NextDouble(),
                Decay = random.NextDouble(),
                Loading = random.NextNormal(),
                Variance = .1 + random.NextDouble(),
            };
        }

        // V(x, f) = -p x² / 2 + q x f + ..., from V = 0: the best x of
        // (1-ρ)(x B f - γ S x² / 2 + E V(x, f')) - λ S (x - x₋)² / 2.
        static (double, double) ValueIteration(GarleanuPedersenOptions o)
        {
            double b = 1 - o.DiscountRate, cost = o.TradingCost * o.Variance, p = 0, q = 0, position = 0, predictor = 0;
            for (int i = 0; i < 20_000; i++)
            {
                double curvature = cost + b * (o.RiskAversion * o.Variance + p);
                position = cost / curvature;
                predictor = b * (o.Loading + q * (1 - o.Decay)) / curvature;
                (p, q) = (cost * (1 - position), cost * predictor);
            }

            return (position, predictor);
        }
    }

    [Fact]
    public void TheTradersRewardIsItsFormula()
    {
        // With next to no noise, risk and cost a step earns (1 - ρ) x B f of the f that was seen.
        var quiet = new GarleanuPedersenOptions { Variance = 1e-12 };
        var environment = new GarleanuPedersen(quiet);
        float[] observation = new float[2];
        environment.Reset(1, observation);
        for (int i = 0; i < 100; i++)
        {
            double expected = .9 * 2 * 1.3 * observation[1];
            Assert.Equal(expected, environment.Step([2], observation).Reward, 1e-4);
            Assert.Equal(2, observation[0]);
        }

        // Without a signal a position is a risk: (1 - ρ) γ S x² / 2 a step, and λ S x² / 2 to take it.
        var risky = new GarleanuPedersenOptions { PredictorDeviation = 0, Steps = 50 };
        (double mean, double error) = Search.Returns(
            new GarleanuPedersen(risky), (_, action) => action[0] = 2, 2_000);
        double cost = 50 * .9 * 2 * .5 * 4 / 2 + 1.5 * .5 * 4 / 2;
        Assert.InRange(mean, -cost - 4 * error, -cost + 4 * error);
        Assert.True(error < .005 * cost);
    }

    [Fact]
    public void TheTradersEpisodesAreBestAtItsWeights()
    {
        var options = new GarleanuPedersenOptions { Steps = 100, MaximumPosition = 100 };
        double Mean(double keep, double follow) => Search.Returns(
            new GarleanuPedersen(options),
            (observation, action) => action[0] = (float)(keep * options.PositionWeight * observation[0]
                + follow * options.PredictorWeight * observation[1]),
            1_000, discount: 1 - options.DiscountRate).Mean;

        // The same draws for each, so that small differences show.
        double best = Mean(1, 1);
        Assert.True(best > 0);
        foreach ((double keep, double follow) in new[] { (1.4, 1.0), (.6, 1.0), (1, 1.3), (1, .7), (0, 0) })
            Assert.True(best > Mean(keep, follow), $"{keep}, {follow}");
    }
}
