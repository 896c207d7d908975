using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>
/// The means of all models over the same resamples of time, made once for every test that needs them (Reality Check,
/// SPA, StepM, model confidence set). All models share a resample, so that their dependence is kept.
/// </summary>
/// <remarks>
/// The sum over a block is a difference of two rows of running sums, so that a resample costs two vector operations a
/// block and eight models, not one addition a value. Eight models at a time, whose running sums stay in the cache, and
/// only theirs are in memory.
/// </remarks>
public sealed class BootstrapMeans
{
    private const int Lanes = 8, ChunkSize = 64, Together = 16; // replicates of a chunk, chunks drawn at a time
    private double[]? _variances;

    private BootstrapMeans(ModelPerformance performance, double[] means, double[][] centred, BlockBootstrap scheme,
        BootstrapOptions options)
    {
        Performance = performance;
        Means = means;
        Centred = centred;
        Scheme = scheme.Name;
        BlockLength = scheme.BlockLength;
        Seed = options.Seed;
        MaxThreads = options.MaxThreads;
    }

    /// <summary>What was resampled.</summary>
    public ModelPerformance Performance { get; }

    /// <summary>The mean of each model over the data themselves.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>B.</summary>
    public int Replicates => Centred[0].Length;

    /// <summary>Name of the resampling scheme.</summary>
    public string Scheme { get; }

    /// <summary>Length of the blocks (their mean, for the stationary bootstrap).</summary>
    public double BlockLength { get; }

    /// <summary>Seed of the generator.</summary>
    public ulong Seed { get; }

    /// <summary>By model, by replicate: the mean over the resample less the mean over the data.</summary>
    internal double[][] Centred { get; }

    internal int MaxThreads { get; }

    /// <summary>By model: <see cref="StationaryVariance"/>, computed once for all tests that divide by it.</summary>
    internal double[] Variances => LazyInitializer.EnsureInitialized(
        ref _variances, () => StationaryVariance.Of(Performance, Means, BlockLength, MaxThreads));

    /// <summary>Resamples.</summary>
    /// <param name="performance">n periods of k models; a test against a benchmark takes
    /// <see cref="ModelPerformance.Against"/>.</param>
    /// <param name="scheme">How blocks are drawn; the stationary bootstrap with the longest of the models' automatic
    /// block lengths where it is null.</param>
    /// <param name="options">Number of resamples, seed and threads.</param>
    public static BootstrapMeans Of(
        ModelPerformance performance, BlockBootstrap? scheme = null, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(performance);
        options ??= new BootstrapOptions();
        options.Validate();
        scheme ??= Automatic(performance);
        scheme.RequireLength(performance.Count);
        return Of(performance, scheme, options, (workspace, r) => scheme.FillBlocks(workspace, options.Seed, r));
    }

    /// <summary>The same with blocks from elsewhere, so that a test can replay another program's draws.</summary>
    internal static BootstrapMeans Of(
        ModelPerformance performance, BlockBootstrap scheme, BootstrapOptions options,
        Action<BootstrapWorkspace, int> fillBlocks)
    {
        int k = performance.Models, tiles = (k + Lanes - 1) / Lanes;
        double[] means = MeansOf(performance);
        var centred = new double[k][];
        for (int model = 0; model < k; model++)
            centred[model] = new double[options.Replicates];
        int chunks = (options.Replicates + ChunkSize - 1) / ChunkSize;
        Chunk[] drawn = [.. Enumerable.Range(0, Math.Min(chunks, Together)).Select(_ => new Chunk(performance.Count))];
        for (int group = 0; group < chunks; group += Together)
        {
            int together = Math.Min(Together, chunks - group);
            Parallel.For(0, together, Threads(options.MaxThreads), c => drawn[c].Draw(
                (group + c) * ChunkSize, Math.Min((group + c + 1) * ChunkSize, options.Replicates), fillBlocks));
            Parallel.For(0, tiles, Threads(options.MaxThreads), () => new Vector512<double>[performance.Count + 1],
                (tile, _, sums) =>
                {
                    RunningSums(performance, means, tile * Lanes, sums);
                    for (int c = 0; c < together; c++)
                        drawn[c].Resample(sums, centred, tile * Lanes);
                    return sums;
                }, _ => { });
        }

        return new BootstrapMeans(performance, means, centred, scheme, options);
    }

