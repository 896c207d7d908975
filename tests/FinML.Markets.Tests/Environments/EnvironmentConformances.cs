namespace FinML.Markets.Tests.Environments;

public sealed class CartPoleConforms() : EnvironmentConformance(() => new CartPole());

public sealed class PendulumConforms() : EnvironmentConformance(() => new Pendulum());

public sealed class AcrobotConforms() : EnvironmentConformance(() => new Acrobot());

public sealed class MountainCarContinuousConforms() : EnvironmentConformance(() => new MountainCarContinuous());

public sealed class DiscreteTradingConforms() : EnvironmentConformance(() => Market.Environment(new()));

public sealed class ContinuousTradingConforms() : EnvironmentConformance(
    () => Market.Environment(new() { Positions = null, Window = 5, EpisodeLength = 60 }));

public sealed class DifferentialSharpeTradingConforms() : EnvironmentConformance(
    () => Market.Environment(new() { Reward = TradingReward.DifferentialSharpe, EpisodeLength = 100 }));

public sealed class RuinousTradingConforms() : EnvironmentConformance(
    () => Market.Environment(
        new() { Execution = new() { RuinFraction = 0.9 }, Interval = RewardInterval.CloseToClose }));
