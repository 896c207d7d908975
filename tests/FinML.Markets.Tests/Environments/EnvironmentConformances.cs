namespace FinML.Markets.Tests.Environments;

public sealed class CartPoleConforms() : EnvironmentConformance(() => new CartPole());

public sealed class PendulumConforms() : EnvironmentConformance(() => new Pendulum());

public sealed class AcrobotConforms() : EnvironmentConformance(() => new Acrobot());

public sealed class MountainCarContinuousConforms() : EnvironmentConformance(() => new MountainCarContinuous());

public sealed class BanditConforms() : EnvironmentConformance(Bandit.SafeOrRisky);

public sealed class UniformReturnConforms() : EnvironmentConformance(() => new UniformReturn());

public sealed class TimeInconsistentCvarConforms() : EnvironmentConformance(() => new TimeInconsistentCvar());

public sealed class KellyConforms() : EnvironmentConformance(
    () => new BinomialAllocation(BinomialOptions.Kelly(.6, 1)));

public sealed class BinomialAllocationConforms() : EnvironmentConformance(
    () => new BinomialAllocation(new() { RiskAversion = 5 }));

public sealed class MertonConforms() : EnvironmentConformance(() => new MertonAllocation());

public sealed class MertonConsumptionConforms() : EnvironmentConformance(
    () => new MertonAllocation(new() { Consumes = true, RiskAversion = 3 }));

public sealed class CaraConforms() : EnvironmentConformance(() => new CaraAllocation());

public sealed class LinearQuadraticConforms() : EnvironmentConformance(() => new LinearQuadratic());

public sealed class GarleanuPedersenConforms() : EnvironmentConformance(() => new GarleanuPedersen());

public sealed class DeepSeaTreasureConforms() : EnvironmentConformance(DeepSeaTreasure.Convex);

public sealed class WeightedObjectivesConform() : EnvironmentConformance(
    () => new WeightedObjectives(DeepSeaTreasure.Concave(), 1, .1));

public sealed class DiscreteTradingConforms() : EnvironmentConformance(() => Market.Environment(new()));

public sealed class ContinuousTradingConforms() : EnvironmentConformance(
    () => Market.Environment(new() { Positions = null, Window = 5, EpisodeLength = 60 }));

public sealed class DifferentialSharpeTradingConforms() : EnvironmentConformance(
    () => Market.Environment(new() { Reward = TradingReward.DifferentialSharpe, EpisodeLength = 100 }));

public sealed class RuinousTradingConforms() : EnvironmentConformance(
    () => Market.Environment(
        new() { Execution = new() { RuinFraction = 0.9 }, Interval = RewardInterval.CloseToClose }));

public sealed class CostlyTradingConforms() : EnvironmentConformance(
    () => Market.Environment(new()
    {
        Positions = null,
        EpisodeLength = 40,
        Reward = TradingReward.Simple,
        Execution = new()
        {
            RebalanceBand = 0,
            RuinFraction = 0.95,
            PeriodsPerYear = 365,
            Costs = new() { CommissionBasisPoints = 10, SlippageBasisPoints = 20, BorrowBasisPointsPerYear = 300 },
        },
    }));

public sealed class LeveragedTradingConforms() : EnvironmentConformance(
    () => Market.Environment(new() { Positions = [-2, 0, 2], Execution = new() { MaximumLeverage = 2 } }));

public sealed class SimplexPortfolioConforms() : EnvironmentConformance(
    () => new PortfolioTradingEnvironment(
        Market.Portfolio(Market.Panel(200, 3, gaps: true)), new() { Window = 3, EpisodeLength = 60 }));

public sealed class LongShortPortfolioConforms() : EnvironmentConformance(
    () => new PortfolioTradingEnvironment(
        Market.Portfolio(Market.Panel(200, 4, gaps: true)),
        new()
        {
            MinimumWeight = -1,
            Reward = TradingReward.DifferentialSharpe,
            Execution = new() { MaximumLeverage = 2, RebalanceBand = 0, RuinFraction = 0.95 },
        }));

public sealed class PortfolioOfAllocationsConforms() : EnvironmentConformance(
    () => new PortfolioTradingEnvironment(
        Market.Portfolio(Market.Panel(200, 2)),
        new() { Allocations = [[0, 0], [.5, .5], [1, 0]], Interval = RewardInterval.CloseToClose }));

public sealed class PortfolioOfLevelsConforms() : EnvironmentConformance(
    () => new PortfolioTradingEnvironment(
        Market.Portfolio(Market.Panel(200, 3, gaps: true)), new() { Levels = [-.5, 0, .5], EpisodeLength = 80 }));
