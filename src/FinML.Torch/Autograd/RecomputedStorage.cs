namespace FinML.Torch;

/// <summary>Stands for the elements of a tensor that a checkpoint let go of: holds nothing, and asks the frame for
/// them.</summary>
/// <param name="frame">The checkpoint.</param>
/// <param name="index">Which of its saved tensors.</param>
/// <param name="original">The storage of the tensor as it was saved.</param>
/// <param name="counted">Whether the frame waits for the release.</param>
internal sealed class RecomputedStorage(CheckpointFrame frame, int index, Storage original, bool counted)
    : Storage(original.Type, 0)
{
    private readonly int version = original.Version, length = original.Length;

    internal Tensor Unpack(Tensor tensor, string node)
    {
        if (!tensor.IsInvalid)
        {
            SavedTensor.CheckVersion(node, tensor, tensor.Storage, version);
            return tensor; // an input, an output or a parameter: somebody keeps it anyway
        }

        Storage value = frame.Recomputed(index);
        if (value.Type != Type || value.Length != length)
        {
            throw new InvalidOperationException(
                $"checkpoint: '{node}' saved {Type} of {length} elements in the forward pass, and {value.Type} of "
                + $"{value.Length} when the function ran again; it must do the same work both times.");
        }

        return Tensor.Revive(tensor, value);
    }

    private protected override void ReturnBuffer()
    {
        if (counted)
        {
            frame.Released();
        }
    }
}
