namespace FinML.Agents;

/// <summary>Numbers into tensors and out of them.</summary>
internal static class Floats
{
    internal static Tensor ToTensor(ReadOnlySpan<float> values, params long[] shape) =>
        tensor(values.ToArray(), shape, device: Devices.Default);

    internal static void Copy(Tensor source, Span<float> target)
    {
        float[] values = source.cpu().contiguous().data<float>().ToArray();
        Require.SameLength(values.Length, target.Length, nameof(source), nameof(target));
        values.CopyTo(target);
    }
}
