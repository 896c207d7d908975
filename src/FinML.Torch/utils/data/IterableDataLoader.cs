namespace FinML.Torch.Modules;

/// <summary>Batches of a dataset whose items are lists: the first tensors stacked, the second ones, and so on. See
/// <see cref="DataLoader{T, S}"/>.</summary>
public class IterableDataLoader : DataLoader<IList<torch.Tensor>, IList<torch.Tensor>>
{
    /// <inheritdoc cref="DataLoader{T, S}(torch.utils.data.Dataset{T}, int, Func{IEnumerable{T}, torch.Device, S}, IEnumerable{long}, torch.Device, int, bool, bool, bool)"/>
    public IterableDataLoader(
        torch.utils.data.IterableDataset dataset, int batchSize, IEnumerable<long> shuffler,
        torch.Device? device = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true,
        bool disposeDataset = true)
        : base(
            dataset, batchSize, Collate.Lists, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset)
    {
    }

    /// <inheritdoc cref="DataLoader{T, S}(torch.utils.data.Dataset{T}, int, Func{IEnumerable{T}, torch.Device, S}, bool, torch.Device, int?, int, bool, bool, bool)"/>
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
