using FinML.Data;
using FinML.Markets;

namespace FinML.Agents;

/// <summary>What an agent decides, close by close, in a trading environment: the way from a policy to a
/// backtest.</summary>
public static class TradingDecisions
{
    /// <summary>Plays the environment's whole range once and gives the target weights decided.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="environment">An environment without <see cref="TradingOptions.EpisodeLength"/>.</param>
    /// <param name="random">Draws from the policy where given; else its mode is taken.</param>
    /// <returns>Targets of bars <see cref="TradingEnvironment.FirstDecision"/> onwards, (decisions); after ruin 0.
    /// Element k was decided at the close of bar FirstDecision + k.</returns>
    public static double[] Run(IAgent agent, TradingEnvironment environment, RandomStream? random = null)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(environment);
        Require.SameLength(
            environment.ObservationSpace.Size, agent.ObservationSize, nameof(environment), nameof(agent));
        double[] targets = new double[environment.Decisions];
        float[] observation = new float[agent.ObservationSize], action = new float[agent.ActionSpace.Size];
        environment.Reset(0, observation);
        if (environment.Bar != environment.FirstDecision)
            throw new ArgumentException(
                "The environment plays random episodes; decisions need the whole range (EpisodeLength null).",
                    nameof(environment));
        for (StepResult result = default; !result.Done;)
        {
            agent.Act(observation, action, random);
            targets[environment.Bar - environment.FirstDecision] = environment.TargetOf(action);
            result = environment.Step(action, observation);
        }

        return targets;
    }
}
