namespace FinML.Torch;

/// <summary>What an optimiser remembers (moments, step counts, learning rates), as bytes for a checkpoint.</summary>
public static class OptimizerStates
{
    /// <summary>The state; <see cref="Load"/> into an optimiser over the same parameters continues to the same bits.
    /// </summary>
    public static byte[] Save(torch.optim.Optimizer optimizer) => safetensors.save(optimizer.state_dict());

    /// <summary>Puts a saved state back.</summary>
    /// <exception cref="InvalidDataException">The bytes are truncated or corrupt.</exception>
    /// <exception cref="ArgumentException">The state is of an optimiser over other parameters.</exception>
    public static void Load(torch.optim.Optimizer optimizer, ReadOnlySpan<byte> state) =>
        optimizer.load_state_dict(safetensors.load(state));
}
