namespace FinML.Torch.Modules;

/// <summary>Batches of a dataset whose items are lists: the first tensors stacked, the second ones, and so on. See
/// <see cref="DataLoader{T, S}"/>.</summary>
public class IterableDataLoader : DataLoader<IList<torch.Tensor>, IList<torch.Tensor>>
{
    /// <summary>Batches in a given order; the arguments are <see cref="DataLoader{T, S}"/>'s.</summary>
    public IterableDataLoader(
        torch.utils.data.IterableDataset dataset, int batchSize, IEnumerable<long> shuffler,
        torch.Device? device = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true,
        bool disposeDataset = true)
        : base(
            dataset, batchSize, Collate.Lists, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset)
    {
    }

    /// <summary>Batches in the dataset's order or shuffled; the arguments are those of
    /// <see cref="DataLoader{T, S}"/>.</summary>
    public IterableDataLoader(
        torch.utils.data.IterableDataset dataset, int batchSize, bool shuffle = false, torch.Device? device = null,
        int? seed = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true,
        bool disposeDataset = true)
        : base(
            dataset, batchSize, Collate.Lists, shuffle, device, seed, num_worker, drop_last, disposeBatch,
            disposeDataset)
    {
    }
}
