namespace FinML.Torch;

/// <summary>Parts of datasets.</summary>
public static class Datasets
{
    /// <summary>Disjoint random parts that together hold every item. For time series a random split looks ahead: split
    /// by time there.</summary>
    /// <param name="dataset">What is split; it stays its owner's.</param>
    /// <param name="lengths">The parts' sizes, none negative, together dataset.Count.</param>
    /// <param name="generator">Where the order comes from; left out: torch.manual_seed's.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <example><code>
    /// Subset&lt;IList&lt;Tensor>>[] parts = Datasets.random_split(dataset, [800, 200], new torch.Generator(1));
    /// </code></example>
    public static Subset<T>[] random_split<T>(
        torch.utils.data.Dataset<T> dataset, IReadOnlyList<long> lengths, torch.Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(lengths);
        if (lengths.Any(l => l < 0) || lengths.Sum() != dataset.Count)
        {
            throw new ArgumentException(
                $"random_split: the lengths {string.Join(", ", lengths)} must be at least 0 and sum to the dataset's "
                + $"{dataset.Count} items.", nameof(lengths));
        }

        long[] order = Samples.Permutation(Samples.CheckedCount(nameof(random_split), dataset.Count), generator);
        var parts = new Subset<T>[lengths.Count];
        int start = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = new Subset<T>(dataset, order.AsSpan(start, (int)lengths[i]).ToArray());
            start += (int)lengths[i];
        }

        return parts;
    }

    /// <summary>The same by fractions: each part gets floor(fraction Count) items, and what is left goes to the parts
    /// in turn, from the first.</summary>
    /// <param name="dataset">What is split; it stays its owner's.</param>
    /// <param name="fractions">In [0, 1], together 1.</param>
    /// <param name="generator">Where the order comes from; left out: torch.manual_seed's.</param>
    /// <exception cref="ArgumentException">The fractions do not fit.</exception>
    public static Subset<T>[] random_split<T>(
        torch.utils.data.Dataset<T> dataset, IReadOnlyList<double> fractions, torch.Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(fractions);
        if (fractions.Any(f => !(f is >= 0 and <= 1)) || Math.Abs(fractions.Sum() - 1) > 1e-9)
        {
            throw new ArgumentException(
                $"random_split: the fractions {string.Join(", ", fractions)} must lie in [0, 1] and sum to 1.",
                nameof(fractions));
        }

        long[] lengths = fractions.Select(f => (long)Math.Floor(f * dataset.Count)).ToArray();
        long left = dataset.Count - lengths.Sum();
        for (int i = 0; left > 0; i = (i + 1) % lengths.Length, left--)
            lengths[i]++;
        return random_split(dataset, lengths, generator);
    }
}
