namespace FinML.Torch;

/// <summary>Recurrent layers as operators. ONNX wants the gates in another order, the weights with an axis for the
/// direction, and both biases in one tensor: such initializers have their name in the state and the suffix ".onnx".
/// </summary>
internal static class OnnxRecurrent
{
    /// <summary>Where each gate of ONNX's order stands in PyTorch's: i, o, f, c of i, f, g, o; z, r, h of r, z, n.
    /// </summary>
    private static readonly Dictionary<string, int[]> GateOrder = new()
    {
        ["lstm"] = [0, 3, 1, 2],
        ["gru"] = [1, 0, 2],
        ["rnn_tanh"] = [0],
        ["rnn_relu"] = [0],
    };

    internal static void Write(OnnxExporter e, TraceOperation o)
    {
        RecurrentShape shape = (RecurrentShape)o.Attributes!;
        long features = o.Input.Sizes[^1], hidden = o.Inputs[1]!.Sizes[1];
        int[] order = GateOrder[o.Name];
        Tensor Reordered(TraceValue weight)
        {
            Tensor elements = weight.Constant ?? throw new InvalidOperationException(
                $"onnx.export: {o} has weights that depend on the inputs.");
            Tensor[] gates = elements.split(hidden);
            return torch.cat([.. order.Select(gate => gates[gate])]);
        }

        // (rows, features) to (steps, batch, features): the symbolic axis is the batch, or else the steps.
        bool stepsVary = e.Twin.IsBatch(o.Input, 0) && !e.Twin.IsBatch(o.Inputs[1]!, 0);
        long[] sizes = stepsVary ? [-1, shape.Batch, features] : [shape.Steps, -1, features];
        string x = e.Node("Reshape", [e[o.Input], e.Longs(sizes)]);
        string[] weights = [.. o.Inputs[3..5].Select(w => e.Initializer(Name(w!), Reordered(w!).unsqueeze(0)))];
        string bias = "";
        if (o.Inputs[5] is { } inputBias && o.Inputs[6] is { } hiddenBias)
        {
            Tensor both = torch.cat([Reordered(inputBias), Reordered(hiddenBias)]);
            bias = e.Initializer(Name(inputBias), both.unsqueeze(0));
        }

        // A start of zeros is left out, so that the batch may vary.
        TraceValue[] states = [.. o.Inputs[1..3].OfType<TraceValue>()];
        string[] starts = states.All(IsZero)
            ? []
            : [.. states.Select(s => e.Node("Unsqueeze", [e[s], e.Longs(0)]))];
        string[] inputs = [x, .. weights, bias, "", .. starts];
        List<(string, object)> attributes = [("hidden_size", hidden)];
        if (shape.Reverse)
            attributes.Add(("direction", "reverse"));
        if (o.Name == "gru")
            attributes.Add(("linear_before_reset", 1L));
        if (o.Name == "rnn_relu")
            attributes.Add(("activations", (string[])["Relu"]));
        string type = o.Name switch { "lstm" => "LSTM", "gru" => "GRU", _ => "RNN" };
        string[] results = e.Nodes(
            type, inputs[..(Array.FindLastIndex(inputs, i => i.Length > 0) + 1)], new TraceValue?[o.Outputs.Length],
            attributes);

        // (steps, 1, batch, hidden) in the shape that the layer gives; the last states lose the axis of the direction.
        e.Node("Reshape", [results[0], e.Longs([.. e.Twin.Sizes(o.Outputs[0])])], o.Outputs[0]);
        for (int i = 1; i < results.Length; i++)
            e.Node("Squeeze", [results[i], e.Longs(0)], o.Outputs[i]);
    }

    private static string Name(TraceValue weight) => weight.Name is null ? "constant" : $"{weight.Name}.onnx";

    private static bool IsZero(TraceValue value) =>
        value.Constant is { } constant && !constant.ne(0).any().ToBoolean();
}
