namespace FinML.Torch;

/// <summary>
/// Where the values of a trace lie: float32 results share one arena, each from the step that makes it to the last step
/// that reads it or a view of it; an elementwise step, or a write to a part, writes over an operand that ends there.
/// Values of other dtypes have buffers of their own. Constants are copied, so that later training does not change a
/// plan.
/// </summary>
internal sealed class PlanLayout
{
    private const int Granularity = 16; // floats

    private readonly Dictionary<TraceValue, int> lastUse = new(ReferenceEqualityComparer.Instance);
    private readonly List<(int Start, int Length)> free = [];

    internal PlanLayout(Trace trace, int scratchLength)
    {
        FindLastUses(trace);
        foreach (TraceValue input in trace.Inputs)
            Place(input);
        for (int i = 0; i < trace.Operations.Length; i++)
        {
            TraceOperation operation = trace.Operations[i];
            TraceValue? overwritten = Overwritable(operation, i);
            foreach (TraceValue output in operation.Outputs)
            {
                if (output.ViewOf is not null)
                    continue;
                if (overwritten is not null)
                    Offsets[output] = Offsets[overwritten];
                else
                    Place(output);
            }

            foreach (TraceValue root in operation.Inputs.Concat(operation.Outputs)
                .Where(v => v is { Constant: null }).Select(v => v!.Root).Distinct())
            {
                if (lastUse.GetValueOrDefault(root, i) == i && !ReferenceEquals(root, overwritten))
                    Release(root);
            }
        }

        IEnumerable<TraceValue?> used = trace.Operations.SelectMany(o => o.Inputs).Concat(trace.Outputs);
        foreach (TraceValue value in used.OfType<TraceValue>())
        {
            if (value.Constant is { } constant && !Constants.ContainsKey(value))
            {
                Tensor copy = PlanMemory.Own(value.Sizes, value.Type);
                Copying.Copy(constant, copy);
                Constants[value] = copy;
            }
        }

        ScratchStart = ArenaLength;
        ScratchLength = scratchLength;
        ArenaLength += scratchLength;
    }

    /// <summary>First float of each value that owns a place in the arena.</summary>
    internal Dictionary<TraceValue, int> Offsets { get; } = new(ReferenceEqualityComparer.Instance);

    internal Dictionary<TraceValue, Tensor> Constants { get; } = new(ReferenceEqualityComparer.Instance);

    internal int ArenaLength { get; private set; }

    internal int ScratchStart { get; }

    internal int ScratchLength { get; }

    private void FindLastUses(Trace trace)
    {
        for (int i = 0; i < trace.Operations.Length; i++)
        {
            foreach (TraceValue? input in trace.Operations[i].Inputs)
            {
                if (input is { Constant: null })
                    lastUse[input.Root] = i;
            }
        }

        foreach (TraceValue output in trace.Outputs)
            lastUse[output.Root] = int.MaxValue;
    }

    /// <summary>The operand whose place the result of an elementwise operation or a write takes, or null.</summary>
    private TraceValue? Overwritable(TraceOperation operation, int step)
    {
        bool write = operation.Attributes is WrittenPlace;
        if (!(write || operation.Attributes is ElementwiseKernel) || operation.Output.Type != ScalarType.Float32)
            return null;
        foreach (TraceValue? input in write ? operation.Inputs[..1] : operation.Inputs)
        {
            if (input is { Constant: null, ViewOf: null } && Offsets.ContainsKey(input)
                && input.Count == operation.Output.Count && lastUse[input] == step
                && Shapes.AreContiguous(input.Sizes, input.Strides)
                && operation.Inputs.All(o => ReferenceEquals(o, input) || !ReferenceEquals(o?.Root, input)))
            {
                return input;
            }
        }

        return null;
    }

    private void Place(TraceValue value)
    {
        if (value.Type != ScalarType.Float32)
            return;
        int length = Rounded(value);
        int best = -1;
        for (int i = 0; i < free.Count; i++)
        {
            if (free[i].Length >= length && (best < 0 || free[i].Length < free[best].Length))
                best = i;
        }

        if (best < 0)
        {
            Offsets[value] = ArenaLength;
            ArenaLength += length;
            return;
        }

        (int start, int room) = free[best];
        Offsets[value] = start;
        free.RemoveAt(best);
        if (room > length)
            free.Add((start + length, room - length));
    }

    private void Release(TraceValue root)
    {
        if (!Offsets.TryGetValue(root, out int start))
            return;
        free.Add((start, Rounded(root)));
        free.Sort();
        for (int i = free.Count - 1; i > 0; i--)
        {
            if (free[i - 1].Start + free[i - 1].Length == free[i].Start)
            {
                free[i - 1] = (free[i - 1].Start, free[i - 1].Length + free[i].Length);
                free.RemoveAt(i);
            }
        }
    }

    private static int Rounded(TraceValue value) =>
        (int)(Math.Max(value.Count, 1) + Granularity - 1) / Granularity * Granularity;
}
