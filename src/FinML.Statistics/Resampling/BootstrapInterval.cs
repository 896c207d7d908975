namespace FinML.Statistics;

/// <summary>A confidence interval by resampling, with all that is needed to make it again.</summary>
public sealed record BootstrapInterval
{
    /// <summary>Name of the statistic.</summary>
    public required string Statistic { get; init; }

    /// <summary>The statistic of the data themselves.</summary>
    public required double Estimate { get; init; }

    /// <summary>Lower end.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end.</summary>
    public required double Upper { get; init; }

    /// <summary>Nominal coverage.</summary>
    public required double Level { get; init; }

    /// <summary>Standard deviation of the replicates (ddof 1).</summary>
    public required double StandardError { get; init; }

    /// <summary>
    /// The standard error of the estimate that a studentised interval is made with; null for the other methods.
    /// </summary>
    public double? StudentisedBy { get; init; }

    /// <summary>Mean of the replicates less what they are centred on (the estimate, but for moving blocks).</summary>
    public required double Bias { get; init; }

    /// <summary>How the interval was made.</summary>
    public required BootstrapMethod Method { get; init; }

    /// <summary>Name of the resampling scheme.</summary>
    public required string Scheme { get; init; }

    /// <summary>Number of resamples.</summary>
    public required int Replicates { get; init; }

    /// <summary>Length of the blocks (their mean, for the stationary bootstrap).</summary>
    public required double BlockLength { get; init; }

    /// <summary>Seed of the generator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>True where <paramref name="value"/> lies inside, ends included.</summary>
    public bool Contains(double value) => value >= Lower && value <= Upper;
}
