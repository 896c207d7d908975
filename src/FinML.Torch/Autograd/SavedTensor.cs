namespace FinML.Torch;

/// <summary>A tensor kept for the backward pass: it survives Dispose, and knows whether it was overwritten.</summary>
internal readonly struct SavedTensor
{
    // Checkpoints and functional calls that are under way in all threads: while there are none, saving a tensor pays
    // one read for both.
    private static int redirections;

    private readonly Tensor tensor;
    private readonly Storage storage;
    private readonly int version;

    internal SavedTensor(Tensor tensor)
    {
        if (redirections != 0)
        {
            tensor = Substitution.Resolve(tensor);
            if (CheckpointFrame.Current is { } frame)
            {
                this.tensor = tensor;
                storage = frame.Pack(tensor);
                return;
            }
        }

        this.tensor = tensor;
        storage = tensor.Storage;
        version = storage.Version;
        storage.AddReference();
    }

    private SavedTensor(Tensor tensor, Storage storage) =>
        (this.tensor, this.storage, version) = (tensor, storage, storage.Version);

    /// <summary>For the moment: no reference is counted, and none must be released.</summary>
    internal static SavedTensor Borrowed(Tensor tensor) => new(tensor, tensor.Storage);

    /// <summary>What is kept, for those who count the graph's memory.</summary>
    internal Storage Storage => storage;

    internal bool IsLeaf => tensor.is_leaf;

    /// <summary>True where a tensor that is saved, or a draw, may belong to a checkpoint or a functional call.
    /// </summary>
    internal static bool Redirected => redirections != 0;

    internal static void StartRedirection() => Interlocked.Increment(ref redirections);

    internal static void EndRedirection() => Interlocked.Decrement(ref redirections);

    internal Tensor Unpack(string node)
    {
        if (storage is RecomputedStorage recomputed)
        {
            return recomputed.Unpack(tensor, node);
        }

        CheckVersion(node, tensor, storage, version);
        return tensor.IsInvalid ? Tensor.Revive(tensor, storage) : tensor;
    }

    internal void Release() => storage.Release();

    /// <exception cref="InvalidOperationException">The storage was written since it had version
    /// <paramref name="expected"/>.</exception>
    internal static void CheckVersion(string node, Tensor tensor, Storage storage, int expected)
    {
        if (storage.Version != expected)
        {
            throw new InvalidOperationException(
                $"a tensor of shape {Shapes.Text(tensor.Sizes)} that '{node}' saved for its backward pass was "
                + $"modified by an in-place operation ({storage.LastWriter}): it is at "
                + $"version {storage.Version}, expected {expected}. "
                + "Use the operation's out-of-place form, or clone() the tensor first.");
        }
    }
}
