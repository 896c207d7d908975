using System.Globalization;

namespace FinML.Torch;

/// <summary>Writes a trace as an ONNX graph, operation by operation.</summary>
internal sealed class OnnxExporter
{
    private readonly OnnxGraph graph;
    private readonly Dictionary<TraceValue, string> names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TraceValue, string> wanted = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TraceOperation, string> symbols = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> taken = [];

    private OnnxExporter(string name, TraceTwin twin)
    {
        graph = new OnnxGraph(name);
        Twin = twin;
    }

    internal TraceTwin Twin { get; }

    /// <param name="name">The graph's name.</param>
    /// <param name="trace">What to write.</param>
    /// <param name="larger">The same with one more in the batch, for a symbolic batch; null for a fixed one.</param>
    /// <param name="inputNames">One for each input.</param>
    /// <param name="outputNames">One for each output.</param>
    internal static byte[] Export(
        string name, Trace trace, Trace? larger, IReadOnlyList<string> inputNames, IReadOnlyList<string> outputNames)
    {
        Check("input_names", inputNames, trace.Inputs.Length);
        Check("output_names", outputNames, trace.Outputs.Length);
        OnnxExporter exporter = new(name, new TraceTwin(trace, larger));
        exporter.Run(trace, inputNames, outputNames);
        return exporter.graph.ToArray();
    }

    /// <summary>The name of a value; a constant becomes an initializer when it is first used.</summary>
    internal string this[TraceValue value]
    {
        get
        {
            if (names.TryGetValue(value, out string? name))
                return name;
            if (value.Constant is not { } constant)
                throw new InvalidOperationException("onnx.export: a value is used before it is computed.");
            if (Twin[value].Constant is { } other && !ReferenceEquals(constant, other)
                && !(Shapes.Equal(constant.Sizes, other.Sizes) && (value.Name is not null || Same(constant, other))))
            {
                throw new InvalidOperationException(
                    $"onnx.export: a constant of shape {Shapes.Text(value.Sizes)} depends on the batch size; export "
                    + "with a fixed batch.");
            }

            return names[value] = Initializer(value.Name ?? "constant", constant);
        }
    }

    /// <summary>A node with one result, named after its operator or as the value asks.</summary>
    internal string Node(
        string type, IEnumerable<string> inputs, TraceValue? result = null,
        params IEnumerable<(string, object)> attributes)
    {
        string output = result is null ? Unique(Snake(type)) : Name(result, type);
        graph.AddNode(type, Unique($"node_{output}"), inputs, [output], attributes);
        return output;
    }

    /// <summary>A node with several results under new names, or as the values ask.</summary>
    internal string[] Nodes(
        string type, IEnumerable<string> inputs, TraceValue?[] results, params IEnumerable<(string, object)> attributes)
    {
        string[] outputs = Array.ConvertAll(results, r => r is null ? Unique(Snake(type)) : Name(r, type));
        graph.AddNode(type, Unique($"node_{outputs[0]}"), inputs, outputs, attributes);
        return outputs;
    }

    internal string Initializer(string name, Tensor tensor)
    {
        string unique = Unique(name);
        graph.AddInitializer(unique, tensor);
        return unique;
    }

    internal string Longs(params long[] values) => Initializer("longs", torch.tensor(values));

    internal string Long(long value) => Initializer("long", torch.tensor(value));

    /// <summary>A number as a tensor without axes.</summary>
    internal string Number(Scalar value, ScalarType type) => Initializer("number", torch.full([], value, type));

    private void Run(Trace trace, IReadOnlyList<string> inputNames, IReadOnlyList<string> outputNames)
    {
        for (int i = 0; i < trace.Inputs.Length; i++)
        {
            names[trace.Inputs[i]] = Unique(inputNames[i]);
            graph.AddInput(inputNames[i], trace.Inputs[i].Type, Twin.Declared(trace.Inputs[i]));
        }

        // A result that is an output is made under the output's name; one that is a constant, an input or an output
        // twice is copied at the end.
        var copied = new bool[trace.Outputs.Length];
        for (int i = 0; i < copied.Length; i++)
        {
            copied[i] = trace.Outputs[i].Producer is null || !wanted.TryAdd(trace.Outputs[i], outputNames[i]);
            if (!taken.Add(outputNames[i]))
                throw new ArgumentException($"onnx.export: the name '{outputNames[i]}' is given twice.");
        }

        foreach (TraceOperation operation in trace.Operations)
        {
            CheckSizes(operation);
            OnnxOperators.Write(this, operation);
            foreach (TraceValue output in operation.Outputs)
            {
                if (names.TryGetValue(output, out string? name) && !wanted.ContainsKey(output))
                    graph.AddValue(name, output.Type, Declared(output));
            }
        }

        for (int i = 0; i < copied.Length; i++)
        {
            TraceValue value = trace.Outputs[i];
            if (copied[i])
                graph.AddNode("Identity", Unique($"node_{outputNames[i]}"), [this[value]], [outputNames[i]], []);
            graph.AddOutput(outputNames[i], value.Type, Declared(value));
        }
    }

    /// <summary>Sizes as the file declares them; how many elements differ has a symbol of its own.</summary>
    private OnnxSize[] Declared(TraceValue value)
    {
        OnnxSize[] sizes = Twin.Declared(value);
        if (IsCounted(value))
        {
            TraceOperation unique = value.Producer!;
            int axis = ReferenceEquals(value, unique.Output) ? ((UniqueKind)unique.Attributes!).Axis ?? 0 : 0;
            if (!symbols.TryGetValue(unique, out string? symbol))
                symbols[unique] = symbol = symbols.Count == 0 ? "distinct" : $"distinct_{symbols.Count}";
            sizes[axis] = new OnnxSize(value.Sizes[axis], symbol);
        }

        return sizes;
    }

    /// <summary>True where the input decides how many elements there are.</summary>
    private static bool IsCounted(TraceValue? value) =>
        value?.Producer is { Attributes: UniqueKind } unique && !ReferenceEquals(value, unique.Outputs[1]);

    /// <summary>Other operations are written for the sizes of the example.</summary>
    private static void CheckSizes(TraceOperation operation)
    {
        if (operation.Inputs.Any(IsCounted))
        {
            throw new InvalidOperationException(
                $"onnx.export: {operation} reads a result of 'unique' that has as many elements as differ, which a "
                + "file cannot say; return it as an output, or go on with the inverse indices.");
        }
    }

    private string Name(TraceValue result, string type) =>
        names[result] = wanted.TryGetValue(result, out string? given) ? given : Unique(Snake(type));

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 1; !taken.Add(unique); i++)
            unique = $"{name}_{i.ToString(CultureInfo.InvariantCulture)}";
        return unique;
    }

    private static bool Same(Tensor a, Tensor b) =>
        a.dtype.IsFloating() ? a.allclose(b, 0, 0, equal_nan: true) : a.equal(b);

    private static string Snake(string type) => type.ToLowerInvariant();

    private static void Check(string parameter, IReadOnlyList<string> names, int count)
    {
        if (names.Count != count || names.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException(
                $"onnx.export: {parameter} must hold {count} names, got {names.Count}: {string.Join(", ", names)}.");
        }
    }
}
