namespace FinML.Torch;

/// <summary>Looks into the graph from outside. TorchSharp has no entry to libtorch's hooks: this engine only.</summary>
public static class TensorHooks
{
    /// <summary>Name of the operation that made the tensor; null for a leaf and outside the graph.</summary>
    public static string? grad_fn(this torch.Tensor tensor) => tensor.grad_fn;

    /// <summary>
    /// Calls <paramref name="hook"/> with the tensor's whole gradient in each backward pass. What it gives takes the
    /// gradient's place, null leaves it. Hooks run in the order of their registration, before the gradient is
    /// accumulated or retained.
    /// </summary>
    /// <returns>Disposing it removes the hook.</returns>
    /// <exception cref="InvalidOperationException">The tensor does not require grad; or, in the backward pass, the
    /// hook's result has another shape or dtype than the gradient.</exception>
    public static IDisposable register_hook(this torch.Tensor tensor, Func<torch.Tensor, torch.Tensor?> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        AutogradMeta meta = tensor.Meta ?? throw new InvalidOperationException(
            "register_hook: the tensor does not require grad.");
        Func<torch.Tensor, torch.Tensor?> guarded = gradient => Checked(gradient, hook(gradient));
        (meta.Hooks ??= []).Add(guarded);
        return new Handle(meta, guarded);
    }

    private static torch.Tensor? Checked(torch.Tensor gradient, torch.Tensor? result) =>
        result is null || (result.dtype == gradient.dtype && Shapes.Equal(result.Sizes, gradient.Sizes))
            ? result
            : throw new InvalidOperationException(
                $"register_hook: the hook made {result.dtype}{Shapes.Text(result.Sizes)} of a gradient that is "
                + $"{gradient.dtype}{Shapes.Text(gradient.Sizes)}.");

    private sealed class Handle(AutogradMeta meta, Func<torch.Tensor, torch.Tensor?> hook) : IDisposable
    {
        public void Dispose() => meta.Hooks?.Remove(hook);
    }
}
