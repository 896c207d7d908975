namespace FinML.Torch;

/// <summary>
/// Which sizes of a trace are the batch's: those that change when the same function is traced with one more sequence in
/// the batch. Without a second trace, none.
/// </summary>
internal sealed class TraceTwin
{
    private readonly Dictionary<TraceValue, TraceValue> twins = new(ReferenceEqualityComparer.Instance);

    private readonly long batch;

    internal TraceTwin(Trace trace, Trace? larger)
    {
        if (larger is null)
            return;
        long[] sizes =
        [
            .. trace.Inputs.SelectMany((x, i) => x.Sizes.Where((s, axis) => s != larger.Inputs[i].Sizes[axis]))
                .Distinct(),
        ];
        if (sizes.Length != 1)
            throw new ArgumentException(
                $"onnx.export: the inputs must have one batch size, got {Shapes.Text(sizes)}.");
        batch = sizes[0];
        if (trace.Operations.Length != larger.Operations.Length)
            throw new InvalidOperationException(
                "onnx.export: the operations depend on the batch size; export with a fixed batch.");
        Match(trace.Inputs, larger.Inputs);
        for (int i = 0; i < trace.Operations.Length; i++)
        {
            TraceOperation a = trace.Operations[i], b = larger.Operations[i];
            if (a.Name != b.Name || !SameAttributes(a.Attributes, b.Attributes))
            {
                throw new InvalidOperationException(
                    $"onnx.export: {a} has a number that depends on the batch size; export with a fixed batch.");
            }

            Match(a.Inputs, b.Inputs);
            Match(a.Outputs, b.Outputs);
            if (a.Attributes is WrittenPlace x && b.Attributes is WrittenPlace y)
                Match([x.Place], [y.Place]);
        }

        Match(trace.Outputs, larger.Outputs);
    }

    /// <summary>The value in the larger trace, or itself.</summary>
    internal TraceValue this[TraceValue value] => twins.GetValueOrDefault(value, value);

    /// <summary>True where the size of the axis changes with the batch.</summary>
    internal bool IsBatch(TraceValue value, int axis) => value.Sizes[axis] != this[value].Sizes[axis];

    /// <summary>True where no size is the batch's.</summary>
    internal bool IsFixed(TraceValue value) => Shapes.Equal(value.Sizes, this[value].Sizes);

    /// <summary>Sizes with -1 for the batch's.</summary>
    internal long[] Sizes(TraceValue value) =>
        [.. value.Sizes.Select((size, axis) => IsBatch(value, axis) ? -1 : size)];

    /// <summary>Sizes as a file declares them: "batch" and what is linear in it, such as "4*batch", by their formula.
    /// </summary>
    internal OnnxSize[] Declared(TraceValue value) =>
        [.. value.Sizes.Select((size, axis) => new OnnxSize(size, IsBatch(value, axis) ? Formula(value, axis) : null))];

    private string Formula(TraceValue value, int axis)
    {
        long factor = this[value].Sizes[axis] - value.Sizes[axis], rest = value.Sizes[axis] - (factor * batch);
        string multiple = factor == 1 ? "batch" : $"{factor}*batch";
        return rest == 0 ? multiple : $"{multiple}{(rest < 0 ? "-" : "+")}{Math.Abs(rest)}";
    }

    private void Match(TraceValue?[] values, TraceValue?[] others)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value && others[i] is { } other)
                twins.TryAdd(value, other);
        }
    }

    private static bool SameAttributes(object? a, object? b) => (a, b) switch
    {
        (IScalarKernel x, IScalarKernel y) => x.Number.Double.Equals(y.Number.Double),
        (PaddedPairs x, PaddedPairs y) => x.Pairs.AsSpan().SequenceEqual(y.Pairs),
        (int[] x, int[] y) => x.AsSpan().SequenceEqual(y),
        (int x, int y) => x == y,
        (OrderedAxis x, OrderedAxis y) => x == y,
        (TriangleKind x, TriangleKind y) => x == y,
        (UniqueKind x, UniqueKind y) => x == y,
        (Limits x, Limits y) => x.Min?.Double == y.Min?.Double && x.Max?.Double == y.Max?.Double,
        (ReducedAxes x, ReducedAxes y) => x.Axes.AsSpan().SequenceEqual(y.Axes) && x.KeepDim == y.KeepDim,
        _ => true,
    };
}
