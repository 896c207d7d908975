namespace FinML.Statistics;

/// <summary>
/// Paired bootstrap of the difference of two Sharpe ratios per period (ddof 1): both series are resampled with the same
/// blocks, so that what they have in common cancels. The test shifts the replicates to the null, or is studentised
/// where the method is; <see cref="LedoitWolfTest"/> is the asymptotic form with a HAC standard error, and
/// <see cref="LedoitWolfBootstrap"/> the studentised test as Ledoit and Wolf have it.
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
    /// <param name="options">Replicates, level, method, seed, threads.</param>
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
        first.RequireAligned(second, nameof(second));
        first.RequireCount(scheme is null ? 16 : 10, "The difference of two Sharpe ratios");
        RequireDistinct(first, second);
        scheme ??= new StationaryBootstrap(Math.Max(
            PolitisWhiteBlockLength.Select(first.Values, SampleStatistic.Sharpe).Stationary,
            PolitisWhiteBlockLength.Select(second.Values, SampleStatistic.Sharpe).Stationary));
        scheme.RequireLength(first.Count);

        BoundStatistic difference = PairStatistic.SharpeDifference.Bind(first.Values, second.Values);
        return new SharpeDifferenceTest
        {
            First = SampleStatistic.Sharpe.Evaluate(first.Values),
            Second = SampleStatistic.Sharpe.Evaluate(second.Values),
            Interval = scheme.Interval(options, difference),
            Test = scheme.Test(options, difference, 0, alternative),
        };
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
