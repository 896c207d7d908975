namespace FinML.Torch;

/// <summary>What the samplers share.</summary>
internal static class Samples
{
    internal static int CheckedCount(string sampler, long count) => count is >= 0 and <= int.MaxValue
        ? (int)count
        : throw new ArgumentOutOfRangeException(
            nameof(count), count, $"{sampler}: the count must be in [0, {int.MaxValue}], got {count}.");

    /// <summary>0 .. count - 1 in an order drawn from the generator, each order equally likely.</summary>
    internal static long[] Permutation(int count, torch.Generator? generator)
    {
        using torch.Tensor order = torch.randperm(count, dtype: torch.ScalarType.Int64, generator: generator);
        return order.data<long>().ToArray();
    }
}
