namespace FinML.Torch;

/// <summary>What an optimiser remembers (moments, step counts, learning rates), as bytes for a checkpoint.</summary>
public static class OptimizerStates
{
    /// <summary>The state; <see cref="Load"/> into an optimiser over the same parameters continues from it.</summary>
    /// <exception cref="ArgumentException">The optimiser is one that TorchSharp cannot save.</exception>
    public static byte[] Save(torch.optim.Optimizer optimizer)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        Saved(optimizer).save_state_dict(writer);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Puts a saved state back.</summary>
    /// <exception cref="ArgumentException">The state is of another kind of optimiser or over other parameters.
    /// </exception>
    public static void Load(torch.optim.Optimizer optimizer, ReadOnlySpan<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        Saved(optimizer).load_state_dict(reader);
    }

    private static OptimizerHelper Saved(torch.optim.Optimizer optimizer) =>
        optimizer as OptimizerHelper ?? throw new ArgumentException(
            $"{optimizer.GetType().Name} keeps its state in native code and cannot be saved.", nameof(optimizer));
}
