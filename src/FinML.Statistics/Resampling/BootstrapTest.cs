namespace FinML.Statistics;

/// <summary>
/// A test by resampling: the replicates, shifted to the null, against the estimate. p = (b + 1) / (B + 1), b the number
/// of shifted replicates at least as extreme (Davison and Hinkley 1997, section 4.2), so that it is never 0.
/// </summary>
public sealed record BootstrapTest
{
    /// <summary>Name of the statistic.</summary>
    public required string Statistic { get; init; }

    /// <summary>The statistic of the data themselves.</summary>
    public required double Estimate { get; init; }

    /// <summary>Its value under the null.</summary>
    public required double NullValue { get; init; }

    /// <summary>What is believed where the test rejects.</summary>
    public required Alternative Alternative { get; init; }

    /// <summary>From 1 / (B + 1) to 1.</summary>
    public required double PValue { get; init; }

    /// <summary>
    /// Standard error of the p-value from the finite number of replicates: sqrt(p (1 - p) / (B + 1)).
    /// </summary>
    public required double MonteCarloError { get; init; }

    /// <summary>Name of the resampling scheme.</summary>
    public required string Scheme { get; init; }

    /// <summary>B.</summary>
    public required int Replicates { get; init; }

    /// <summary>Length of the blocks (their mean, for the stationary bootstrap).</summary>
    public required double BlockLength { get; init; }

    /// <summary>Seed of the generator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The p-value of <paramref name="observed"/> among its values under the null.</summary>
    internal static BootstrapTest Of(
        BoundStatistic statistic,
        double nullValue,
        double observed,
        ReadOnlySpan<double> underNull,
        Alternative alternative,
        BlockBootstrap scheme,
        BootstrapOptions options)
    {
        double p = PValueOf(observed, underNull, alternative);
        return new BootstrapTest
        {
            Statistic = statistic.Name,
            Estimate = statistic.Estimate,
            NullValue = nullValue,
            Alternative = alternative,
            PValue = p,
            MonteCarloError = MonteCarloErrorOf(p, underNull.Length),
            Scheme = scheme.Name,
            Replicates = underNull.Length,
            BlockLength = scheme.BlockLength,
            Seed = options.Seed,
        };
    }

    /// <summary>(b + 1) / (B + 1), b the number at least as extreme; what differs in its last digits is a tie, as sign
    /// flips of few values often are.</summary>
    internal static double PValueOf(double observed, ReadOnlySpan<double> underNull, Alternative alternative)
    {
        int extreme = 0;
        double slack = 1e-11 * Math.Abs(observed);
        foreach (double value in underNull)
        {
            bool counts = alternative switch
            {
                Alternative.Greater => value >= observed - slack,
                Alternative.Less => value <= observed + slack,
                Alternative.TwoSided => Math.Abs(value) >= Math.Abs(observed) - slack,
                _ => throw new ArgumentOutOfRangeException(
                    nameof(alternative), $"alternative is {(int)alternative}; it must be a named one."),
            };
            extreme += counts ? 1 : 0;
        }

        return (extreme + 1.0) / (underNull.Length + 1.0);
    }

    internal static double MonteCarloErrorOf(double p, int replicates) => Math.Sqrt(p * (1 - p) / (replicates + 1.0));
}
