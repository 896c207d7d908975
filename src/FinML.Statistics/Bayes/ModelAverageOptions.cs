namespace FinML.Statistics;

/// <summary>How models are averaged.</summary>
public sealed record ModelAverageOptions
{
    /// <summary>Prior on the slopes of a model; Zellner and Siow's by default.</summary>
    public GPrior Prior { get; init; } = ZellnerSiowPrior.Unit;

    /// <summary>Prior over the models; every number of predictors alike by default.</summary>
    public ModelPrior ModelPrior { get; init; } = ModelPrior.UniformSize;

    /// <summary>Up to this number of predictors all subsets are fitted, above it they are sampled; from 0 to
    /// 20.</summary>
    public int EnumerateUpTo { get; init; } = 15;

    /// <summary>Chains of the sampler, from 2 to 64.</summary>
    public int Chains { get; init; } = 4;

    /// <summary>Steps of each chain that count, from 1,000 to 10,000,000; each may visit a model of its own, which is
    /// kept. </summary>
    public int Steps { get; init; } = 20_000;

    /// <summary>Steps of each chain before those, 0 or more.</summary>
    public int BurnIn { get; init; } = 2_000;

    /// <summary>Seed of the sampler.</summary>
    public ulong Seed { get; init; }

    /// <summary>Best models that are reported, from 1 to 10,000.</summary>
    public int KeepModels { get; init; } = 100;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Prior);
        ArgumentNullException.ThrowIfNull(ModelPrior);
        Guard.InRange(EnumerateUpTo, 0, 20, nameof(EnumerateUpTo));
        Guard.InRange(Chains, 2, 64, nameof(Chains));
        Guard.InRange(Steps, 1_000, 10_000_000, nameof(Steps));
        Guard.InRange(BurnIn, 0, 100_000_000, nameof(BurnIn));
        Guard.InRange(KeepModels, 1, 10_000, nameof(KeepModels));
    }
}
