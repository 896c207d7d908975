using FinML.Data;
using FinML.Markets;

namespace FinML.Agents;

/// <summary>How well an agent does without learning.</summary>
public static class PolicyEvaluation
{
    /// <summary>Plays whole episodes, one after the other, and gives their undiscounted returns.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="environment">The environment; not one that the agent learns in.</param>
    /// <param name="episodes">How many; at least 1.</param>
    /// <param name="seed">Episode i starts from a seed that follows from this one and i.</param>
    /// <param name="deterministic">Whether the agent takes its most probable action; else it draws.</param>
    public static EvaluationScore Run(
        IAgent agent, IEnvironment environment, int episodes, ulong seed, bool deterministic = true)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(environment);
        Require.InRange(episodes, 1, 1 << 24, nameof(episodes));
        Require.SameLength(
            environment.ObservationSpace.Size, agent.ObservationSize, nameof(environment), nameof(agent));
        float[] observation = new float[agent.ObservationSize], action = new float[agent.ActionSpace.Size];
        double[] returns = new double[episodes];
        int[] lengths = new int[episodes];
        var seeds = new RandomStream(seed);
        for (int i = 0; i < episodes; i++)
        {
            RandomStream? random = deterministic ? null : seeds.Split((ulong)i);
            environment.Reset(seeds.NextUInt64(), observation);
            for (StepResult result = default; !result.Done; lengths[i]++)
            {
                agent.Act(observation, action, random);
                result = environment.Step(action, observation);
                returns[i] += result.Reward;
            }
        }

        return new EvaluationScore(returns, lengths);
    }
}
