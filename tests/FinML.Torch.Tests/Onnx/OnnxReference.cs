namespace FinML.Torch.Tests.Onnx;

/// <summary>Executes a file in double precision, operator by operator, straight from the text of the ONNX specification
/// (docs/Operators.md of ONNX 1.12): plain loops, nothing of the engine.</summary>
internal static class OnnxReference
{
    /// <summary>The outputs for the inputs; declared types and shapes are checked on the way.</summary>
    internal static OnnxValue[] Run(OnnxFile file, IReadOnlyList<OnnxValue> inputs)
    {
        Dictionary<string, OnnxValue> values = new(file.Initializers);
        Dictionary<string, OnnxInfo> infos = file.Outputs.Concat(file.Values).ToDictionary(i => i.Name);
        Dictionary<string, long> symbols = [];
        for (int i = 0; i < inputs.Count; i++)
        {
            Check(file.Inputs[i], inputs[i], symbols);
            values[file.Inputs[i].Name] = inputs[i];
        }

        foreach (OnnxNode node in file.Nodes)
        {
            OnnxValue?[] arguments = Array.ConvertAll(node.Inputs, n => n.Length == 0 ? null : values[n]);
            OnnxValue[] results = OnnxReferenceOperators.Run(node, arguments);
            for (int i = 0; i < node.Outputs.Length; i++)
            {
                values[node.Outputs[i]] = results[i];
                if (infos.TryGetValue(node.Outputs[i], out OnnxInfo? info))
                    Check(info, results[i], symbols);
            }
        }

        return [.. file.Outputs.Select(o => values[o.Name])];
    }

    private static void Check(OnnxInfo info, OnnxValue value, Dictionary<string, long> symbols)
    {
        Assert.True(info.Type == value.Type, $"{info.Name} is declared as {info.Type}, computed as {value.Type}");
        Assert.Equal(info.Shape.Length, value.Rank);
        for (int i = 0; i < value.Rank; i++)
        {
            if (info.Shape[i] is long size)
                Assert.True(size == value.Shape[i], $"{info.Name}: size {value.Shape[i]} of axis {i} should be {size}");
            else
                Assert.Equal(symbols.GetValueOrDefault((string)info.Shape[i], value.Shape[i]), value.Shape[i]);
            if (info.Shape[i] is string symbol)
                symbols[symbol] = value.Shape[i];
        }
    }
}
