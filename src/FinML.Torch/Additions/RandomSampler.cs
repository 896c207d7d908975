using System.Collections;

namespace FinML.Torch;

/// <summary>0 .. count - 1, each once, in a random order. Every enumeration draws a new one from the generator, when it
/// begins.</summary>
/// <param name="count">At least 0.</param>
/// <param name="generator">Where orders come from; left out: torch.manual_seed's.</param>
/// <example><code>
/// var sampler = new RandomSampler(dataset.Count, new torch.Generator().manual_seed(1));
/// using var loader = torch.utils.data.DataLoader(dataset, 32, sampler);
/// </code></example>
public sealed class RandomSampler(long count, torch.Generator? generator = null) : IReadOnlyCollection<long>
{
    private readonly int count = Samples.CheckedCount(nameof(RandomSampler), count);

    public int Count => count;

    public IEnumerator<long> GetEnumerator()
    {
        foreach (long index in Samples.Permutation(count, generator))
            yield return index;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
