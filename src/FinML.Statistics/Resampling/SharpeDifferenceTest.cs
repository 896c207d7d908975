namespace FinML.Statistics;

/// <summary>
/// Paired bootstrap of the difference of two Sharpe ratios per period (ddof 1): both series are resampled with the same
/// blocks, so that what they have in common cancels. The test shifts the replicates to the null; it is not studentised:
/// <see cref="LedoitWolfTest"/> is the asymptotic form with a HAC standard error.
/// </summary>
public sealed record SharpeDifferenceTest
{
    /// <summary>The interval for the difference, first less second.</summary>
    public required BootstrapInterval Interval { get; init; }

    /// <summary>The test that the difference is 0.</summary>
    public required BootstrapTest Test { get; init; }

    /// <summary>Sharpe ratio per period of the first series.</summary>
    public required double First { get; init; }

    /// <summary>Sharpe ratio per period of the second series.</summary>
    public required double Second { get; init; }

    /// <summary>Runs the test.</summary>
    /// <param name="first">Excess returns of one strategy.</param>
    /// <param name="second">Excess returns of the other, aligned with the first; ten or more.</param>
    /// <param name="scheme">
    /// How to resample; by default the stationary bootstrap with the longer of the two automatic block lengths.
    /// </param>
    /// <param name="alternative">Greater means that the first is the better one.</param>
    /// <param name="options">Replicates, level, seed, threads. BCa is not offered here.</param>
    public static SharpeDifferenceTest Run(
        ReturnSeries first,
        ReturnSeries second,
        BlockBootstrap? scheme = null,
        Alternative alternative = Alternative.TwoSided,
        BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        options ??= new BootstrapOptions();
        options.Validate();
        if (options.Method == BootstrapMethod.Bca)
            throw new ArgumentException(
                "Method is Bca; a difference of Sharpe ratios has Percentile and Basic intervals.", nameof(options));
        first.RequireAligned(second, nameof(second));
        first.RequireCount(scheme is null ? 16 : 10, "The difference of two Sharpe ratios");
        RequireDistinct(first, second);
        scheme ??= new StationaryBootstrap(Math.Max(
            PolitisWhiteBlockLength.Select(first.Values, SampleStatistic.Sharpe).Stationary,
            PolitisWhiteBlockLength.Select(second.Values, SampleStatistic.Sharpe).Stationary));
        scheme.RequireLength(first.Count);

        const string Name = "difference of Sharpe ratios";
        var sharpe = (MomentStatistic)SampleStatistic.Sharpe;
        var firstSums = new PrefixSums(first.Values);
        var secondSums = new PrefixSums(second.Values);
        double[] replicates = scheme.Run(first.Count, Name, options, workspace =>
            Sharpe(firstSums, workspace) - Sharpe(secondSums, workspace));
        double a = sharpe.Evaluate(first.Values), b = sharpe.Evaluate(second.Values);
        return new SharpeDifferenceTest
        {
            First = a,
            Second = b,
            Interval = IntervalEnds.Make(Name, a - b, replicates, 0, scheme, options),
            Test = BootstrapTest.Of(Name, a - b, 0, replicates, alternative, scheme, options),
        };

        double Sharpe(PrefixSums sums, BootstrapWorkspace workspace)
        {
            (double sum, double squares) = sums.Over(workspace);
            return sharpe.FromSums(sum, squares, sums.Count, sums.Centre, sums.Variance);
        }
    }

    /// <summary>A series against itself has difference 0 and standard error 0: no test.</summary>
    internal static void RequireDistinct(ReturnSeries first, ReturnSeries second)
    {
        Guard.NotConstant(first.Values, nameof(first));
        Guard.NotConstant(second.Values, nameof(second));
        if (first.Values.SequenceEqual(second.Values))
            throw new ArgumentException(
                $"The two series are the same {first.Count} returns; a difference of Sharpe ratios needs two " +
                $"strategies.");
    }
}
