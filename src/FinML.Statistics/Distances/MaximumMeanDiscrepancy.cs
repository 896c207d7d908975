namespace FinML.Statistics;

/// <summary>
/// Squared maximum mean discrepancy of two samples (Gretton, Borgwardt, Rasch, Schölkopf and Smola 2012) with the
/// Gaussian kernel exp(-|x - y|^2 / (2 h^2)): 0 for equal distributions and for no others. The null that they are equal
/// is tested by exchanging labels; of blocks, where the samples are series (Chwialkowski, Sejdinovic and Gretton 2014
/// reach the same end by a wild bootstrap).
/// </summary>
public sealed record MaximumMeanDiscrepancy
{
    private const int LargestBlocks = 4_000;
    private const string Name = "squared maximum mean discrepancy";

    /// <summary>
    /// mean k(x, x') + mean k(y, y') - 2 mean k(x, y); over distinct pairs, and so unbiased and at times below 0, or
    /// over all of them, then biased and never below 0.
    /// </summary>
    public required double Squared { get; init; }

    /// <summary>True for the mean over all pairs, each point's with itself among them.</summary>
    public required bool IsBiased { get; init; }

    /// <summary>h, in the unit of the values.</summary>
    public required double Bandwidth { get; init; }

    /// <summary>The permutation test that the distributions are equal; large values speak against it.</summary>
    public required PermutationTest Test { get; init; }

    /// <summary>Compares two samples of numbers.</summary>
    /// <param name="first">Two or more finite numbers, in time order where blocks are longer than 1.</param>
    /// <param name="second">Two or more.</param>
    /// <param name="biased">False (default) for the unbiased estimate.</param>
    /// <param name="bandwidth">h; 0 (default) for the median distance of the pooled points.</param>
    /// <param name="options">Permutations, blocks, stopping, seed, threads. At most 4,000 blocks in all.</param>
    public static MaximumMeanDiscrepancy Compare(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        bool biased = false,
        double bandwidth = 0,
        PermutationOptions? options = null) =>
        Compare(PointSet.Of(first, 2, nameof(first)), PointSet.Of(second, 2, nameof(second)), biased, bandwidth,
            PermutationOptions.Checked(options));

    /// <summary>Compares two samples of vectors.</summary>
    /// <param name="first">(d, n): a column a variable, two values or more in each; scale them as they should count.
    /// </param>
    /// <param name="second">(d, m): the same variables.</param>
    /// <param name="biased">False (default) for the unbiased estimate.</param>
    /// <param name="bandwidth">h; 0 (default) for the median distance of the pooled points.</param>
    /// <param name="options">Permutations, blocks, stopping, seed, threads. At most 4,000 blocks in all.</param>
    public static MaximumMeanDiscrepancy Compare(
        IReadOnlyList<double[]> first,
        IReadOnlyList<double[]> second,
        bool biased = false,
        double bandwidth = 0,
        PermutationOptions? options = null) =>
        Compare(PointSet.Of(first, 2, nameof(first)), PointSet.Of(second, 2, nameof(second)), biased, bandwidth,
            PermutationOptions.Checked(options));

    private static MaximumMeanDiscrepancy Compare(
        PointSet first, PointSet second, bool biased, double bandwidth, PermutationOptions options)
    {
        PointSet pooled = first.With(second, nameof(first), nameof(second));
        Guard.NotNegative(bandwidth, nameof(bandwidth));
        if (bandwidth == 0)
            bandwidth = MedianDistance(pooled);
        var firstBlocks = new Blocks(first.Count, options.BlockLength, 1, nameof(first));
        var secondBlocks = new Blocks(second.Count, options.BlockLength, 1, nameof(second));
        int units = firstBlocks.Number + secondBlocks.Number;
        if (units is < 3 or > LargestBlocks)
            throw new ArgumentException(
                $"The samples of {first.Count} and {second.Count} points are {units} blocks of " +
                $"{options.BlockLength}; 3 to {LargestBlocks} are needed: set BlockLength.");
        int[] starts = [.. Enumerable.Range(0, firstBlocks.Number).Select(firstBlocks.Start),
            .. Enumerable.Range(0, secondBlocks.Number + 1).Select(i => first.Count + secondBlocks.Start(i))];

        KernelSums sums = KernelSums.Of(pooled, starts, bandwidth, options.MaxThreads);
        int[] order = [.. Enumerable.Range(0, units)];
        double squared = sums.Discrepancy(order.AsSpan(0, firstBlocks.Number), biased);
        var question = new PermutationQuestion(
            Name, options.BlockLength == 1 ? "labels of two samples" : "labels of the blocks of two samples", squared,
            Alternative.Greater, Tolerance: 1e-14);
        bool listed = Combinations.Choose(units, firstBlocks.Number, options.ExactLimit) <= options.ExactLimit;
        PermutationTest test = listed
            ? TwoSamplePermutation.Enumerate(
                question, units, firstBlocks.Number, picked => Of(sums, picked, biased), options)
            : MonteCarloPermutation.Run(
                question, () => new Sampler(sums, firstBlocks.Number, biased, new IndexDraws(options.Seed)), options);
        return new MaximumMeanDiscrepancy
        {
            Squared = squared,
            IsBiased = biased,
            Bandwidth = bandwidth,
            Test = test,
        };
    }

    /// <summary>Not finite where unequal blocks leave a side with one point.</summary>
    private static double Of(KernelSums sums, ReadOnlySpan<int> first, bool biased) =>
        PermutationQuestion.Finite(Name, sums.Discrepancy(first, biased));

    /// <summary>Over the pairs of distinct points; of more than 2,000 points every k-th is taken.</summary>
    private static double MedianDistance(PointSet points)
    {
        int step = (points.Count + 1_999) / 2_000, taken = (points.Count + step - 1) / step;
        var distances = new double[(long)taken * (taken - 1) / 2];
        int at = 0;
        for (int i = 0; i < taken; i++)
        {
            for (int j = 0; j < i; j++)
                distances[at++] = PointSet.SquaredDistance(points[i * step], points[j * step]);
        }

        Array.Sort(distances);
        double median = (Math.Sqrt(distances[(at - 1) / 2]) + Math.Sqrt(distances[at / 2])) / 2;
        return median > 0
            ? median
            : throw new ArgumentException(
                "The median distance of the pooled points is 0, as more than half of the pairs are equal; give a " +
                "bandwidth above 0.", "bandwidth");
    }

    private sealed class Sampler(KernelSums sums, int chosen, bool biased, IndexDraws draws) : PermutationSampler
    {
        private readonly int[] _order = new int[sums.Units];

        internal override void Fill(ulong chunk, Span<double> statistics)
        {
            for (int i = 0; i < _order.Length; i++)
                _order[i] = i;
            draws.Start(chunk);
            for (int r = 0; r < statistics.Length; r++)
            {
                draws.Choose<int>(_order, chosen);
                statistics[r] = Of(sums, _order.AsSpan(0, chosen), biased);
            }
        }
    }
}
