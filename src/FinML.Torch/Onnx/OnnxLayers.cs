using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>Feed-forward layers as operators.</summary>
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

    internal static void Convolution(OnnxExporter e, TraceOperation o)
    {
        ConvolutionShape shape = ((TracedConvolution)o.Attributes!).Shape;
        e.Node(
            "Conv", o.Inputs.OfType<TraceValue>().Select(v => e[v]), o.Output,
            ("kernel_shape", o.Inputs[1]!.Sizes[2..]), ("strides", shape.Stride),
            ("pads", (long[])[.. shape.Before, .. shape.After]), ("dilations", shape.Dilation),
            ("group", shape.Groups));
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
}
