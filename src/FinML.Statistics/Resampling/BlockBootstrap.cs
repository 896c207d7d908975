using FinML.Shared;

namespace FinML.Statistics;

/// <summary>
/// Resampling of a series in blocks that wrap around its end. Start and length of block k of replicate r are a function
/// of (seed, r, k) alone, by a counter-based generator: the answer does not depend on threads or on the order of work,
/// and two statistics with the same seed see the same resamples.
/// </summary>
public abstract class BlockBootstrap
{
    private protected BlockBootstrap()
    {
    }

    /// <summary>Name of the scheme.</summary>
    public abstract string Name { get; }

    /// <summary>Length of the blocks (their mean, for the stationary bootstrap).</summary>
    public abstract double BlockLength { get; }

    /// <summary>The n indices of one resample.</summary>
    /// <param name="count">n, 1 or more.</param>
    /// <param name="seed">Seed of the generator.</param>
    /// <param name="replicate">Number of the resample, 0 or more.</param>
    public int[] Indices(int count, ulong seed, int replicate)
    {
        RequireLength(count);
        Guard.AtLeast(replicate, 0, nameof(replicate));
        var workspace = new BootstrapWorkspace(count);
        FillBlocks(workspace, seed, replicate);
        workspace.ExpandIndices();
        return workspace.Indices;
    }

    /// <summary>The statistic of every resample, by number of the replicate.</summary>
    /// <param name="values">Two or more finite numbers in time order.</param>
    /// <param name="statistic">What to compute.</param>
    /// <param name="options">Number of replicates, seed and threads.</param>
    /// <exception cref="InvalidOperationException">The statistic of a resample is not finite.</exception>
    public double[] Replicates(ReadOnlySpan<double> values, SampleStatistic statistic, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        options = Checked(options);
        Guard.Series(values, 2, nameof(values));
        RequireLength(values.Length);
        if (statistic is MomentStatistic moments)
        {
            var sums = new PrefixSums(values);
            return Run(values.Length, statistic.Name, options, workspace =>
            {
                (double sum, double sumSquares) = sums.Over(workspace);
                return moments.FromSums(sum, sumSquares, sums.Count, sums.Centre, sums.Variance);
            });
        }

        double[] data = values.ToArray();
        return Run(values.Length, statistic.Name, options, workspace =>
        {
            workspace.ExpandIndices();
            return statistic.Evaluate(workspace.Gather(data));
        });
    }

    /// <summary>
    /// The statistic of every resample of <paramref name="count"/> observations, given their indices.
    /// </summary>
    public double[] Replicates(int count, string name, IndexFunction statistic, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        options = Checked(options);
        Guard.AtLeast(count, 2, nameof(count));
        RequireLength(count);
        return Run(count, name, options, workspace =>
        {
            workspace.ExpandIndices();
            return statistic(workspace.Indices);
        });
    }

    /// <summary>A confidence interval for the statistic.</summary>
    /// <param name="values">Two or more finite numbers in time order.</param>
    /// <param name="statistic">What to compute.</param>
    /// <param name="options">Level, method, number of replicates, seed and threads.</param>
    public BootstrapInterval Interval(
        ReadOnlySpan<double> values, SampleStatistic statistic, BootstrapOptions? options = null)
    {
        options = Checked(options);
        double estimate = EstimateOf(values, statistic);
        double[] replicates = Replicates(values, statistic, options);
        double acceleration = options.Method == BootstrapMethod.Bca
            ? BlockJackknife.Acceleration(values, statistic, BlockLength)
            : 0;
        return IntervalEnds.Make(statistic.Name, estimate, replicates, acceleration, this, options);
    }

    /// <summary>A test that the statistic has the value <paramref name="nullValue"/> in the population.</summary>
    public BootstrapTest Test(
        ReadOnlySpan<double> values,
        SampleStatistic statistic,
        double nullValue = 0,
        Alternative alternative = Alternative.TwoSided,
        BootstrapOptions? options = null)
    {
        Guard.Finite(nullValue, nameof(nullValue));
        options = Checked(options);
        double estimate = EstimateOf(values, statistic);
        double[] replicates = Replicates(values, statistic, options);
        return BootstrapTest.Of(statistic.Name, estimate, nullValue, replicates, alternative, this, options);
    }

