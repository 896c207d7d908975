using FinML.Agents;

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
        object gate = new();
        var done = new double[Seeds];
        Parallel.For(0, Seeds, seed =>
        {
            var progress = new SeedProgress(fraction =>
            {
                lock (gate)
                {
                    done[seed] = fraction;
                    context.Progress?.Report(done.Average());
                }
            });
            if (CartPoleBenchmark.Run((ulong)seed + 1, Steps, episodes: 100, progress).Mean >= CartPoleBenchmark.Solved)
                Interlocked.Increment(ref solved);
        });
        return solved;
    }

    private sealed class SeedProgress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
