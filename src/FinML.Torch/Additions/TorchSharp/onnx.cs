namespace FinML.Torch;

/// <summary>ONNX export has no counterpart under TorchSharp, which can record no graph: both forms say so.</summary>
public static class onnx
{
    /// <exception cref="NotSupportedException">Always.</exception>
    public static void export(
        nn.Module<Tensor, Tensor> model, Tensor args, string f, IReadOnlyList<string>? input_names = null,
        IReadOnlyList<string>? output_names = null, bool dynamic_batch = false) =>
        throw Unavailable();

    /// <exception cref="NotSupportedException">Always.</exception>
    public static void export(
        nn.Module model, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> forward, IReadOnlyList<Tensor> args,
        string f, IReadOnlyList<string> input_names, IReadOnlyList<string> output_names,
        IReadOnlyList<int>? batch_axes = null) =>
        throw Unavailable();

    private static NotSupportedException Unavailable() => new(
        "onnx.export: TorchSharp records no graph of a module. Save the weights as safetensors, load them into the "
        + "same module under the managed engine (the default, without -p:Torch=TorchSharp) and export there.");
}
