using FinML.Shared;

namespace FinML.Statistics;

/// <summary>
/// Resampling of a series in blocks. Start and length of block k of replicate r are a function
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
    public double[] Replicates(
        ReadOnlySpan<double> values, SampleStatistic statistic, BootstrapOptions? options = null) =>
        Replicates(Checked(options), Bind(values, statistic));

    /// <summary>The statistic of two series on every resample, with the same blocks for both.</summary>
    public double[] Replicates(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        PairStatistic statistic,
        BootstrapOptions? options = null) => Replicates(Checked(options), Bind(first, second, statistic));

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
        ReadOnlySpan<double> values, SampleStatistic statistic, BootstrapOptions? options = null) =>
        Interval(Checked(options), Bind(values, statistic));

    /// <summary>A confidence interval for a statistic of two aligned series.</summary>
    public BootstrapInterval Interval(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        PairStatistic statistic,
        BootstrapOptions? options = null) => Interval(Checked(options), Bind(first, second, statistic));

    /// <summary>
    /// A test that the statistic has the value <paramref name="nullValue"/> in the population: studentised where the
    /// method is <see cref="BootstrapMethod.Studentised"/>, and by shifted replicates otherwise.
    /// </summary>
    public BootstrapTest Test(
        ReadOnlySpan<double> values,
        SampleStatistic statistic,
        double nullValue = 0,
        Alternative alternative = Alternative.TwoSided,
        BootstrapOptions? options = null) =>
        Test(Checked(options), Bind(values, statistic), nullValue, alternative);

    /// <summary>The same for a statistic of two aligned series.</summary>
    public BootstrapTest Test(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        PairStatistic statistic,
        double nullValue = 0,
        Alternative alternative = Alternative.TwoSided,
        BootstrapOptions? options = null) =>
        Test(Checked(options), Bind(first, second, statistic), nullValue, alternative);

    internal BootstrapInterval Interval(BootstrapOptions options, BoundStatistic statistic)
    {
        statistic.RequireEstimate();
        double centre = Centre(statistic);
        if (options.Method == BootstrapMethod.Studentised)
        {
            var studentised = StudentisedReplicates.Of(statistic, this, centre, options);
            return IntervalEnds.Make(statistic, centre, studentised, Name, BlockLength, options);
        }

        double[] replicates = Replicates(options, statistic);
        double acceleration = options.Method == BootstrapMethod.Bca
            ? BlockJackknife.Acceleration(statistic, BlockLength)
            : 0;
        return IntervalEnds.Make(statistic, centre, replicates, acceleration, Name, BlockLength, options);
    }

    internal BootstrapTest Test(
        BootstrapOptions options, BoundStatistic statistic, double nullValue, Alternative alternative)
    {
        Guard.Finite(nullValue, nameof(nullValue));
        statistic.RequireEstimate();
        double centre = Centre(statistic);
        if (options.Method == BootstrapMethod.Studentised)
        {
            var studentised = StudentisedReplicates.Of(statistic, this, centre, options);
            double observed = studentised.Ratio(statistic.Estimate - nullValue);
            return BootstrapTest.Of(statistic, nullValue, observed, studentised.Ratios, alternative, this, options);
        }

        double[] shifted = Array.ConvertAll(Replicates(options, statistic), replicate => replicate - centre);
        return BootstrapTest.Of(
            statistic, nullValue, statistic.Estimate - nullValue, shifted, alternative, this, options);
    }

    internal double[] Replicates(BootstrapOptions options, BoundStatistic statistic) =>
        Run(statistic.Count, statistic.Name, options, statistic.Evaluate);

    /// <summary>What the resamples are centred on.</summary>
    private double Centre(BoundStatistic statistic) =>
        Weights(statistic.Count) is { } weights ? statistic.Weighted(weights) : statistic.Estimate;

    /// <summary>How many starts there are: every observation, where blocks wrap.</summary>
    internal virtual int StartsOf(int count) => count;

    /// <summary>Expected share of each observation in a resample; null where all have the same.</summary>
    internal virtual double[]? Weights(int count) => null;

    /// <summary>Lengths of blocks, 1 or more, each from the high half of its random word.</summary>
    internal abstract void Lengths(ReadOnlySpan<ulong> words, Span<int> lengths);

    /// <summary>
    /// The number that <paramref name="evaluate"/> gives for each resample; each must be finite.
    /// </summary>
    internal double[] Run(int count, string name, BootstrapOptions options, Func<BootstrapWorkspace, double> evaluate)
    {
        var results = new double[options.Replicates];
        ForEach(count, name, options, (workspace, replicate) => results[replicate] = evaluate(workspace));
        ReplicateLoop.RequireFinite(results, name, count);
        return results;
    }

    /// <summary>Draws resamples on several threads.</summary>
    internal void ForEach(int count, string name, BootstrapOptions options, Action<BootstrapWorkspace, int> visit) =>
        ReplicateLoop.Run(options, name, () => new BootstrapWorkspace(count), (workspace, replicate) =>
        {
            FillBlocks(workspace, options.Seed, replicate);
            visit(workspace, replicate);
        });

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

    private BoundStatistic Bind(ReadOnlySpan<double> values, SampleStatistic statistic)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        Guard.Series(values, 2, nameof(values));
        RequireLength(values.Length);
        return statistic.Bind(values, BlockLength);
    }

    private BoundStatistic Bind(ReadOnlySpan<double> first, ReadOnlySpan<double> second, PairStatistic statistic)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        Guard.Series(first, 2, nameof(first));
        Guard.Series(second, 2, nameof(second));
        Guard.SameLength(first, second, nameof(first), nameof(second));
        RequireLength(first.Length);
        return statistic.Bind(first, second);
    }

    /// <summary>
    /// Draws blocks until they cover the series; the last one is cut. One random block of 128 bits makes two.
    /// </summary>
    internal virtual void FillBlocks(BootstrapWorkspace workspace, ulong seed, int replicate)
    {
        Span<ulong> words = stackalloc ulong[2 * Philox4x32.Lanes];
        Span<int> drawn = stackalloc int[2 * Philox4x32.Lanes];
        int count = workspace.Count, filled = 0, blocks = 0;
        ulong starting = (ulong)StartsOf(count);
        int[] starts = workspace.Starts, lengths = workspace.Lengths;
        for (ulong first = 0; filled < count; first += Philox4x32.Lanes)
        {
            Philox4x32.Blocks(first, (ulong)replicate, seed, words);
            Lengths(words, drawn);
            for (int i = 0; i < words.Length && filled < count; i++)
            {
                int length = Math.Min(drawn[i], count - filled);
                starts[blocks] = (int)(((ulong)(uint)words[i] * starting) >> 32);
                lengths[blocks++] = length;
                filled += length;
            }
        }

        workspace.Blocks = blocks;
    }
}
