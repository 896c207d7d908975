namespace FinML.Torch.Modules;

/// <summary>Batches of a dataset of named tensors: each name's tensors, stacked. See
/// <see cref="DataLoader{T, S}"/>.</summary>
public class DataLoader : DataLoader<Dictionary<string, torch.Tensor>, Dictionary<string, torch.Tensor>>
{
    /// <summary>Batches in a given order; the arguments are <see cref="DataLoader{T, S}"/>'s.</summary>
    public DataLoader(
        torch.utils.data.Dataset dataset, int batchSize, IEnumerable<long> shuffler, torch.Device? device = null,
        int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
        : base(
            dataset, batchSize, Collate.Dictionaries, shuffler, device, num_worker, drop_last, disposeBatch,
            disposeDataset)
    {
    }

    /// <summary>Batches in the dataset's order or shuffled; the arguments are those of
    /// <see cref="DataLoader{T, S}"/>.</summary>
    public DataLoader(
        torch.utils.data.Dataset dataset, int batchSize, bool shuffle = false, torch.Device? device = null,
        int? seed = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true,
        bool disposeDataset = true)
        : base(
            dataset, batchSize, Collate.Dictionaries, shuffle, device, seed, num_worker, drop_last, disposeBatch,
            disposeDataset)
    {
    }
}
