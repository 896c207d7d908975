namespace FinML.Torch;

/// <summary>
/// Trades time for memory: what happens inside a checkpoint is not kept for the backward pass but computed again there
/// (T. Chen et al., "Training deep nets with sublinear memory cost", 2016). Values and gradients are those of the plain
/// call, random draws included. The function must do the same work both times, and must not write its inputs in place.
/// </summary>
public static partial class Checkpointing
{
    /// <summary><paramref name="function"/> of <paramref name="input"/>, keeping only the input.</summary>
    /// <param name="function">Any function; tensors that it needs beside the input must live until the backward pass.
    /// </param>
    /// <param name="input">Any tensor.</param>
    public static torch.Tensor checkpoint(Func<torch.Tensor, torch.Tensor> function, torch.Tensor input)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Run(inputs => [function(inputs[0])], [input])[0];
    }

    /// <summary>As the form of one tensor, with several inputs and outputs.</summary>
    public static torch.Tensor[] checkpoint(
        Func<torch.Tensor[], torch.Tensor[]> function, params torch.Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Run(function, inputs);
    }

    /// <summary>Layers one after the other in <paramref name="segments"/> checkpoints of nearly equal length: some
    /// sqrt(layers) segments keep the least.</summary>
    /// <param name="layers">At least one.</param>
    /// <param name="segments">From 1 to the number of layers.</param>
    /// <param name="input">What the first layer takes.</param>
    public static torch.Tensor checkpoint_sequential(
        IEnumerable<torch.nn.Module<torch.Tensor, torch.Tensor>> layers, int segments, torch.Tensor input)
    {
        torch.nn.Module<torch.Tensor, torch.Tensor>[] all = [.. layers];
        if (segments < 1 || segments > all.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(segments), segments,
                $"checkpoint_sequential: segments must be in [1, {all.Length}], got {segments}.");
        }

        for (int i = 0; i < segments; i++)
        {
            ArraySegment<torch.nn.Module<torch.Tensor, torch.Tensor>> part =
                new ArraySegment<torch.nn.Module<torch.Tensor, torch.Tensor>>(all)[
                    (i * all.Length / segments)..((i + 1) * all.Length / segments)];
            input = checkpoint(x => part.Aggregate(x, (value, layer) => layer.call(value)), input);
        }

        return input;
    }
}
