using System.Collections;

namespace FinML.Torch;

/// <summary>Given indices, each once, in a random order. Every enumeration draws a new one from the generator, when it
/// begins.</summary>
/// <param name="indices">What is enumerated.</param>
/// <param name="generator">Where orders come from; left out: torch.manual_seed's.</param>
public sealed class SubsetRandomSampler(IEnumerable<long> indices, torch.Generator? generator = null)
    : IReadOnlyCollection<long>
{
    private readonly long[] indices = [.. indices];

    public int Count => indices.Length;

    public IEnumerator<long> GetEnumerator()
    {
        foreach (long position in Samples.Permutation(indices.Length, generator))
            yield return indices[position];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
