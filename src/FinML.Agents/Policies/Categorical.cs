using FinML.Data;

namespace FinML.Agents;

/// <summary>A choice among n actions with logits z: π(i) = exp(z_i) / Σ exp(z_j). The action is the index as a
/// float.</summary>
public sealed class Categorical : PolicyDistribution
{
    public Categorical(int actions)
    {
        Require.InRange(actions, 1, 1 << 24, nameof(actions));
        OutputSize = actions;
    }

    /// <inheritdoc/>
    public override int ActionSize => 1;

    /// <inheritdoc/>
    public override int OutputSize { get; }

    /// <inheritdoc/>
    public override float Sample(ReadOnlySpan<float> output, RandomStream random, Span<float> action)
    {
        ArgumentNullException.ThrowIfNull(random);
        double largest = double.NegativeInfinity, sum = 0;
        foreach (float logit in output)
            largest = Math.Max(largest, logit);
        foreach (float logit in output)
            sum += Math.Exp(logit - largest);
        if (!double.IsFinite(sum))
            throw new ArgumentException(
                $"The policy's logits are ({string.Join(", ", output.ToArray())}).", nameof(output));

        // Inversion: the first index whose cumulative weight passes the draw.
        double left = random.NextDouble() * sum;
        int chosen = 0;
        for (; chosen < output.Length - 1; chosen++)
        {
            left -= Math.Exp(output[chosen] - largest);
            if (left < 0)
                break;
        }

        action[0] = chosen;
        return (float)(output[chosen] - largest - Math.Log(sum));
    }

    /// <inheritdoc/>
    public override void Mode(ReadOnlySpan<float> output, Span<float> action)
    {
        int best = 0;
        for (int i = 1; i < output.Length; i++)
            best = output[i] > output[best] ? i : best;
        action[0] = best;
    }

    /// <inheritdoc/>
    public override Tensor LogProbability(Tensor output, Tensor actions) =>
        nn.functional.log_softmax(output, 1).gather(1, actions.to(ScalarType.Int64)).squeeze(1);

    /// <inheritdoc/>
    public override Tensor Entropy(Tensor output)
    {
        Tensor logs = nn.functional.log_softmax(output, 1); // (batch, actions)
        return -(logs.exp() * logs).sum(1);
    }

    /// <inheritdoc/>
    public override Tensor Divergence(Tensor oldOutput, Tensor newOutput)
    {
        Tensor oldLogs = nn.functional.log_softmax(oldOutput, 1), newLogs = nn.functional.log_softmax(newOutput, 1);
        return (oldLogs.exp() * (oldLogs - newLogs)).sum(1);
    }
}
