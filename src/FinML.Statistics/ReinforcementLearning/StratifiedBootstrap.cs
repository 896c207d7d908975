namespace FinML.Statistics;

/// <summary>
/// Intervals for what is computed from runs on tasks, by drawing runs anew within each task (Agarwal et al. 2021), or
/// tasks and runs. Replicate r of a seed is the same whatever else has been drawn; rliable's draws come from NumPy's
/// global generator, so that the seed which it takes does not decide them. With few runs a task (below 10 or so) the
/// intervals are too short.
/// </summary>
public static class StratifiedBootstrap
{
    private const int ChunkSize = 64;

    /// <summary>An interval for an aggregate of the scores.</summary>
    /// <param name="scores">Runs by task.</param>
    /// <param name="metric">The aggregate.</param>
    /// <param name="resampleTasks">
    /// False (default): what other runs on these tasks would have given. True: other tasks like these, too.
    /// </param>
    /// <param name="options">Replicates, level, method (percentile or basic), seed, threads.</param>
    public static BootstrapInterval Interval(
        RunScores scores, AggregateMetric metric, bool resampleTasks = false, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(metric);
        options = Checked(options);
        double estimate = metric.Of(scores);
        double[] replicates = Run(options, () =>
        {
            var sample = new ScoreSample(scores);
            return draws =>
            {
                sample.Draw(draws, resampleTasks);
                return metric.Evaluate(sample);
            };
        });
        return Make(metric.Name, estimate, replicates, resampleTasks, options);
    }

    internal static BootstrapOptions Checked(BootstrapOptions? options)
    {
        options ??= new BootstrapOptions();
        options.Validate();
        return options.Method == BootstrapMethod.Percentile || options.Method == BootstrapMethod.Basic
            ? options
            : throw new ArgumentException(
                $"Method is {options.Method}; the stratified bootstrap has Percentile and Basic intervals.",
                nameof(options));
    }

    /// <summary>The statistic of every replicate; the function is made once for each thread.</summary>
    internal static double[] Run(BootstrapOptions options, Func<Func<IndexDraws, double>> newStatistic)
    {
        var replicates = new double[options.Replicates];
        Each(options, newStatistic, (statistic, draws, r) => replicates[r] = statistic(draws));
        return replicates;
    }

    /// <summary>Runs replicates in chunks; a chunk reads its own stream of random words.</summary>
    internal static void Each<T>(BootstrapOptions options, Func<T> newState, Action<T, IndexDraws, int> run)
    {
        int threads = options.MaxThreads == 0 ? Environment.ProcessorCount : options.MaxThreads;
        Parallel.For(
            0,
            (options.Replicates + ChunkSize - 1) / ChunkSize,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => (State: newState(), Draws: new IndexDraws(options.Seed)),
            (chunk, _, own) =>
            {
                own.Draws.Start((ulong)chunk);
                int end = Math.Min((chunk + 1) * ChunkSize, options.Replicates);
                for (int r = chunk * ChunkSize; r < end; r++)
                    run(own.State, own.Draws, r);
                return own;
            },
            _ => { });
    }

    internal static BootstrapInterval Make(
        string name, double estimate, double[] replicates, bool tasks, BootstrapOptions options) =>
        IntervalEnds.Make(
            name, estimate, replicates,
            tasks ? "stratified bootstrap of tasks and runs" : "stratified bootstrap of runs", 1, options);
}
