using FinML.Shared;

namespace FinML.Torch;

/// <summary>
/// Writes modules as ONNX files (opset 17, IR version 8), which other runtimes execute. The module is run once on the
/// example, in the mode (train or eval) that it has; parameters become initializers under their names in the state.
/// </summary>
/// <remarks>
/// In-place writes become operators without side effects; a write to a parameter, a buffer or an input, which outlives
/// the call, is refused. Linear algebra is unrolled in float64 for up to 64 rows, eigenvalues and singular values for
/// up to 16; a matrix that eager execution refuses (singular, not positive definite) gives infinities or NaN. The
/// results of unique that have as many elements as differ may only be outputs. digamma, lgamma, polygamma and erfinv,
/// which the opset lacks, and results whose shape a mask decides (masked_select, nonzero) are refused.
/// </remarks>
public static class onnx
{
    /// <summary>Exports a module with one input and one output.</summary>
    /// <param name="model">In evaluation mode, where it has dropout or batch normalisation.</param>
    /// <param name="args">An example input; the file is for its dtype and shape.</param>
    /// <param name="f">Path of the file, which is replaced as a whole or not at all.</param>
    /// <param name="input_names">One name; left out: "input".</param>
    /// <param name="output_names">One name; left out: "output".</param>
    /// <param name="dynamic_batch">Makes the first axis symbolic, so that the file runs at any batch size.</param>
    /// <exception cref="InvalidOperationException">An operation cannot be traced, has no counterpart in the opset, or
    /// ties the graph to the example's batch size where <paramref name="dynamic_batch"/> asks for any; the message
    /// names it and the modules it ran in.</exception>
    public static void export(
        nn.Module<Tensor, Tensor> model, Tensor args, string f, IReadOnlyList<string>? input_names = null,
        IReadOnlyList<string>? output_names = null, bool dynamic_batch = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(args);
        export(
            model, x => [model.call(x[0])], [args], f, input_names ?? ["input"], output_names ?? ["output"],
            dynamic_batch ? [0] : null);
    }

    /// <summary>Exports any use of a module, as <see cref="Inference"/>'s general form does.</summary>
    /// <param name="model">Whose parameters the function uses.</param>
    /// <param name="forward">Inputs to outputs; it runs once, or twice with <paramref name="batch_axes"/>.</param>
    /// <param name="args">An example of each input.</param>
    /// <param name="f">Path of the file, which is replaced as a whole or not at all.</param>
    /// <param name="input_names">One for each input.</param>
    /// <param name="output_names">One for each output.</param>
    /// <param name="batch_axes">The axis of each input that is the batch, -1 for none; left out: the batch size is the
    /// examples'.</param>
    /// <exception cref="InvalidOperationException">An operation cannot be traced, has no counterpart in the opset, or
    /// ties the graph to the examples' batch size where <paramref name="batch_axes"/> asks for any; the message names
    /// it and the modules it ran in.</exception>
    public static void export(
        nn.Module model, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> forward, IReadOnlyList<Tensor> args,
        string f, IReadOnlyList<string> input_names, IReadOnlyList<string> output_names,
        IReadOnlyList<int>? batch_axes = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(args);
        ArgumentException.ThrowIfNullOrEmpty(f);
        if (batch_axes is not null && batch_axes.Count != args.Count)
        {
            throw new ArgumentException(
                $"onnx.export: {args.Count} batch_axes are expected, got {batch_axes.Count}.", nameof(batch_axes));
        }

        using DisposeScope scope = new();
        using IDisposable gradients = torch.no_grad();
        Trace? larger = null;
        if (batch_axes is not null)
        {
            // Two traces show which sizes follow the batch; at a batch of one a view can look like another.
            args = [.. args.Select((arg, i) => OneMore(arg, batch_axes[i]))];
            larger = Tracer.Run(model, forward, [.. args.Select((arg, i) => OneMore(arg, batch_axes[i]))], true);
        }

        Trace trace = Tracer.Run(model, forward, args, composing: true);
        AtomicFile.Write(f, OnnxExporter.Export(model.GetName(), trace, larger, input_names, output_names));
    }

    /// <summary>The example with its first member of the batch once more.</summary>
    private static Tensor OneMore(Tensor example, int axis) =>
        axis < 0 ? example : torch.cat([example, example.narrow(axis, 0, 1)], axis);
}
