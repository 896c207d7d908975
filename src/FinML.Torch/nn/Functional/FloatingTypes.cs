namespace FinML.Torch;

/// <summary>The operations with kernels of their own take one floating dtype.</summary>
internal static class FloatingTypes
{
    /// <exception cref="ArgumentException">The dtypes differ, or are not floating.</exception>
    internal static void Check(string name, params ReadOnlySpan<torch.Tensor?> tensors)
    {
        torch.ScalarType type = tensors[0]!.dtype;
        foreach (torch.Tensor? tensor in tensors)
        {
            if (tensor is not null && (tensor.dtype != type || !type.IsFloating()))
            {
                throw new ArgumentException(
                    $"{name}: the input is {type}, another tensor {tensor.dtype}; all must be Float32, all Float64 or all "
                    + "BFloat16.");
            }
        }
    }
}
