using FinML.Agents;
using FinML.Markets;

namespace FinML.Training;

/// <summary>The agents of a walk-forward run: how each learns in its fold, and how it trades.</summary>
public sealed record WalkForwardAgentOptions
{
    /// <summary>
    /// PPO for noisy daily rewards: eight environments, short horizon (discount .9), a little entropy, scaled rewards.
    /// Fixed beforehand, not searched.
    /// </summary>
    public static PpoOptions DefaultPpo { get; } = new()
    {
        TotalSteps = 40_960,
        StepsPerEnvironment = 256,
        Minibatches = 8,
        Epochs = 4,
        LearningRate = 3e-4,
        AnnealLearningRate = true,
        Gamma = 0.9,
        GaeLambda = 0.95,
        EntropyCoefficient = 0.01,
        ScaleRewards = true,
    };

    /// <summary>One agent a seed in every fold; at least 1. Five or more, since one run proves nothing.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = [1, 2, 3, 4, 5];

    /// <summary>Environments that step side by side, at least 1.</summary>
    public int Environments { get; init; } = 8;

    /// <summary>Days of a training episode, which starts at a random day; at least 2.</summary>
    public int EpisodeLength { get; init; } = 252;

    /// <summary>How PPO learns; its seed is replaced by one made of the agent's seed and the fold.</summary>
    public PpoOptions Ppo { get; init; } = DefaultPpo;

    /// <summary>Positions, costs and reward.</summary>
    public TradingOptions Trading { get; init; } = new();

    /// <summary>Standardised features are clipped to this many standard deviations.</summary>
    public double FeatureClip { get; init; } = 5;

    /// <summary>PPO iterations between checkpoints, at least 1.</summary>
    public int CheckpointEvery { get; init; } = 5;

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public void Validate()
    {
        if (Seeds.Count == 0 || Seeds.Distinct().Count() != Seeds.Count)
            throw new ArgumentException($"Seeds must be distinct and at least 1; got ({string.Join(", ", Seeds)}).");
        ArgumentOutOfRangeException.ThrowIfLessThan(Environments, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(EpisodeLength, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FeatureClip);
        ArgumentOutOfRangeException.ThrowIfLessThan(CheckpointEvery, 1);
        Ppo.Validate();
        Trading.Validate();
    }
}
