namespace FinML.Statistics;

/// <summary>Replicates on several threads, in chunks of fixed size, each thread with room of its own.</summary>
internal static class ReplicateLoop
{
    private const int ChunkSize = 256;

    /// <param name="options">Number of replicates and threads.</param>
    /// <param name="name">What is computed, for the message where it fails.</param>
    /// <param name="room">Makes the room of a thread.</param>
    /// <param name="visit">Works on one replicate; writes to a place of its own.</param>
    /// <exception cref="InvalidOperationException">A replicate failed.</exception>
    internal static void Run<TRoom>(
        BootstrapOptions options, string name, Func<TRoom> room, Action<TRoom, int> visit)
    {
        int chunks = (options.Replicates + ChunkSize - 1) / ChunkSize;
        try
        {
            Parallel.For(0, chunks, BootstrapMeans.Threads(options.MaxThreads), room, (chunk, _, own) =>
            {
                int end = Math.Min((chunk + 1) * ChunkSize, options.Replicates);
                for (int replicate = chunk * ChunkSize; replicate < end; replicate++)
                    visit(own, replicate);
                return own;
            }, _ => { });
        }
        catch (AggregateException failures)
        {
            throw new InvalidOperationException(
                $"The {name} failed on a resample: {failures.InnerExceptions[0].Message}", failures.InnerExceptions[0]);
        }
    }

    /// <summary>Throws where a result is not finite, for the lowest number of a replicate, whichever thread met one
    /// first.</summary>
    internal static void RequireFinite(ReadOnlySpan<double> results, string name, int count)
    {
        for (int replicate = 0; replicate < results.Length; replicate++)
        {
            if (!double.IsFinite(results[replicate]))
                throw new InvalidOperationException(
                    $"The {name} of resample {replicate} is {Guard.Text(results[replicate])}: too few of the " +
                    $"{count} values differ for blocks of this length; a longer series or shorter blocks are needed.");
        }
    }
}
