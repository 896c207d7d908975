using FinML.Markets;

namespace FinML.Agents;

/// <summary>What a fixed number of steps of several environments gave; row-major (steps, environments, ...).</summary>
public sealed class RolloutBuffer
{
    private readonly float[] observations, actions, logProbabilities, values, rewards, finalValues, advantages, returns;
    private readonly bool[] terminated, truncated;

    public RolloutBuffer(int steps, int environments, int observationSize, int actionSize)
    {
        Require.InRange(steps, 1, 1 << 24, nameof(steps));
        Require.InRange(environments, 1, 1 << 20, nameof(environments));
        Require.InRange(observationSize, 1, 1 << 24, nameof(observationSize));
        Require.InRange(actionSize, 1, 1 << 20, nameof(actionSize));
        Steps = steps;
        Environments = environments;
        ObservationSize = observationSize;
        ActionSize = actionSize;
        observations = new float[Count * observationSize];
        actions = new float[Count * actionSize];
        logProbabilities = new float[Count];
        values = new float[Count];
        rewards = new float[Count];
        finalValues = new float[Count];
        advantages = new float[Count];
        returns = new float[Count];
        terminated = new bool[Count];
        truncated = new bool[Count];
    }

    public int Steps { get; }

    public int Environments { get; }

    public int ObservationSize { get; }

    public int ActionSize { get; }

    /// <summary>Transitions: steps × environments.</summary>
    public int Count => Steps * Environments;

    /// <summary>What the policy saw, (steps, environments, observation size).</summary>
    public Span<float> Observations => observations;

    /// <summary>What the policy drew, before any clipping to the action space, (steps, environments, action
    /// size).</summary>
    public Span<float> Actions => actions;

    /// <summary>ln π(a | s) at the time, (steps, environments).</summary>
    public Span<float> LogProbabilities => logProbabilities;

    /// <summary>V(s) at the time, (steps, environments).</summary>
    public Span<float> Values => values;

    /// <summary>Rewards as the learner sees them (scaled), (steps, environments).</summary>
    public Span<float> Rewards => rewards;

    /// <summary>V of the final observation where truncated, else 0, (steps, environments).</summary>
    public Span<float> FinalValues => finalValues;

    public Span<bool> Terminated => terminated;

    public Span<bool> Truncated => truncated;

    /// <summary>Advantages, after <see cref="ComputeAdvantages"/>, (steps, environments).</summary>
    public Span<float> Advantages => advantages;

    /// <summary>λ-returns, after <see cref="ComputeAdvantages"/>, (steps, environments).</summary>
    public Span<float> Returns => returns;

    /// <summary>Fills <see cref="Advantages"/> and <see cref="Returns"/>.</summary>
    public void ComputeAdvantages(ReadOnlySpan<float> lastValues, double gamma, double lambda) =>
        GeneralizedAdvantage.Compute(
            rewards, values, terminated, truncated, finalValues, lastValues, gamma, lambda, advantages, returns);

    /// <summary>1 - Var(return - value) / Var(return): 1 is a perfect critic, 0 one that says the mean; NaN without
    /// variance.</summary>
    public double ExplainedVariance()
    {
        double meanReturn = 0, meanError = 0;
        for (int i = 0; i < Count; i++)
        {
            meanReturn += returns[i] / (double)Count;
            meanError += (returns[i] - (double)values[i]) / Count;
        }

        double varianceOfReturn = 0, varianceOfError = 0;
        for (int i = 0; i < Count; i++)
        {
            double r = returns[i] - meanReturn, e = returns[i] - (double)values[i] - meanError;
            varianceOfReturn += r * r;
            varianceOfError += e * e;
        }

        return varianceOfReturn == 0 ? double.NaN : 1 - varianceOfError / varianceOfReturn;
    }

    /// <summary>Copies the rows of a (count, width) array that the indices name.</summary>
    public static void Gather(ReadOnlySpan<float> source, int width, ReadOnlySpan<int> indices, Span<float> target)
    {
        for (int i = 0; i < indices.Length; i++)
            source.Slice(indices[i] * width, width).CopyTo(target[(i * width)..]);
    }
}
