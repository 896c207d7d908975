using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace FinML.Training;

/// <summary>
/// Independent jobs on several threads, the costliest first. A job's result depends on its index and never on the
/// thread or on the order in which jobs end, so that the number of threads changes the time and nothing else.
/// </summary>
public static class ParallelJobs
{
    /// <summary>
    /// Runs <paramref name="job"/> once for every cost; progress is the cost-weighted mean of the jobs' own.
    /// </summary>
    /// <param name="costs">What each job costs in proportion to the others, above 0.</param>
    /// <param name="threads">Jobs that run side by side, at least 1.</param>
    /// <param name="progress">Gets the fraction of all work that is done; never from two threads at once.</param>
    /// <param name="cancellation">Starts no further job.</param>
    /// <param name="job">Gets its index and where to report its own fraction.</param>
    public static void Run(
        IReadOnlyList<double> costs,
        int threads,
        IProgress<double>? progress,
        CancellationToken cancellation,
        Action<int, IProgress<double>> job)
    {
        double total = costs.Sum();
        var done = new double[costs.Count];
        object gate = new();
        int[] order = Enumerable.Range(0, costs.Count).OrderByDescending(i => costs[i]).ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(
                Partitioner.Create(order, EnumerablePartitionerOptions.NoBuffering),
                options,
                i => job(i, new JobProgress(fraction =>
                {
                    if (progress is null)
                        return;
                    lock (gate)
                    {
                        done[i] = fraction * costs[i];
                        progress.Report(done.Sum() / total);
                    }
                })));
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    private sealed class JobProgress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
