namespace FinML.Torch.Kernels;

/// <summary>Work in numbered pieces. A struct, so that the loop over pieces inlines it.</summary>
internal interface IChunks
{
    /// <summary>Does piece <paramref name="chunk"/>; pieces run in any order, on any thread.</summary>
    void Run(int chunk);
}

/// <summary>
/// Runs pieces of work on several threads. Who calls decides how the work is cut, by its size alone: the pieces, and
/// so the order of every sum, are the same for any number of threads.
/// </summary>
internal static class Threads
{
    [ThreadStatic]
    private static bool inside;

    /// <summary>How many threads work at once, at least 1.</summary>
    internal static int Count { get; set; } = 1;

    /// <summary>Runs pieces 0 .. chunks - 1; on this thread where Count is 1, or where it is inside a piece.</summary>
    internal static void For<TBody>(int chunks, TBody body)
        where TBody : struct, IChunks
    {
        if (chunks <= 1 || Count <= 1 || inside)
        {
            for (int i = 0; i < chunks; i++)
                body.Run(i);
            return;
        }

        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = Count }, i =>
        {
            inside = true;
            try
            {
                body.Run(i);
            }
            finally
            {
                inside = false;
            }
        });
    }
}
