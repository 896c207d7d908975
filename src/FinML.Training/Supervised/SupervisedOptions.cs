namespace FinML.Training;

/// <summary>How a network is fitted to labels: AdamW, minibatches, a fixed number of passes.</summary>
public sealed record SupervisedOptions
{
    /// <summary>
    /// Passes over the training rows, at least 1. Fixed, so that no test or validation error chooses it.
    /// </summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Windows a step, at least 1.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Step size of AdamW, positive.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Decoupled weight decay, not negative.</summary>
    public double WeightDecay { get; init; } = 1e-2;

    /// <summary>The gradient's norm is clipped to this, positive.</summary>
    public double MaxGradientNorm { get; init; } = 1.0;

    /// <summary>Where the Huber loss turns from square to linear, in label units, positive.</summary>
    public double HuberDelta { get; init; } = 1.0;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxGradientNorm);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(HuberDelta);
    }
}
