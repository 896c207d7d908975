using FinML.Markets;

namespace FinML.Agents.Tests;

public sealed class DiscretePpoConforms() : LearnerConformance<Ppo>(
    seed => new(VectorEnvironment.Create(4, _ => new CartPole()), Learners.Small with { Seed = seed }),
    learner => learner.Iterate());

public sealed class ContinuousPpoConforms() : LearnerConformance<Ppo>(
    seed => new(VectorEnvironment.Create(3, _ => new Pendulum()), Learners.Normalized with { Seed = seed }),
    learner => learner.Iterate());

internal static class Learners
{
    internal static readonly PpoOptions Small = new()
    {
        TotalSteps = 4_096,
        StepsPerEnvironment = 32,
        Minibatches = 3,
        Epochs = 2,
        HiddenSizes = [16, 16],
    };

    internal static readonly PpoOptions Normalized = Small with
    {
        NormalizeObservations = true,
        ScaleRewards = true,
        AnnealLearningRate = true,
    };
}
