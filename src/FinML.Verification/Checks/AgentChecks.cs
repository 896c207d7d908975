using FinML.Agents;
using FinML.Training;

namespace FinML.Verification;

/// <summary>Agents, held to published scores on control tasks.</summary>
internal static class AgentChecks
{
    private const int Seeds = 5;
    private const int Demanded = 4;
    private const long Steps = 200_000;

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("agents.ppo.cartpole",
            $"PPO on CartPole-v1: seeds of {Seeds} with a mean return of {CartPoleBenchmark.Solved} "
            + $"over 100 episodes after {Steps} steps",
            "rl-baselines3-zoo: 500 after 100,000 steps; CleanRL: 490 +- 6 after 500,000",
            Demanded, 0, SeedsThatSolve, Comparison.AtLeast),
    ];

    private static double SeedsThatSolve(VerificationContext context)
    {
        int solved = 0;
        double[] costs = Enumerable.Repeat(1.0, Seeds).ToArray();
        ParallelJobs.Run(
            costs, Environment.ProcessorCount, context.Progress, CancellationToken.None, (seed, progress) =>
        {
            if (CartPoleBenchmark.Run((ulong)seed + 1, Steps, episodes: 100, progress).Mean >= CartPoleBenchmark.Solved)
                Interlocked.Increment(ref solved);
        });
        return solved;
    }
}