    internal static ParallelOptions Threads(int maximum) =>
        new() { MaxDegreeOfParallelism = maximum == 0 ? Environment.ProcessorCount : maximum };

    private static StationaryBootstrap Automatic(ModelPerformance performance)
    {
        double longest = 1;
        for (int model = 0; model < performance.Models; model++)
        {
            double[] gains = performance.Column(model);
            if (!Guard.IsConstant(gains))
                longest = Math.Max(longest, PolitisWhiteBlockLength.Select(gains).Stationary);
        }

        return new StationaryBootstrap(Math.Min(longest, performance.Count));
    }

    private static double[] MeansOf(ModelPerformance performance)
    {
        double[] means = new double[performance.Models], gains = new double[performance.Models];
        for (int t = 0; t < performance.Count; t++)
        {
            performance.Gains.Row(t, gains);
            for (int model = 0; model < means.Length; model++)
                means[model] += gains[model];
        }

        for (int model = 0; model < means.Length; model++)
            means[model] /= performance.Count;
        return means;
    }

    /// <summary>(n + 1) rows of sums of the centred gains of eight models.</summary>
    private static void RunningSums(
        ModelPerformance performance, double[] means, int firstModel, Vector512<double>[] sums)
    {
        Span<double> flat = MemoryMarshal.Cast<Vector512<double>, double>(sums.AsSpan());
        int width = Math.Min(Lanes, means.Length - firstModel);
        flat[..Lanes].Clear();
        for (int t = 0; t < performance.Count; t++)
        {
            for (int lane = 0; lane < width; lane++)
            {
                flat[(t + 1) * Lanes + lane] = flat[t * Lanes + lane]
                    + (performance.Gains[t, firstModel + lane] - means[firstModel + lane]);
            }
        }
    }

    /// <summary>The blocks of some replicates, kept while tile after tile goes over them.</summary>
    private sealed class Chunk(int count)
    {
        private readonly BootstrapWorkspace _workspace = new(count);
        private readonly List<(int Start, int End, bool Wraps)> _blocks = [];
        private readonly List<int> _ends = [];
        private int _first;

        internal void Draw(int first, int last, Action<BootstrapWorkspace, int> fillBlocks)
        {
            _first = first;
            _blocks.Clear();
            _ends.Clear();
            for (int replicate = first; replicate < last; replicate++)
            {
                fillBlocks(_workspace, replicate);
                for (int block = 0; block < _workspace.Blocks; block++)
                {
                    int start = _workspace.Starts[block], end = start + _workspace.Lengths[block];
                    _blocks.Add(end <= count ? (start, end, false) : (start, end - count, true));
                }

                _ends.Add(_blocks.Count);
            }
        }

        internal void Resample(Vector512<double>[] sums, double[][] centred, int firstModel)
        {
            ReadOnlySpan<(int Start, int End, bool Wraps)> blocks = CollectionsMarshal.AsSpan(_blocks);
            int width = Math.Min(Lanes, centred.Length - firstModel), at = 0;
            Vector512<double> round = sums[count]; // the sum of all, which is rounding alone
            for (int replicate = 0; replicate < _ends.Count; replicate++)
            {
                Vector512<double> sum = Vector512<double>.Zero;
                int end = _ends[replicate];
                for (; at < end; at++)
                {
                    (int start, int stop, bool wraps) = blocks[at];
                    sum += sums[stop] - sums[start];
                    if (wraps)
                        sum += round;
                }

                sum /= Vector512.Create((double)count);
                for (int lane = 0; lane < width; lane++)
                    centred[firstModel + lane][_first + replicate] = sum[lane];
            }
        }
    }
}
