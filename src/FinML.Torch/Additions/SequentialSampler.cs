using System.Collections;

namespace FinML.Torch;

/// <summary>0, 1, ..., count - 1.</summary>
/// <param name="count">At least 0.</param>
public sealed class SequentialSampler(long count) : IReadOnlyCollection<long>
{
    private readonly int count = Samples.CheckedCount(nameof(SequentialSampler), count);

    public int Count => count;

    public IEnumerator<long> GetEnumerator()
    {
        for (long i = 0; i < count; i++)
            yield return i;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
