namespace FinML.Statistics;

/// <summary>
/// Draws arrangements and counts the extreme ones, all of them or, after Besag and Clifford (1991), "Sequential Monte
/// Carlo p-values", until h are found: at the l-th draw p = h / l, which rejects a true null no more often than it
/// says. Where the draws run out first, p = (b + 1) / (B + 1).
/// </summary>
internal static class MonteCarloPermutation
{
    private const int ChunksInRound = 256, Chunk = PermutationSampler.ChunkSize;

    internal static PermutationTest Run(
        PermutationQuestion question, Func<PermutationSampler> newSampler, PermutationOptions options)
    {
        int chunks = (options.Permutations + Chunk - 1) / Chunk;
        double[]? drawn = options.FitTail ? new double[options.Permutations] : null;
        int round = options.StopAfter > 0 ? ChunksInRound : chunks;
        long extreme = 0;
        for (int first = 0; first < chunks; first += round)
        {
            int[] counts = Count(question, newSampler, options, first, Math.Min(round, chunks - first), drawn);
            for (int i = 0; i < counts.Length; i++)
            {
                if (options.StopAfter > 0 && extreme + counts[i] >= options.StopAfter)
                {
                    int needed = options.StopAfter - (int)extreme;
                    long last = LastDraw(question, newSampler(), first + i, options.Permutations, needed);
                    return question.Drawn(options.StopAfter, last, stopped: true, options);
                }

                extreme += counts[i];
            }
        }

        PermutationTest test = question.Drawn(extreme, options.Permutations, stopped: false, options);
        return drawn is not null && extreme < PermutationTail.EnoughExtreme
            ? test with
            {
                Tail = PermutationTail.Fit(drawn, question.Extremeness(question.Estimate), question.Tolerance),
            }
            : test;
    }

    /// <summary>Extreme arrangements in each chunk; keeps the statistics where there is room for them.</summary>
    private static int[] Count(
        PermutationQuestion question,
        Func<PermutationSampler> newSampler,
        PermutationOptions options,
        int firstChunk,
        int chunks,
        double[]? keep)
    {
        var counts = new int[chunks];
        int threads = options.MaxThreads == 0 ? Environment.ProcessorCount : options.MaxThreads;
        try
        {
            Parallel.For(
                0,
                chunks,
                new ParallelOptions { MaxDegreeOfParallelism = threads },
                () => (Sampler: newSampler(), Statistics: new double[Chunk]),
                (i, _, own) =>
                {
                    int chunk = firstChunk + i, start = chunk * Chunk;
                    Span<double> statistics = own.Statistics.AsSpan(0, Math.Min(Chunk, options.Permutations - start));
                    own.Sampler.Fill((ulong)chunk, statistics);
                    counts[i] = question.Count(statistics);
                    for (int k = 0; keep is not null && k < statistics.Length; k++)
                        keep[start + k] = question.Extremeness(statistics[k]);
                    return own;
                },
                _ => { });
        }
        catch (AggregateException failures)
        {
            throw new InvalidOperationException(failures.InnerExceptions[0].Message, failures.InnerExceptions[0]);
        }

        return counts;
    }

    /// <summary>How many draws it took to the extreme one that is the last needed, which lies in this chunk.</summary>
    private static long LastDraw(
        PermutationQuestion question, PermutationSampler sampler, int chunk, int permutations, int needed)
    {
        int start = chunk * Chunk;
        var statistics = new double[Math.Min(Chunk, permutations - start)];
        sampler.Fill((ulong)chunk, statistics);
        int at = 0;
        for (; needed > 0; at++)
            needed -= question.Counts(statistics[at]) ? 1 : 0;
        return start + at;
    }
}
