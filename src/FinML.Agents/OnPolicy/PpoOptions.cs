namespace FinML.Agents;

/// <summary>
/// The options of <see cref="Ppo"/>. Defaults are those of Stable-Baselines3 (ppo.py), which are the paper's for
/// continuous control, with 32 minibatches of 64 for one environment.
/// </summary>
public sealed record PpoOptions
{
    /// <summary>Environment steps in the whole training, over all environments; what annealing is measured
    /// by.</summary>
    public long TotalSteps { get; init; } = 1_000_000;

    /// <summary>Steps of each environment in one iteration.</summary>
    public int StepsPerEnvironment { get; init; } = 2048;

    /// <summary>Passes over the rollout in one iteration.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Parts that each pass is cut into; their sizes differ by at most one.</summary>
    public int Minibatches { get; init; } = 32;

    public double LearningRate { get; init; } = 3e-4;

    /// <summary>Whether the learning rate falls linearly to 0 over the training.</summary>
    public bool AnnealLearningRate { get; init; }

    /// <summary>γ, the discount.</summary>
    public double Gamma { get; init; } = 0.99;

    /// <summary>λ of generalized advantage estimation.</summary>
    public double GaeLambda { get; init; } = 0.95;

    /// <summary>ε: the ratio of probabilities counts within 1 ± ε.</summary>
    public double Clip { get; init; } = 0.2;

    /// <summary>Whether ε falls linearly to 0 over the training.</summary>
    public bool AnnealClip { get; init; }

    /// <summary>Whether values are clipped around the old ones, by the same ε.</summary>
    public bool ClipValueLoss { get; init; }

    /// <summary>Whether the advantages of each minibatch are brought to mean 0 and standard deviation 1.</summary>
    public bool NormalizeAdvantage { get; init; } = true;

    public double EntropyCoefficient { get; init; }

    /// <summary>The weight of the mean squared error of the value.</summary>
    public double ValueCoefficient { get; init; } = 0.5;

    /// <summary>The largest norm of all gradients together.</summary>
    public double MaxGradientNorm { get; init; } = 0.5;

    /// <summary>An iteration stops when a minibatch's approximate KL passes 1.5 times this; null: never.</summary>
    public double? TargetKl { get; init; }

    /// <summary>ε of Adam.</summary>
    public double AdamEpsilon { get; init; } = 1e-5;

    /// <summary>Hidden layers of the policy, and of the value function.</summary>
    public IReadOnlyList<int> HiddenSizes { get; init; } = [64, 64];

    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>Where the log standard deviations of a continuous policy start.</summary>
    public double InitialLogDeviation { get; init; }

    /// <summary>Whether observations are normalized by running moments and clipped at ±10.</summary>
    public bool NormalizeObservations { get; init; }

    /// <summary>Whether rewards are divided by the running deviation of the discounted return and clipped at
    /// ±10.</summary>
    public bool ScaleRewards { get; init; }

    /// <summary>Everything random follows from it.</summary>
    public ulong Seed { get; init; }

    /// <exception cref="ArgumentException">An option lies outside its range; the message says which.</exception>
    public PpoOptions Validate()
    {
        Require.InRange(TotalSteps, 1, long.MaxValue, nameof(TotalSteps));
        Require.InRange(StepsPerEnvironment, 1, 1 << 24, nameof(StepsPerEnvironment));
        Require.InRange(Epochs, 1, 10_000, nameof(Epochs));
        Require.InRange(Minibatches, 1, 1 << 24, nameof(Minibatches));
        Require.InRange(LearningRate, 1e-12, 10, nameof(LearningRate));
        Require.InRange(Gamma, 0, 1, nameof(Gamma));
        Require.InRange(GaeLambda, 0, 1, nameof(GaeLambda));
        Require.InRange(Clip, 1e-6, 1, nameof(Clip));
        Require.InRange(EntropyCoefficient, 0, 100, nameof(EntropyCoefficient));
        Require.InRange(ValueCoefficient, 0, 100, nameof(ValueCoefficient));
        Require.InRange(MaxGradientNorm, 1e-9, double.MaxValue, nameof(MaxGradientNorm));
        Require.InRange(TargetKl ?? 1, 1e-9, 1e9, nameof(TargetKl));
        Require.InRange(AdamEpsilon, 1e-16, 1, nameof(AdamEpsilon));
        Require.InRange(InitialLogDeviation, -20, 5, nameof(InitialLogDeviation));
        ArgumentNullException.ThrowIfNull(HiddenSizes);
        for (int i = 0; i < HiddenSizes.Count; i++)
            Require.InRange(HiddenSizes[i], 1, 1 << 20, $"HiddenSizes[{i}]");
        if (!Enum.IsDefined(Activation))
            throw new ArgumentOutOfRangeException(
                nameof(Activation), Activation, $"Activation {Activation} is none of the activations.");
        return this;
    }
}
