namespace FinML.Statistics;

/// <summary>Options of every permutation test.</summary>
public sealed record PermutationOptions
{
    /// <summary>
    /// Arrangements drawn where there are too many to count, 99 to 100,000,000; 9,999 by default, so that p-values are
    /// multiples of 1/10,000.
    /// </summary>
    public int Permutations { get; init; } = 9_999;

    /// <summary>
    /// Work up to which the test is exact, 0 (never) to 16,777,216: arrangements to enumerate or, for means and sign
    /// flips, sums of one half of the observations, 2^(n/2) of them. The default of 2^20 makes those tests exact up to
    /// 40 observations, whose arrangements are 10^11 and more.
    /// </summary>
    public int ExactLimit { get; init; } = 1 << 20;

    /// <summary>
    /// Stops as soon as this many arrangements were at least as extreme as the data (Besag and Clifford 1991; 10 to 20
    /// are usual): a p-value that is large costs few draws. 0 (default) draws all of them.
    /// </summary>
    public int StopAfter { get; init; }

    /// <summary>
    /// Neighbours that stay together: 1 (default) for independent observations; for a series, long enough that what
    /// lies further apart is nearly independent. The series is cut into blocks whose lengths differ by one at most.
    /// </summary>
    public int BlockLength { get; init; } = 1;

    /// <summary>
    /// Where fewer than 10 of the drawn arrangements are as extreme, fits a generalised Pareto distribution to the
    /// tail of the drawn statistics; see <see cref="PermutationTail"/>. At most 10,000,000 permutations.
    /// </summary>
    public bool FitTail { get; init; }

    /// <summary>The same seed gives the same bits, whatever the number of threads.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most threads to use; 0 (default) for one per processor.</summary>
    public int MaxThreads { get; init; }

    /// <summary>Throws where an option is out of range.</summary>
    /// <exception cref="ArgumentException">Says the range and the value.</exception>
    public void Validate()
    {
        Guard.InRange(Permutations, 99, 100_000_000, nameof(Permutations));
        Guard.InRange(ExactLimit, 0, 1 << 24, nameof(ExactLimit));
        Guard.InRange(StopAfter, 0, Permutations, nameof(StopAfter));
        Guard.AtLeast(BlockLength, 1, nameof(BlockLength));
        Guard.AtLeast(MaxThreads, 0, nameof(MaxThreads));
        if (FitTail && StopAfter > 0)
            throw new ArgumentException(
                $"FitTail is set and StopAfter is {StopAfter}; a tail is fitted to all the permutations, so that " +
                "StopAfter must be 0.");
        if (FitTail)
            Guard.InRange(Permutations, 999, 10_000_000, nameof(Permutations) + " with FitTail");
    }

    internal static PermutationOptions Checked(PermutationOptions? options)
    {
        options ??= new PermutationOptions();
        options.Validate();
        return options;
    }
}
