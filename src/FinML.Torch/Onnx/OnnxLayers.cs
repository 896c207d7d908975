using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>Layers as operators; weights that ONNX wants in another order are initializers with the suffix ".onnx" to
/// their name in the state.</summary>
internal static class OnnxLayers
{
    internal static void Linear(OnnxExporter e, TraceOperation o)
    {
        TraceValue x = o.Input, weight = o.Inputs[1]!;
        TraceValue? bias = o.Inputs[2];
        if (x.Sizes.Length == 2)
        {
            string[] third = bias is null ? [] : [e[bias]];
            e.Node("Gemm", [e[x], e[weight], .. third], o.Output, ("transB", 1L));
            return;
        }

        string transposed = e.Node("Transpose", [e[weight]], null, ("perm", (long[])[1, 0]));
        if (bias is null)
            e.Node("MatMul", [e[x], transposed], o.Output);
        else
            e.Node("Add", [e.Node("MatMul", [e[x], transposed]), e[bias]], o.Output);
    }

    internal static void Conv1d(OnnxExporter e, TraceOperation o)
    {
        Conv1dKernel shape = (Conv1dKernel)o.Attributes!;
        e.Node(
            "Conv", o.Inputs.OfType<TraceValue>().Select(v => e[v]), o.Output, ("kernel_shape", (long[])[shape.Taps]),
            ("strides", (long[])[shape.Stride]), ("pads", (long[])[shape.Padding, shape.Padding]),
            ("dilations", (long[])[shape.Dilation]), ("group", (long)shape.Groups));
    }

    internal static void LayerNorm(OnnxExporter e, TraceOperation o)
    {
        LayerNormShape shape = (LayerNormShape)o.Attributes!;
        string scale = o.Inputs[1] is { } weight
            ? e[weight]
            : e.Initializer("ones", torch.ones(o.Input.Sizes[^shape.Axes..], o.Input.Type));
        string[] third = o.Inputs[2] is { } bias ? [e[bias]] : [];
        e.Node(
            "LayerNormalization", [e[o.Input], scale, .. third], o.Output, ("axis", (long)-shape.Axes),
            ("epsilon", (float)shape.Epsilon));
    }

    /// <summary>Gates i, f, g, o become ONNX's i, o, f, c; a start of zeros is left out, so that the batch may vary.
    /// </summary>
    internal static void Lstm(OnnxExporter e, TraceOperation o)
    {
        long hidden = o.Inputs[1]!.Sizes[1];
        string Reordered(TraceValue weight) =>
            e.Initializer(WeightName(weight), Gates(Constant(o, weight), hidden).unsqueeze(0));
        string start = "", cell = "", bias = "";
        if (o.Inputs[5] is { } inputBias && o.Inputs[6] is { } hiddenBias)
        {
            Tensor both = torch.cat([Gates(Constant(o, inputBias), hidden), Gates(Constant(o, hiddenBias), hidden)]);
            bias = e.Initializer(WeightName(inputBias), both.unsqueeze(0));
        }

        if (!IsZero(o.Inputs[1]!) || !IsZero(o.Inputs[2]!))
        {
            start = e.Node("Unsqueeze", [e[o.Inputs[1]!], e.Longs(0)]);
            cell = e.Node("Unsqueeze", [e[o.Inputs[2]!], e.Longs(0)]);
        }

        string[] inputs = [e[o.Input], Reordered(o.Inputs[3]!), Reordered(o.Inputs[4]!), bias, "", start, cell];
        int count = Array.FindLastIndex(inputs, i => i.Length > 0) + 1;
        string[] results = e.Nodes("LSTM", inputs[..count], 3, ("hidden_size", hidden));
        e.Node("Squeeze", [results[0], e.Longs(1)], o.Outputs[0]);
        e.Node("Squeeze", [results[1], e.Longs(0)], o.Outputs[1]);
        e.Node("Squeeze", [results[2], e.Longs(0)], o.Outputs[2]);
    }

    private static string WeightName(TraceValue weight) => weight.Name is null ? "constant" : $"{weight.Name}.onnx";

    private static Tensor Gates(Tensor weight, long hidden)
    {
        Tensor[] parts = weight.split(hidden);
        return torch.cat([parts[0], parts[3], parts[1], parts[2]]);
    }

    private static Tensor Constant(TraceOperation o, TraceValue weight) => weight.Constant
        ?? throw new InvalidOperationException($"onnx.export: {o} has weights that depend on the inputs.");

    private static bool IsZero(TraceValue value) =>
        value.Constant is { } constant && !constant.ne(0).any().ToBoolean();
}
