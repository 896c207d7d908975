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
