using FinML.Markets;

namespace FinML.Agents;

/// <summary>
/// PPO on CartPole-v1: the published bar is a mean return of 500 after 100,000 steps (rl-baselines3-zoo, one run), and
/// the task counts as solved at 475. The options are the zoo's: 8 environments, 32 steps, batches of 256, 20 epochs.
/// </summary>
public static class CartPoleBenchmark
{
    /// <summary>The mean return at which the task is solved.</summary>
    public const double Solved = 475;

    private const int Environments = 8;

    /// <summary>The options of the zoo's ppo.yml for CartPole-v1.</summary>
    public static PpoOptions Options(ulong seed, long totalSteps = 100_000) => new()
    {
        TotalSteps = totalSteps,
        StepsPerEnvironment = 32,
        Minibatches = 1,
        Epochs = 20,
        Gamma = 0.98,
        GaeLambda = 0.8,
        LearningRate = 1e-3,
        AnnealLearningRate = true,
        Clip = 0.2,
        AnnealClip = true,
        EntropyCoefficient = 0,
        Seed = seed,
    };

    /// <summary>The learner.</summary>
    public static Ppo Create(ulong seed, long totalSteps = 100_000) =>
        new(VectorEnvironment.Create(Environments, _ => new CartPole()), Options(seed, totalSteps));

    /// <summary>Trains, and plays evaluation episodes with the most probable actions from starts of their
    /// own.</summary>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="totalSteps">Environment steps of the training.</param>
    /// <param name="episodes">Evaluation episodes.</param>
    /// <param name="progress">Gets the fraction of the training that is done.</param>
    public static EvaluationScore Run(
        ulong seed, long totalSteps = 100_000, int episodes = 100, IProgress<double>? progress = null)
    {
        Ppo agent = Create(seed, totalSteps);
        agent.Learn(progress);
        return PolicyEvaluation.Run(agent, new CartPole(), episodes, seed: 1_000_003 + seed);
    }
}
