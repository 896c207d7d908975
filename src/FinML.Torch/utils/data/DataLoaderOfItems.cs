using System.Collections;
using FinML.Torch.Data;

namespace FinML.Torch.Modules;

/// <summary>
/// Makes batches of a dataset: workers fetch the items that the sampler names and collate them, a few batches ahead of
/// the consumer. Order and content depend on the sampler alone, never on the number of workers.
/// </summary>
/// <typeparam name="T">An item.</typeparam>
/// <typeparam name="S">A batch.</typeparam>
/// <remarks>
/// <para>An enumeration is one epoch. Its batches come in the sampler's order; leaving it early stops the workers, and
/// so does disposing the loader. What an item or the collation throws reaches the consumer where that batch would
/// have come.</para>
/// <para>A batch belongs to the consumer. With disposeBatch it lives until the next one is asked for; without, it is
/// like any tensor that the consumer makes, and belongs to the dispose scope around the loop, if there is
/// one.</para>
/// </remarks>
/// <example><code>
/// using var loader = new DataLoader&lt;Sample, Tensor>(
///     samples, 64, (items, device) => torch.stack(items.Select(s => s.Features)).to(device), shuffle: true, seed: 7);
/// foreach (Tensor batch in loader)
///     Train(batch);
/// </code></example>
public class DataLoader<T, S> : IEnumerable<S>, IDisposable
{
    private readonly HashSet<IDisposable> running = [];

    /// <param name="dataset">Where the items are; not empty.</param>
    /// <param name="batchSize">Items a batch, at least 1.</param>
    /// <param name="collate_fn">Makes a batch of items, on the given device. Its tensors are new ones: those of the
    /// items are disposed after it.</param>
    /// <param name="shuffler">The indices of an epoch, enumerated once for each.</param>
    /// <param name="device">Where batches go; left out: the CPU.</param>
    /// <param name="num_worker">Threads that fetch and collate; 0 does it on the consumer's thread when a batch is
    /// asked for.</param>
    /// <param name="drop_last">Leave out a last batch that is not full.</param>
    /// <param name="disposeBatch">Dispose a batch when the next one is asked for.</param>
    /// <param name="disposeDataset">Dispose the dataset with the loader.</param>
    /// <exception cref="ArgumentException">The dataset is empty or of negative size, batchSize is below 1 or num_worker
    /// below 0.</exception>
    public DataLoader(
        torch.utils.data.Dataset<T> dataset,
        int batchSize,
        Func<IEnumerable<T>, torch.Device, S> collate_fn,
        IEnumerable<long> shuffler,
        torch.Device? device = null,
        int num_worker = 1,
        bool drop_last = false,
        bool disposeBatch = true,
        bool disposeDataset = true)
    {
        CheckedCount(dataset);
        ArgumentNullException.ThrowIfNull(collate_fn);
        ArgumentNullException.ThrowIfNull(shuffler);
        if (batchSize < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batchSize), batchSize, "DataLoader: batchSize must be at least 1.");
        }

        if (num_worker < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(num_worker), num_worker, "DataLoader: num_worker must be at least 0.");
        }

        (this.dataset, batch_size, this.collate_fn, sampler) = (dataset, batchSize, collate_fn, shuffler);
        (Device, num_workers, this.drop_last) = (device ?? CPU, num_worker, drop_last);
        (DisposeBatch, DisposeDataset) = (disposeBatch, disposeDataset);
    }

    /// <param name="dataset">Where the items are; not empty.</param>
    /// <param name="batchSize">Items a batch, at least 1.</param>
    /// <param name="collate_fn">Makes a batch of items, on the given device. Its tensors are new ones: those of the
    /// items are disposed after it.</param>
    /// <param name="shuffle">Each epoch in a new random order; else in the dataset's.</param>
    /// <param name="device">Where batches go; left out: the CPU.</param>
    /// <param name="seed">Of the orders; left out: they are drawn from torch.manual_seed's generator.</param>
    /// <param name="num_worker">Threads that fetch and collate; 0 does it on the consumer's thread when a batch is
    /// asked for.</param>
    /// <param name="drop_last">Leave out a last batch that is not full.</param>
    /// <param name="disposeBatch">Dispose a batch when the next one is asked for.</param>
    /// <param name="disposeDataset">Dispose the dataset with the loader.</param>
    /// <exception cref="ArgumentException">The dataset is empty or of negative size, batchSize is below 1 or num_worker
    /// below 0.</exception>
    public DataLoader(
        torch.utils.data.Dataset<T> dataset,
        int batchSize,
        Func<IEnumerable<T>, torch.Device, S> collate_fn,
        bool shuffle = false,
        torch.Device? device = null,
        int? seed = null,
        int num_worker = 1,
        bool drop_last = false,
        bool disposeBatch = true,
        bool disposeDataset = true)
        : this(
            dataset, batchSize, collate_fn, Order(CheckedCount(dataset), shuffle, seed), device, num_worker, drop_last,
            disposeBatch, disposeDataset)
    {
    }

    public torch.utils.data.Dataset<T> dataset { get; }

    public int batch_size { get; }

    public bool drop_last { get; }

    public IEnumerable<long> sampler { get; }

    public int num_workers { get; }

    public Func<IEnumerable<T>, torch.Device, S> collate_fn { get; }

    public torch.Device Device { get; }

    public bool DisposeBatch { get; }

    public bool DisposeDataset { get; }

    /// <summary>Batches in an epoch.</summary>
    public long Count
    {
        get
        {
            long items = sampler is IReadOnlyCollection<long> known ? known.Count : dataset.Count;
            return (drop_last ? items : items + batch_size - 1) / batch_size;
        }
    }

    /// <summary>Starts an epoch.</summary>
    public IEnumerator<S> GetEnumerator()
    {
        var epoch = new DataLoaderEnumerator<T, S>(this);
        lock (running)
            running.Add(epoch);
        return epoch;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Stops the epochs that are under way, and disposes the dataset where the loader owns it.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        IDisposable[] epochs;
        lock (running)
            epochs = [.. running];
        foreach (IDisposable epoch in epochs)
            epoch.Dispose();
        if (DisposeDataset)
            dataset.Dispose();
    }

    internal void Ended(IDisposable epoch)
    {
        lock (running)
            running.Remove(epoch);
    }

    private static long CheckedCount(torch.utils.data.Dataset<T> dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        long count = dataset.Count;
        return count >= 1
            ? count
            : throw new ArgumentException(
                $"DataLoader: the dataset must hold at least 1 item, its Count is {count}.", nameof(dataset));
    }

    private static IEnumerable<long> Order(long count, bool shuffle, int? seed) => !shuffle
        ? new SequentialSampler(count)
        : new RandomSampler(count, seed is int s ? new torch.Generator().manual_seed(s) : torch.Generator.Default);
}
