namespace FinML.Torch;

/// <summary>Operators along an axis. A tensor without axes, which they do not take, is given one of size one.</summary>
internal static class OnnxAlong
{
    internal static void Write(OnnxExporter e, TraceOperation o) => Around(e, o, [e[o.Input]], (inputs, result) =>
    {
        long axis = (int)o.Attributes!;
        return o.Name switch
        {
            "cumsum" => e.Node("CumSum", [inputs[0], e.Long(axis)], result),
            "softmax" => e.Node("Softmax", inputs, result, ("axis", axis)),
            _ => e.Node("LogSoftmax", inputs, result, ("axis", axis)),
        };
    });

    internal static void Gather(OnnxExporter e, TraceOperation o) => Around(
        e, o, [e[o.Input], e[o.Inputs[1]!]],
        (inputs, result) => e.Node("GatherElements", inputs, result, ("axis", (long)(int)o.Attributes!)));

    /// <summary>Of several elements at one place the last one wins here; the specification leaves it open.</summary>
    internal static void Scatter(OnnxExporter e, TraceOperation o)
    {
        (string, object)[] attributes = o.Name == "scatter_add"
            ? [("axis", (long)(int)o.Attributes!), ("reduction", "add")]
            : [("axis", (long)(int)o.Attributes!)];
        Around(
            e, o, [e[o.Input], e[o.Inputs[1]!], e[o.Inputs[2]!]],
            (inputs, result) => e.Node("ScatterElements", inputs, result, attributes));
    }

    /// <summary>Equal elements keep their order, in TopK as here; NaN has no place that it says.</summary>
    internal static void Order(OnnxExporter e, TraceOperation o)
    {
        OrderedAxis ordered = (OrderedAxis)o.Attributes!;
        e.Nodes(
            "TopK", [e[o.Input], e.Longs(ordered.Count)], [null, o.Output], ("axis", (long)ordered.Axis),
            ("largest", ordered.Descending ? 1L : 0L), ("sorted", 1L));
    }

    /// <summary>Where NaN goes the specification does not say.</summary>
    internal static void Unique(OnnxExporter e, TraceOperation o)
    {
        (string, object)[] attributes = ((UniqueKind)o.Attributes!).Axis is { } axis
            ? [("axis", (long)axis), ("sorted", 1L)]
            : [("sorted", 1L)];
        string[] results = e.Nodes("Unique", [e[o.Input]], [o.Output, null, null, o.Outputs[2]], attributes);
        e.Node("Reshape", [results[2], e.Longs(e.Twin.Sizes(o.Outputs[1]))], o.Outputs[1]);
    }

    private static void Around(
        OnnxExporter e, TraceOperation o, string[] inputs, Func<string[], TraceValue?, string> write)
    {
        if (o.Output.Sizes.Length > 0)
        {
            write(inputs, o.Output);
            return;
        }

        string[] vectors = Array.ConvertAll(inputs, input => e.Node("Reshape", [input, e.Longs(1)]));
        e.Node("Reshape", [write(vectors, null), e.Longs()], o.Output);
    }
}
