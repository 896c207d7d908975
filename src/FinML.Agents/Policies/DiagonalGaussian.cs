using FinML.Data;

namespace FinML.Agents;

/// <summary>
/// Independent normal actions. The output is the means and then the logs of the standard deviations, (2 × dimensions).
/// ln π(a) = Σ [-(a - μ)² / (2 σ²) - ln σ - ln(2π) / 2]; entropy Σ [ln σ + (1 + ln 2π) / 2].
/// </summary>
public sealed class DiagonalGaussian : PolicyDistribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    public DiagonalGaussian(int dimensions)
    {
        Require.InRange(dimensions, 1, 1 << 20, nameof(dimensions));
        ActionSize = dimensions;
    }

    /// <inheritdoc/>
    public override int ActionSize { get; }

    /// <inheritdoc/>
    public override int OutputSize => 2 * ActionSize;

    /// <inheritdoc/>
    public override float Sample(ReadOnlySpan<float> output, RandomStream random, Span<float> action)
    {
        ArgumentNullException.ThrowIfNull(random);
        double logProbability = 0;
        for (int i = 0; i < ActionSize; i++)
        {
            double logDeviation = output[ActionSize + i], draw = random.NextNormal();
            action[i] = (float)(output[i] + Math.Exp(logDeviation) * draw);
            if (!float.IsFinite(action[i]))
                throw new ArgumentException(
                    $"The policy's output is ({string.Join(", ", output.ToArray())}).", nameof(output));

            // Of the action as it is stored: rounded to a float.
            double z = (action[i] - (double)output[i]) / Math.Exp(logDeviation);
            logProbability -= 0.5 * z * z + logDeviation + HalfLogTwoPi;
        }

        return (float)logProbability;
    }

    /// <inheritdoc/>
    public override void Mode(ReadOnlySpan<float> output, Span<float> action) => output[..ActionSize].CopyTo(action);

    /// <inheritdoc/>
    public override Tensor LogProbability(Tensor output, Tensor actions)
    {
        (Tensor mean, Tensor logDeviation) = Split(output);
        Tensor z = (actions - mean) * (-logDeviation).exp(); // (batch, dimensions)
        return (z * z * -0.5 - logDeviation - HalfLogTwoPi).sum(1);
    }

    /// <inheritdoc/>
    public override Tensor Entropy(Tensor output) => (Split(output).LogDeviation + (0.5 + HalfLogTwoPi)).sum(1);

    /// <inheritdoc/>
    public override Tensor Divergence(Tensor oldOutput, Tensor newOutput)
    {
        (Tensor oldMean, Tensor oldLog) = Split(oldOutput);
        (Tensor newMean, Tensor newLog) = Split(newOutput);

        // ln(σ'/σ) + (σ² + (μ - μ')²) / (2 σ'²) - 1/2
        Tensor shift = oldMean - newMean;
        Tensor ratio = ((oldLog * 2).exp() + shift * shift) * (newLog * -2).exp() * 0.5;
        return (newLog - oldLog + ratio - 0.5).sum(1);
    }

    private (Tensor Mean, Tensor LogDeviation) Split(Tensor output) =>
        (output.narrow(1, 0, ActionSize), output.narrow(1, ActionSize, ActionSize));
}
