namespace FinML.Torch;

/// <summary>
/// How a data loader makes a batch of items: tensors of equal shape are stacked along a new dimension 0.
/// </summary>
/// <example><code>
/// Subset&lt;IList&lt;Tensor>>[] parts = Datasets.random_split(dataset, [0.8, 0.2], generator);
/// using var loader = new DataLoader&lt;IList&lt;Tensor>, IList&lt;Tensor>>(
///     parts[0], 32, Collate.Lists, shuffle: true);
/// </code></example>
public static class Collate
{
    /// <summary>One tensor an item.</summary>
    public static torch.Tensor Tensors(IEnumerable<torch.Tensor> items, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        return Stack(items, device).MoveToOuterDisposeScope();
    }

    /// <summary>A list an item: the first tensors stacked, the second ones, and so on.</summary>
    public static IList<torch.Tensor> Lists(IEnumerable<IList<torch.Tensor>> items, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        IList<torch.Tensor>[] rows = items.ToArray();
        for (int i = 1; i < rows.Length; i++)
        {
            if (rows[i].Count != rows[0].Count)
                throw new ArgumentException($"item 0 has {rows[0].Count} tensors, item {i} has {rows[i].Count}.");
        }

        return Enumerable.Range(0, rows[0].Count)
            .Select(k => Stack(rows.Select(row => row[k]), device).MoveToOuterDisposeScope()).ToList();
    }

    /// <summary>Named tensors an item: those of each name stacked.</summary>
    public static Dictionary<string, torch.Tensor> Dictionaries(
        IEnumerable<Dictionary<string, torch.Tensor>> items, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        Dictionary<string, torch.Tensor>[] rows = items.ToArray();
        for (int i = 1; i < rows.Length; i++)
        {
            if (!rows[i].Keys.ToHashSet().SetEquals(rows[0].Keys))
            {
                throw new ArgumentException(
                    $"item 0 has the tensors {string.Join(", ", rows[0].Keys)}, item {i} has "
                    + $"{string.Join(", ", rows[i].Keys)}.");
            }
        }

        return rows[0].Keys.ToDictionary(
            key => key, key => Stack(rows.Select(row => row[key]), device).MoveToOuterDisposeScope());
    }

    private static torch.Tensor Stack(IEnumerable<torch.Tensor> tensors, torch.Device device)
    {
        torch.Tensor stacked = torch.stack(tensors);
        return stacked.device.type == device.type && stacked.device.index == device.index
            ? stacked
            : stacked.to(device);
    }
}
