namespace FinML.Statistics;

/// <summary>
/// Test of equal Sharpe ratios of two aligned series by Ledoit and Wolf (2008), section 3.2: a studentised circular
/// block bootstrap. The observed difference over its prewhitened kernel standard error is held against
/// |difference* - difference| over a blockwise standard error in each resample. It keeps its size where the normal
/// approximation of <see cref="LedoitWolfTest"/> is too generous: short, fat-tailed or autocorrelated series.
/// </summary>
public sealed record LedoitWolfBootstrap
{
    private const int MomentCount = 4; // mean a, mean b, mean a^2, mean b^2: n / (n - 4) in both standard errors

    /// <summary>Sharpe ratio of the first series less that of the second, per period, ddof 1.</summary>
    public required double Difference { get; init; }

    /// <summary>Prewhitened kernel standard error of the difference.</summary>
    public required double StandardError { get; init; }

    /// <summary>Two-sided, (b + 1) / (B + 1).</summary>
    public required double PValue { get; init; }

    /// <summary>Standard error of the p-value from the finite number of replicates.</summary>
    public required double MonteCarloError { get; init; }

    /// <summary>Lower end of the symmetric studentised interval for the difference.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end.</summary>
    public required double Upper { get; init; }

    /// <summary>Nominal coverage of the interval.</summary>
    public required double Level { get; init; }

    /// <summary>Length of the blocks.</summary>
    public required int BlockLength { get; init; }

    /// <summary>How the length was chosen; null where the caller gave it.</summary>
    public required LedoitWolfBlockLength? Calibration { get; init; }

    /// <summary>B.</summary>
    public required int Replicates { get; init; }

    /// <summary>Seed of the generator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Number of pairs.</summary>
    public required int Count { get; init; }

    /// <summary>Runs the test.</summary>
    /// <param name="first">Excess returns of one strategy.</param>
    /// <param name="second">Excess returns of the other, aligned with the first; 20 or more.</param>
    /// <param name="blockLength">At most half the series; null to calibrate it by <see cref="LedoitWolfBlockLength"/>
    /// with its default options and the seed of this test.</param>
    /// <param name="options">Replicates, level, seed, threads.</param>
    public static LedoitWolfBootstrap Run(
        ReturnSeries first, ReturnSeries second, int? blockLength = null, BootstrapOptions? options = null)
    {
        options ??= new BootstrapOptions { Replicates = 4_999, Method = BootstrapMethod.Studentised };
        options.Validate();
        LedoitWolfTest kernel = LedoitWolfTest.Run(first, second, prewhiten: true); // checks the two series
        LedoitWolfBlockLength? calibration = null;
        if (blockLength is { } given)
            Guard.InRange(given, 1, first.Count / 2, nameof(blockLength));
        else
            calibration = LedoitWolfBlockLength.Calibrate(first, second, new() { Seed = options.Seed });
        int length = blockLength ?? calibration!.Chosen;
        double[] sizes = Sizes(first.Values, second.Values, new CircularBlockBootstrap(length), options);
        double p = BootstrapTest.PValueOf(
            Math.Abs(kernel.Difference) / kernel.StandardError, sizes, Alternative.TwoSided);
        Array.Sort(sizes);
        double half = Quantile.Type7Sorted(sizes, options.Level) * kernel.StandardError;
        return new LedoitWolfBootstrap
        {
            Difference = kernel.Difference,
            StandardError = kernel.StandardError,
            PValue = p,
            MonteCarloError = BootstrapTest.MonteCarloErrorOf(p, sizes.Length),
            Lower = kernel.Difference - half,
            Upper = kernel.Difference + half,
            Level = options.Level,
            BlockLength = length,
            Calibration = calibration,
            Replicates = options.Replicates,
            Seed = options.Seed,
            Count = first.Count,
        };
    }

    /// <summary>|difference* - difference| / error* by replicate.</summary>
    internal static double[] Sizes(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, BlockBootstrap scheme, BootstrapOptions options)
    {
        BoundStatistic difference = PairStatistic.SharpeDifference.Bind(first, second);

        // The authors take the gradient at ddof 0, and n / (n - 4) for the four moments.
        double n = first.Length, scale = Math.Sqrt(n / (n - 1) * n / (n - MomentCount));
        return scheme.Run(
            first.Length, "studentised " + difference.Name, options, workspace =>
            {
                (double value, double error) = difference.WithError(workspace);
                return Math.Abs(value - difference.Estimate) / (scale * error);
            });
    }
}
