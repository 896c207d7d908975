namespace FinML.Statistics;

/// <summary>Options of the choice of a block length by simulation; the defaults are the authors'.</summary>
public sealed record LedoitWolfBlockLengthOptions
{
    /// <summary>Lengths to choose from, distinct, 1 or more, at most half the series.</summary>
    public IReadOnlyList<int> Candidates { get; init; } = [1, 3, 6, 10];

    /// <summary>Nominal size of the test, between 0 and 1.</summary>
    public double Size { get; init; } = 0.05;

    /// <summary>Number of simulated pairs of series, 100 or more.</summary>
    public int Samples { get; init; } = 1_000;

    /// <summary>Replicates of the test on each of them, 99 or more.</summary>
    public int Replicates { get; init; } = 199;

    /// <summary>Mean block length of the stationary bootstrap of the residuals.</summary>
    public double ResidualBlockLength { get; init; } = 5;

    /// <summary>Seed of the generator.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most threads to use; 0 (default) for one per processor.</summary>
    public int MaxThreads { get; init; }

    internal void Validate(int count)
    {
        ArgumentNullException.ThrowIfNull(Candidates);
        if (Candidates.Count == 0 || Candidates.Distinct().Count() != Candidates.Count)
            throw new ArgumentException(
                $"Candidates are [{string.Join(", ", Candidates)}]; one or more distinct lengths are needed.");
        foreach (int candidate in Candidates)
            Guard.InRange(candidate, 1, count / 2, nameof(Candidates));
        Guard.Between(Size, 0, 1, nameof(Size));
        Guard.AtLeast(Samples, 100, nameof(Samples));
        Guard.AtLeast(Replicates, 99, nameof(Replicates));
        Guard.AtLeast(MaxThreads, 0, nameof(MaxThreads));
    }
}
