namespace FinML.Torch.Tests.Onnx;

/// <summary>The rules of the ONNX specification (docs/IR.md and docs/Operators.md of ONNX 1.12) that a file must obey.
/// </summary>
internal static class OnnxValidator
{
    private sealed record Schema(
        int MinInputs, int MaxInputs, int MaxOutputs, string Attributes = "", string Required = "");

    // Operator: number of inputs, results, attributes (i: int, f: float, s: string, capitals: lists) in opset 17.
    private static readonly Dictionary<string, Schema> Schemas = new()
    {
        ["ArgMax"] = new(1, 1, 1, "axis:i keepdims:i select_last_index:i"),
        ["ArgMin"] = new(1, 1, 1, "axis:i keepdims:i select_last_index:i"),
        ["Cast"] = new(1, 1, 1, "to:i", "to"),
        ["Clip"] = new(1, 3, 1),
        ["Concat"] = new(1, int.MaxValue, 1, "axis:i", "axis"),
        ["Conv"] = new(2, 3, 1, "auto_pad:s dilations:I group:i kernel_shape:I pads:I strides:I"),
        ["CumSum"] = new(2, 2, 1, "exclusive:i reverse:i"),
        ["Det"] = new(1, 1, 1),
        ["Unique"] = new(1, 1, 4, "axis:i sorted:i"),
        ["Gather"] = new(2, 2, 1, "axis:i"),
        ["GatherElements"] = new(2, 2, 1, "axis:i"),
        ["Gemm"] = new(2, 3, 1, "alpha:f beta:f transA:i transB:i"),
        ["LayerNormalization"] = new(2, 3, 3, "axis:i epsilon:f stash_type:i"),
        ["LogSoftmax"] = new(1, 1, 1, "axis:i"),
        ["LSTM"] = new(3, 8, 3, "hidden_size:i direction:s input_forget:i clip:f layout:i"),
        ["GRU"] = new(3, 6, 2, "hidden_size:i direction:s linear_before_reset:i clip:f layout:i"),
        ["RNN"] = new(3, 6, 2, "hidden_size:i direction:s activations:S clip:f layout:i"),
        ["Mod"] = new(2, 2, 1, "fmod:i"),
        ["Pad"] = new(2, 3, 1, "mode:s"),
        ["ReduceMax"] = new(1, 1, 1, "axes:I keepdims:i"),
        ["ReduceMin"] = new(1, 1, 1, "axes:I keepdims:i"),
        ["ReduceProd"] = new(1, 1, 1, "axes:I keepdims:i"),
        ["ReduceSum"] = new(1, 2, 1, "keepdims:i noop_with_empty_axes:i"),
        ["Reshape"] = new(2, 2, 1, "allowzero:i"),
        ["ScatterElements"] = new(3, 3, 1, "axis:i reduction:s"),
        ["Slice"] = new(3, 5, 1),
        ["Softmax"] = new(1, 1, 1, "axis:i"),
        ["Squeeze"] = new(1, 2, 1),
        ["TopK"] = new(2, 2, 2, "axis:i largest:i sorted:i"),
        ["Transpose"] = new(1, 1, 1, "perm:I"),
        ["Unsqueeze"] = new(2, 2, 1),
        ["Where"] = new(3, 3, 1),
    };

    private static readonly HashSet<string> OneInput =
    [
        "Abs", "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Ceil", "Cos", "Cosh", "Erf", "Exp", "Floor",
        "Identity", "Log", "Not", "Reciprocal", "Relu", "Round", "Sigmoid", "Sign", "Sin", "Sinh", "Softplus", "Sqrt",
        "Tan", "Tanh",
    ];

    private static readonly HashSet<string> TwoInputs =
    [
        "Add", "Sub", "Mul", "Div", "Pow", "Max", "Min", "MatMul", "Expand", "Equal", "Less", "LessOrEqual", "Greater",
        "GreaterOrEqual",
    ];

    internal static void Validate(OnnxFile file)
    {
        Assert.Equal(8, file.IrVersion);
        Assert.Equal([("", 17L)], file.Opsets);
        Assert.NotEmpty(file.GraphName);
        HashSet<string> known = [.. file.Initializers.Keys], nodes = [];
        foreach (OnnxInfo input in file.Inputs)
            Assert.True(known.Add(input.Name), $"input {input.Name} is defined twice");
        foreach (OnnxNode node in file.Nodes)
        {
            Assert.True(nodes.Add(node.Name), $"node {node.Name} is there twice");
            foreach (string input in node.Inputs)
                Assert.True(input.Length == 0 || known.Contains(input), $"{node.Name} reads {input} before it is made");
            foreach (string output in node.Outputs)
                Assert.True(output.Length > 0 && known.Add(output), $"{node.Name} makes {output} again");
            CheckSchema(node);
        }

        HashSet<string> described = [];
        foreach (OnnxInfo output in file.Outputs.Concat(file.Values))
        {
            Assert.Contains(output.Name, known);
            Assert.True(described.Add(output.Name), $"{output.Name} is described twice");
        }

        HashSet<string> used = [.. file.Nodes.SelectMany(n => n.Inputs), .. file.Outputs.Select(o => o.Name)];
        Assert.All(file.Initializers.Keys, name => Assert.Contains(name, used));
    }

    private static void CheckSchema(OnnxNode node)
    {
        Schema? schema = OneInput.Contains(node.Type) ? new Schema(1, 1, 1)
            : TwoInputs.Contains(node.Type) ? new Schema(2, 2, 1)
            : Schemas.GetValueOrDefault(node.Type);
        Assert.True(schema is not null, $"operator {node.Type} is not known");
        Assert.InRange(node.Inputs.Length, schema.MinInputs, schema.MaxInputs);
        Assert.InRange(node.Outputs.Length, 1, schema.MaxOutputs);
        Assert.All(node.Inputs[..schema.MinInputs], Assert.NotEmpty);
        Assert.NotEqual("", node.Inputs[^1]);
        Dictionary<string, string> allowed = schema.Attributes.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(a => a.Split(':')).ToDictionary(a => a[0], a => a[1]);
        foreach ((string name, object value) in node.Attributes)
        {
            Assert.True(allowed.TryGetValue(name, out string? type), $"{node.Type} has no attribute {name}");
            Assert.Equal(type, value switch { long => "i", float => "f", string => "s", string[] => "S", _ => "I" });
        }

        Assert.All(
            schema.Required.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            name => Assert.True(node.Attributes.ContainsKey(name), $"{node.Type} needs {name}"));
    }
}
