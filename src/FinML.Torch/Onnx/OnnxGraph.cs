using System.Runtime.InteropServices;

namespace FinML.Torch;

/// <summary>The size of an axis as it is declared: a number, or a symbol where there is one.</summary>
internal readonly record struct OnnxSize(long Size, string? Symbol);

/// <summary>The parts of an ONNX file (field numbers: onnx/onnx.proto of ONNX 1.12, IR version 8) and their bytes.
/// </summary>
internal sealed class OnnxGraph(string name)
{
    internal const int OpsetVersion = 17;
    private const int IrVersion = 8;

    private readonly List<ProtoWriter> nodes = [], initializers = [], inputs = [], outputs = [], values = [];

    /// <param name="type">An operator of opset 17.</param>
    /// <param name="name">Unique among the nodes.</param>
    /// <param name="inputs">Names; empty for an optional one that is left out.</param>
    /// <param name="outputs">Names.</param>
    /// <param name="attributes">Values: long, float, string, string[] or long[].</param>
    internal void AddNode(
        string type, string name, IEnumerable<string> inputs, IEnumerable<string> outputs,
        IEnumerable<(string Name, object Value)> attributes)
    {
        ProtoWriter node = new();
        foreach (string input in inputs)
            node.Text(1, input);
        foreach (string output in outputs)
            node.Text(2, output);
        node.Text(3, name).Text(4, type);
        foreach ((string key, object value) in attributes)
            node.Message(5, Attribute(key, value));
        nodes.Add(node);
    }

    internal void AddInitializer(string name, Tensor tensor)
    {
        ProtoWriter proto = new();
        foreach (long size in tensor.Sizes)
            proto.Int(1, size);
        initializers.Add(proto.Int(2, TypeCode(tensor.dtype)).Text(8, name).Bytes(9, Raw(tensor.contiguous())));
    }

    internal void AddInput(string name, ScalarType type, OnnxSize[] sizes) => inputs.Add(ValueInfo(name, type, sizes));

    internal void AddOutput(string name, ScalarType type, OnnxSize[] sizes) =>
        outputs.Add(ValueInfo(name, type, sizes));

    internal void AddValue(string name, ScalarType type, OnnxSize[] sizes) => values.Add(ValueInfo(name, type, sizes));

    /// <summary>The file.</summary>
    internal byte[] ToArray()
    {
        ProtoWriter graph = new();
        foreach (ProtoWriter node in nodes)
            graph.Message(1, node);
        graph.Text(2, name);
        foreach (ProtoWriter initializer in initializers)
            graph.Message(5, initializer);
        foreach (ProtoWriter input in inputs)
            graph.Message(11, input);
        foreach (ProtoWriter output in outputs)
            graph.Message(12, output);
        foreach (ProtoWriter value in values)
            graph.Message(13, value);
        return new ProtoWriter()
            .Int(1, IrVersion)
            .Text(2, "FinML.Torch")
            .Message(7, graph)
            .Message(8, new ProtoWriter().Text(1, "").Int(2, OpsetVersion))
            .ToArray();
    }

    internal static long TypeCode(ScalarType type) => type switch
    {
        ScalarType.Float32 => 1,
        ScalarType.Int32 => 6,
        ScalarType.Int64 => 7,
        ScalarType.Bool => 9,
        ScalarType.Float64 => 11,
        _ => throw new InvalidOperationException($"onnx.export: dtype {type} is not supported."),
    };

    private static ProtoWriter Attribute(string name, object value)
    {
        ProtoWriter attribute = new ProtoWriter().Text(1, name);
        switch (value)
        {
            case float number:
                return attribute.Float(2, number).Int(20, 1);
            case long number:
                return attribute.Int(3, number).Int(20, 2);
            case string text:
                return attribute.Text(4, text).Int(20, 3);
            case string[] texts:
                foreach (string one in texts)
                    attribute.Text(9, one);
                return attribute.Int(20, 8);
            case long[] numbers:
                foreach (long number in numbers)
                    attribute.Int(8, number);
                return attribute.Int(20, 7);
            default:
                throw new ArgumentException($"onnx.export: no attribute holds a {value.GetType().Name}.");
        }
    }

    private static ProtoWriter ValueInfo(string name, ScalarType type, OnnxSize[] sizes)
    {
        ProtoWriter shape = new();
        foreach (OnnxSize size in sizes)
        {
            shape.Message(
                1, size.Symbol is null ? new ProtoWriter().Int(1, size.Size) : new ProtoWriter().Text(2, size.Symbol));
        }

        ProtoWriter tensor = new ProtoWriter().Int(1, TypeCode(type)).Message(2, shape);
        return new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor));
    }

    private static ReadOnlySpan<byte> Raw(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => MemoryMarshal.AsBytes(tensor.Span<float>()),
        ScalarType.Float64 => MemoryMarshal.AsBytes(tensor.Span<double>()),
        ScalarType.Int64 => MemoryMarshal.AsBytes(tensor.Span<long>()),
        ScalarType.Int32 => MemoryMarshal.AsBytes(tensor.Span<int>()),
        _ => MemoryMarshal.AsBytes(tensor.Span<bool>()),
    };
}
