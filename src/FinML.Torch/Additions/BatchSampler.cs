using System.Collections;

namespace FinML.Torch;

/// <summary>The indices of a sampler in groups, for code that takes rows by index itself.</summary>
/// <example><code>
/// foreach (long[] rows in new BatchSampler(new RandomSampler(x.size(0), generator), 32))
///     Train(x.index_select(0, torch.tensor(rows)));
/// </code></example>
public sealed class BatchSampler : IEnumerable<long[]>
{
    private readonly IEnumerable<long> sampler;
    private readonly int size;
    private readonly bool dropLast;

    /// <param name="sampler">Indices.</param>
    /// <param name="batch_size">Indices in a group, at least 1.</param>
    /// <param name="drop_last">Leave out a last group that is not full.</param>
    public BatchSampler(IEnumerable<long> sampler, int batch_size, bool drop_last = false)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch_size, 1);
        (this.sampler, size, dropLast) = (sampler, batch_size, drop_last);
    }

    public IEnumerator<long[]> GetEnumerator() =>
        sampler.Chunk(size).Where(batch => !dropLast || batch.Length == size).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