    /// <summary>Lengths of blocks, 1 or more, each from the high half of its random word.</summary>
    internal abstract void Lengths(ReadOnlySpan<ulong> words, Span<int> lengths);

    /// <summary>
    /// Runs replicates in chunks of fixed size and puts each where its number says. A result that is not finite is
    /// reported for the lowest number, whichever thread met one first.
    /// </summary>
    internal double[] Run(int count, string name, BootstrapOptions options, Func<BootstrapWorkspace, double> evaluate)
    {
        const int ChunkSize = 256;
        var results = new double[options.Replicates];
        int chunks = (options.Replicates + ChunkSize - 1) / ChunkSize;
        int threads = options.MaxThreads == 0 ? Environment.ProcessorCount : options.MaxThreads;
        try
        {
            Parallel.For(
                0,
                chunks,
                new ParallelOptions { MaxDegreeOfParallelism = threads },
                () => new BootstrapWorkspace(count),
                (chunk, _, workspace) =>
                {
                    int end = Math.Min((chunk + 1) * ChunkSize, results.Length);
                    for (int replicate = chunk * ChunkSize; replicate < end; replicate++)
                    {
                        FillBlocks(workspace, options.Seed, replicate);
                        results[replicate] = evaluate(workspace);
                    }

                    return workspace;
                },
                _ => { });
        }
        catch (AggregateException failures)
        {
            throw new InvalidOperationException(
                $"The {name} failed on a resample: {failures.InnerExceptions[0].Message}", failures.InnerExceptions[0]);
        }

        for (int replicate = 0; replicate < results.Length; replicate++)
        {
            if (!double.IsFinite(results[replicate]))
                throw new InvalidOperationException(
                    $"The {name} of resample {replicate} is {Guard.Text(results[replicate])}: too few of the " +
                    $"{count} values differ for blocks of this length; a longer series or shorter blocks are needed.");
        }

        return results;
    }

    internal void RequireLength(int count)
    {
        Guard.AtLeast(count, 1, nameof(count));
        if (BlockLength > count)
            throw new ArgumentException(
                $"The block length is {Guard.Text(BlockLength)} and the series has {count} values; a block must fit.");
    }

    private static BootstrapOptions Checked(BootstrapOptions? options)
    {
        options ??= new BootstrapOptions();
        options.Validate();
        return options;
    }

    private static double EstimateOf(ReadOnlySpan<double> values, SampleStatistic statistic)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        Guard.Series(values, 2, nameof(values));
        double estimate = statistic.Evaluate(values);
        return double.IsFinite(estimate)
            ? estimate
            : throw new ArgumentException(
                $"The {statistic.Name} of the {values.Length} values is {Guard.Text(estimate)}; it must be finite " +
                "(are they constant?).", nameof(values));
    }

    /// <summary>
    /// Draws blocks until they cover the series; the last one is cut. One random block of 128 bits makes two.
    /// </summary>
    internal void FillBlocks(BootstrapWorkspace workspace, ulong seed, int replicate)
    {
        Span<ulong> words = stackalloc ulong[2 * Philox4x32.Lanes];
        Span<int> drawn = stackalloc int[2 * Philox4x32.Lanes];
        int count = workspace.Count, filled = 0, blocks = 0;
        int[] starts = workspace.Starts, lengths = workspace.Lengths;
        for (ulong first = 0; filled < count; first += Philox4x32.Lanes)
        {
            Philox4x32.Blocks(first, (ulong)replicate, seed, words);
            Lengths(words, drawn);
            for (int i = 0; i < words.Length && filled < count; i++)
            {
                int length = Math.Min(drawn[i], count - filled);
                starts[blocks] = (int)(((ulong)(uint)words[i] * (ulong)count) >> 32);
                lengths[blocks++] = length;
                filled += length;
            }
        }

        workspace.Blocks = blocks;
    }
}
