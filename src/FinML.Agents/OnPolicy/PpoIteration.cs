namespace FinML.Agents;

/// <summary>What one iteration of PPO did; losses and the like are means over its minibatches.</summary>
public sealed record PpoIteration
{
    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Environment steps so far, over all environments.</summary>
    public required long Steps { get; init; }

    public required double PolicyLoss { get; init; }

    /// <summary>The mean squared error of the value, before its coefficient.</summary>
    public required double ValueLoss { get; init; }

    /// <summary>The policy's entropy, in nats.</summary>
    public required double Entropy { get; init; }

    /// <summary>E[(ρ - 1) - ln ρ], of the last minibatch.</summary>
    public required double ApproximateKl { get; init; }

    /// <summary>The fraction of ratios outside the clip range.</summary>
    public required double ClipFraction { get; init; }

    /// <summary>The norm of all gradients together before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>1 - Var(R - v) / Var(R) of the critic that collected the rollout.</summary>
    public required double ExplainedVariance { get; init; }

    public required double LearningRate { get; init; }

    public required double Clip { get; init; }

    /// <summary>Minibatches used: fewer than all where the KL target stopped the iteration.</summary>
    public required int Updates { get; init; }

    /// <summary>Episodes that ever finished.</summary>
    public required long Episodes { get; init; }

    /// <summary>The mean undiscounted return of the last 100 episodes; NaN before the first.</summary>
    public required double EpisodeReturn { get; init; }

    /// <summary>The mean length of the last 100 episodes; NaN before the first.</summary>
    public required double EpisodeLength { get; init; }
}
