namespace FinML.Agents;

/// <summary>
/// Generalized advantage estimation: Schulman, Moritz, Levine, Jordan and Abbeel, "High-dimensional continuous control
/// using generalized advantage estimation" (2016).
/// </summary>
/// <remarks>
/// δ_t = r_t + γ V(s_{t+1}) - V(s_t), A_t = δ_t + γ λ A_{t+1}. Termination: V(s_{t+1}) = 0. Truncation: V(s_{t+1}) is
/// the value of the final observation of the old episode, not of the first one of the next. Both cut the sum.
/// </remarks>
public static class GeneralizedAdvantage
{
    /// <summary>Fills advantages and λ-returns (advantage + value). All arrays are row-major.</summary>
    /// <param name="rewards">(steps, environments).</param>
    /// <param name="values">V(s_t), (steps, environments).</param>
    /// <param name="terminated">Whether step t ended the task, (steps, environments).</param>
    /// <param name="truncated">Whether step t only ended the episode, (steps, environments).</param>
    /// <param name="finalValues">V of the final observation; read where truncated only, (steps, environments).</param>
    /// <param name="lastValues">V of the observation after the last step, (environments).</param>
    /// <param name="gamma">The discount, 0 to 1.</param>
    /// <param name="lambda">The trace decay, 0 to 1: 0 is the one-step error, 1 the Monte Carlo return.</param>
    /// <param name="advantages">Receives the advantages, (steps, environments).</param>
    /// <param name="returns">Receives the λ-returns, (steps, environments).</param>
    /// <exception cref="ArgumentException">A length is wrong, or a factor outside its range.</exception>
    public static void Compute(
        ReadOnlySpan<float> rewards,
        ReadOnlySpan<float> values,
        ReadOnlySpan<bool> terminated,
        ReadOnlySpan<bool> truncated,
        ReadOnlySpan<float> finalValues,
        ReadOnlySpan<float> lastValues,
        double gamma,
        double lambda,
        Span<float> advantages,
        Span<float> returns)
    {
        int environments = lastValues.Length, count = rewards.Length;
        if (environments == 0 || count % environments != 0)
            throw new ArgumentException(
                $"{count} rewards are no whole number of steps of {environments} environments.", nameof(rewards));
        Require.SameLength(values.Length, count, nameof(values), nameof(rewards));
        Require.SameLength(terminated.Length, count, nameof(terminated), nameof(rewards));
        Require.SameLength(truncated.Length, count, nameof(truncated), nameof(rewards));
        Require.SameLength(finalValues.Length, count, nameof(finalValues), nameof(rewards));
        Require.SameLength(advantages.Length, count, nameof(advantages), nameof(rewards));
        Require.SameLength(returns.Length, count, nameof(returns), nameof(rewards));
        Require.InRange(gamma, 0, 1, nameof(gamma));
        Require.InRange(lambda, 0, 1, nameof(lambda));

        for (int e = 0; e < environments; e++)
        {
            double advantage = 0, next = lastValues[e];
            for (int i = count - environments + e; i >= 0; i -= environments)
            {
                if (terminated[i] || truncated[i])
                {
                    advantage = 0;
                    next = terminated[i] ? 0 : finalValues[i];
                }

                double error = rewards[i] + gamma * next - values[i];
                advantage = error + gamma * lambda * advantage;
                next = values[i];
                advantages[i] = (float)advantage;
                returns[i] = (float)(advantage + values[i]);
            }
        }
    }
}
