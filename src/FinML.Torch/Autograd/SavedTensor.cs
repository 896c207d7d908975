namespace FinML.Torch;

/// <summary>A tensor kept for the backward pass: it survives Dispose, and knows whether it was overwritten.</summary>
internal readonly struct SavedTensor
{
    private readonly Tensor tensor;
    private readonly Storage storage;
    private readonly int version;

    internal SavedTensor(Tensor tensor)
    {
        this.tensor = tensor;
        storage = tensor.Storage;
        version = storage.Version;
        storage.AddReference();
    }

    internal Tensor Unpack(string node)
    {
        if (storage.Version != version)
        {
            throw new InvalidOperationException(
                $"a tensor of shape {Shapes.Text(tensor.Sizes)} that '{node}' saved for its backward pass was "
                + $"modified by an in-place operation ({storage.LastWriter}): it is at "
                + $"version {storage.Version}, expected {version}. "
                + "Use the operation's out-of-place form, or clone() the tensor first.");
        }

        return tensor.IsInvalid ? Tensor.Revive(tensor, storage) : tensor;
    }

    internal void Release() => storage.Release();
}
