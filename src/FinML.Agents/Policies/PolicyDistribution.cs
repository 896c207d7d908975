using FinML.Data;
using FinML.Markets;

namespace FinML.Agents;

/// <summary>
/// The distribution of actions that the outputs of a policy network stand for. Sampling is on numbers, with a given
/// stream; what the learner differentiates is on tensors.
/// </summary>
public abstract class PolicyDistribution
{
    /// <summary>Numbers in an action.</summary>
    public abstract int ActionSize { get; }

    /// <summary>Numbers in the network's output for one observation.</summary>
    public abstract int OutputSize { get; }

    /// <summary>The categorical or the diagonal Gaussian distribution that suits the space.</summary>
    public static PolicyDistribution For(Space actions) => actions switch
    {
        Discrete discrete => new Categorical(discrete.Count),
        Box box => new DiagonalGaussian(box.Size),
        _ => throw new ArgumentException($"No distribution is known for the action space {actions}.", nameof(actions)),
    };

    /// <summary>Draws an action; returns ln π(action).</summary>
    /// <param name="output">The network's output for one observation, (OutputSize).</param>
    /// <param name="random">The stream drawn from.</param>
    /// <param name="action">Receives the action, (ActionSize).</param>
    public abstract float Sample(ReadOnlySpan<float> output, RandomStream random, Span<float> action);

    /// <summary>The most probable action.</summary>
    public abstract void Mode(ReadOnlySpan<float> output, Span<float> action);

    /// <summary>ln π(action), (batch), of actions (batch, ActionSize) under outputs (batch, OutputSize).</summary>
    public abstract Tensor LogProbability(Tensor output, Tensor actions);

    /// <summary>The entropy in nats, (batch).</summary>
    public abstract Tensor Entropy(Tensor output);

    /// <summary>KL(old ‖ new) in nats, (batch).</summary>
    public abstract Tensor Divergence(Tensor oldOutput, Tensor newOutput);
}
