namespace FinML.Statistics;

/// <summary>
/// A test by rearrangement (Fisher 1935, Pitman 1937): where the null makes all arrangements of the data equally
/// likely, the p-value is the share of them whose statistic is at least as extreme as that of the data, the data's own
/// among them. It is exact where the arrangements can be counted; else B of them are drawn and p = (b + 1) / (B + 1),
/// which is never 0 and never rejects too often (Phipson and Smyth 2010). Statistics closer to the data's than rounding
/// can tell count as ties.
/// </summary>
public sealed record PermutationTest
{
    /// <summary>Name of the statistic.</summary>
    public required string Statistic { get; init; }

    /// <summary>The statistic of the data themselves.</summary>
    public required double Estimate { get; init; }

    /// <summary>What is believed where the test rejects.</summary>
    public required Alternative Alternative { get; init; }

    /// <summary>Above 0, to 1.</summary>
    public required double PValue { get; init; }

    /// <summary>
    /// Standard error of the p-value from drawing and not counting: sqrt(p (1 - p) / (B + 1)), or
    /// p sqrt((1 - p) / h) where the draws stopped at the h-th extreme one; 0 where the test is exact.
    /// </summary>
    public required double MonteCarloError { get; init; }

    /// <summary>True where every arrangement was counted.</summary>
    public required bool IsExact { get; init; }

    /// <summary>
    /// Arrangements at least as extreme as the data: of all of them, where the test is exact; else of the drawn ones.
    /// </summary>
    public required long Extreme { get; init; }

    /// <summary>Arrangements counted or drawn.</summary>
    public required long Arrangements { get; init; }

    /// <summary>True where the draws stopped at <see cref="PermutationOptions.StopAfter"/> extreme ones.</summary>
    public required bool StoppedEarly { get; init; }

    /// <summary>What was rearranged.</summary>
    public required string Scheme { get; init; }

    /// <summary>Neighbours that stayed together.</summary>
    public required int BlockLength { get; init; }

    /// <summary>Seed of the generator; it has no part in an exact test.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The fitted tail where it was asked for and the p-value is small; else null.</summary>
    public PermutationTail? Tail { get; init; }

    /// <summary>
    /// Difference of two means, first less second. The null is that both samples come from one distribution; where
    /// they differ in spread alone and in size, the test rejects too often or too rarely.
    /// </summary>
    /// <param name="first">One or more finite numbers, in time order where blocks are longer than 1.</param>
    /// <param name="second">One or more, independent of the first; together at least 3 and not all equal.</param>
    /// <param name="alternative">Greater means that the first has the greater mean.</param>
    /// <param name="options">Number of permutations, blocks, stopping, seed, threads.</param>
    public static PermutationTest TwoSample(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        Alternative alternative = Alternative.TwoSided,
        PermutationOptions? options = null) =>
        TwoSamplePermutation.MeanDifference(first, second, alternative, PermutationOptions.Checked(options));

    /// <summary>Any statistic of two samples; the null is that both come from one distribution.</summary>
    /// <param name="first">One or more finite numbers, in time order where blocks are longer than 1.</param>
    /// <param name="second">One or more, independent of the first; together at least 3 and not all equal.</param>
    /// <param name="name">Name of the statistic.</param>
    /// <param name="statistic">
    /// Finite for every arrangement; round it where ties matter and it has more rounding than 10^-13 of itself. With
    /// blocks the samples' sizes may differ by some values from the data's.
    /// </param>
    /// <param name="alternative">
    /// Greater (default): large values speak against the null; two-sided: values far from 0 do.
    /// </param>
    /// <param name="options">Number of permutations, blocks, stopping, seed, threads.</param>
    public static PermutationTest TwoSample(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        string name,
        TwoSeriesFunction statistic,
        Alternative alternative = Alternative.Greater,
        PermutationOptions? options = null) =>
        TwoSamplePermutation.Any(first, second, name, statistic, alternative, PermutationOptions.Checked(options));

    /// <summary>
    /// Mean of paired differences, or of one sample: the null is that each value (each block) could as well have had
    /// the other sign, as when two treatments of one pair are exchangeable.
    /// </summary>
    /// <param name="differences">Two or more finite numbers, not all 0; in time order where blocks are longer.</param>
    /// <param name="alternative">Greater means that the mean is above 0.</param>
    /// <param name="options">Number of permutations, blocks, stopping, seed, threads.</param>
    public static PermutationTest SignFlip(
        ReadOnlySpan<double> differences,
        Alternative alternative = Alternative.TwoSided,
        PermutationOptions? options = null) =>
        SignFlipPermutation.Mean(differences, alternative, PermutationOptions.Checked(options));

    /// <summary>
    /// Pearson's correlation; the null is that x and y are independent and one of them is exchangeable (in blocks).
    /// </summary>
    /// <param name="x">Three or more finite numbers, not constant.</param>
    /// <param name="y">Aligned with x, not constant.</param>
    /// <param name="alternative">Greater means that the correlation is above 0.</param>
    /// <param name="options">Number of permutations, blocks, stopping, seed, threads.</param>
    public static PermutationTest Correlation(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        Alternative alternative = Alternative.TwoSided,
        PermutationOptions? options = null) =>
        PairPermutation.Correlation(x, y, alternative, PermutationOptions.Checked(options));

    /// <summary>
    /// Any statistic of two aligned series; the null is that they are independent and y is exchangeable (in blocks).
    /// </summary>
    /// <param name="x">Three or more finite numbers, not constant.</param>
    /// <param name="y">Aligned with x, not constant; this one is rearranged.</param>
    /// <param name="name">Name of the statistic.</param>
    /// <param name="statistic">Finite for every arrangement.</param>
    /// <param name="alternative">
    /// Greater (default): large values speak against the null; two-sided: values far from 0 do.
    /// </param>
    /// <param name="options">Number of permutations, blocks, stopping, seed, threads.</param>
    public static PermutationTest Association(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        string name,
        TwoSeriesFunction statistic,
        Alternative alternative = Alternative.Greater,
        PermutationOptions? options = null) =>
        PairPermutation.Any(x, y, name, statistic, alternative, PermutationOptions.Checked(options));

    /// <summary>
    /// Pearson's correlation of two stationary series against the n circular shifts of y, which keep each series'
    /// own dependence but for the seam where its end meets its beginning. The p-value is a multiple of 1/n.
    /// </summary>
    /// <param name="x">20 or more finite numbers in time order, not constant.</param>
    /// <param name="y">Aligned with x, not constant; this one is shifted.</param>
    /// <param name="alternative">Greater means that the correlation is above 0.</param>
    public static PermutationTest CircularShift(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, Alternative alternative = Alternative.TwoSided) =>
        ShiftPermutation.Correlation(x, y, alternative);

    /// <summary>Any statistic of two stationary series against the n circular shifts of y.</summary>
    /// <param name="x">20 or more finite numbers in time order, not constant.</param>
    /// <param name="y">Aligned with x, not constant; this one is shifted.</param>
    /// <param name="name">Name of the statistic.</param>
    /// <param name="statistic">Finite for every shift.</param>
    /// <param name="alternative">
    /// Greater (default): large values speak against the null; two-sided: values far from 0 do.
    /// </param>
    public static PermutationTest CircularShift(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        string name,
        TwoSeriesFunction statistic,
        Alternative alternative = Alternative.Greater) => ShiftPermutation.Any(x, y, name, statistic, alternative);
}
