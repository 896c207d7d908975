namespace FinML.Statistics;

/// <summary>How <see cref="NoUTurnSampler"/> runs; the defaults are Stan's.</summary>
public sealed record NutsOptions
{
    /// <summary>Independent chains, 1 or more; convergence can be judged from 2 on.</summary>
    public int Chains { get; init; } = 4;

    /// <summary>Draws of each chain that adapt step size and metric and are thrown away; 20 or more.</summary>
    public int Warmup { get; init; } = 1000;

    /// <summary>Draws of each chain that are kept; 4 or more.</summary>
    public int Draws { get; init; } = 1000;

    /// <summary>Mean acceptance that the step size is tuned to, between 0 and 1. Higher means smaller steps, which
    /// curved posteriors need where divergences are reported.</summary>
    public double TargetAcceptance { get; init; } = 0.8;

    /// <summary>Largest number of doublings of a trajectory, 1 to 20: at most 2^depth - 1 leapfrog steps.</summary>
    public int MaxTreeDepth { get; init; } = 10;

    /// <summary>Chains begin uniformly in (-radius, radius) of the unbounded scale of each parameter.</summary>
    public double InitialRadius { get; init; } = 2;

    /// <summary>Seed; chain c reads stream c.</summary>
    public ulong Seed { get; init; }

    /// <summary>Chains at once; 0 for one a core. The draws do not depend on it.</summary>
    public int MaxThreads { get; init; }

    /// <summary>Throws where an option is out of its range.</summary>
    public void Validate()
    {
        Guard.AtLeast(Chains, 1, nameof(Chains));
        Guard.AtLeast(Warmup, 20, nameof(Warmup));
        Guard.AtLeast(Draws, 4, nameof(Draws));
        Guard.Between(TargetAcceptance, 0, 1, nameof(TargetAcceptance));
        Guard.InRange(MaxTreeDepth, 1, 20, nameof(MaxTreeDepth));
        Guard.NotNegative(InitialRadius, nameof(InitialRadius));
        Guard.AtLeast(MaxThreads, 0, nameof(MaxThreads));
    }
}
