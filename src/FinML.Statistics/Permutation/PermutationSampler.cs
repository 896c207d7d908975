namespace FinML.Statistics;

/// <summary>
/// Statistics of random arrangements. They come in chunks; a chunk begins from the data as they are and reads its own
/// stream of random words, so that an arrangement depends on the seed and its number alone. One sampler a thread.
/// </summary>
internal abstract class PermutationSampler
{
    /// <summary>Arrangements in a chunk.</summary>
    internal const int ChunkSize = 256;

    /// <summary>The statistics of the chunk; the last one may be shorter.</summary>
    internal abstract void Fill(ulong chunk, Span<double> statistics);
}
