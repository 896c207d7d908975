namespace FinML.Statistics;

/// <summary>Options of every bootstrap.</summary>
public sealed record BootstrapOptions
{
    /// <summary>
    /// Number of resamples, 99 to 100,000,000; 9,999 by default, so that p-values are multiples of 1/10,000.
    /// </summary>
    public int Replicates { get; init; } = 9_999;

    /// <summary>Nominal coverage of the interval, between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>How the interval is made.</summary>
    public BootstrapMethod Method { get; init; } = BootstrapMethod.Percentile;

    /// <summary>The same seed gives the same bits, whatever the number of threads.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most threads to use; 0 (default) for one per processor.</summary>
    public int MaxThreads { get; init; }

    /// <summary>Throws where an option is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Says the range and the value.</exception>
    public void Validate()
    {
        Guard.InRange(Replicates, 99, 100_000_000, nameof(Replicates));
        Guard.Between(Level, 0, 1, nameof(Level));
        Guard.AtLeast(MaxThreads, 0, nameof(MaxThreads));
        if (Replicates * (1 - Level) / 2 < 1)
            throw new ArgumentOutOfRangeException(
                nameof(Replicates),
                $"Replicates is {Replicates}; an interval at level {Guard.Text(Level)} needs at least " +
                $"{Guard.Text(Math.Ceiling(2 / (1 - Level)))}, so that one lies in each tail.");
        if (!Enum.IsDefined(Method))
            throw new ArgumentOutOfRangeException(nameof(Method), $"Method is {(int)Method}; it must be a named one.");
    }
}
