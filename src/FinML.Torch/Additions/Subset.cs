namespace FinML.Torch;

/// <summary>Some items of another dataset, which stays its owner's: disposing the subset leaves it alone.</summary>
/// <typeparam name="T">An item.</typeparam>
public sealed class Subset<T> : torch.utils.data.Dataset<T>
{
    private readonly torch.utils.data.Dataset<T> dataset;
    private readonly long[] indices;

    /// <param name="dataset">Where the items are.</param>
    /// <param name="indices">Which of them, in this order; each in [0, dataset.Count).</param>
    /// <exception cref="ArgumentException">An index is out of range.</exception>
    public Subset(torch.utils.data.Dataset<T> dataset, IEnumerable<long> indices)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        (this.dataset, this.indices) = (dataset, [.. indices]);
        long count = dataset.Count;
        foreach (long index in this.indices)
        {
            if (index < 0 || index >= count)
                throw new ArgumentException($"Subset: index {index} of a dataset of {count} items.", nameof(indices));
        }
    }

    /// <summary>Which items of the other dataset.</summary>
    public IReadOnlyList<long> Indices => indices;

    public override long Count => indices.Length;

    /// <inheritdoc/>
    public override T GetTensor(long index) => dataset.GetTensor(indices[index]);
}
