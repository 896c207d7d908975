namespace FinML.Torch;

/// <summary>Views as operators: what a view does is read from the strides of its source and its own.</summary>
internal static class OnnxViews
{
    internal static void Write(OnnxExporter e, TraceOperation o)
    {
        TraceValue x = o.Input, y = o.Output;
        switch (((ViewKind)o.Attributes!).Operation)
        {
            case "Reshaped":
                Reshape(e, o);
                return;
            case "transpose" or "permute":
                e.Node("Transpose", [e[x]], y, ("perm", Permutation(e.Twin, x, y)));
                return;
            case "expand":
                Expand(e, o);
                return;
            case "select":
                if (!Select(e, x, y))
                    Pick(e, o);
                return;
            case "Strided":
                if (!Slice(e, x, y))
                    Pick(e, o);
                return;
            default:
                Pick(e, o);
                return;
        }
    }

    private static void Reshape(OnnxExporter e, TraceOperation o)
    {
        long[] sizes = e.Twin.Sizes(o.Output);
        if (sizes.Count(s => s < 0) > 1)
            throw Batch(o);
        e.Node("Reshape", [e[o.Input], e.Longs(sizes)], o.Output);
    }

    private static long[] Permutation(TraceTwin twin, TraceValue x, TraceValue y)
    {
        long[] order = new long[y.Sizes.Length];
        HashSet<int> used = [];
        for (int i = 0; i < order.Length; i++)
        {
            // Axes of one size and stride are interchangeable, whichever is taken.
            int axis = Enumerable.Range(0, order.Length).First(j => !used.Contains(j)
                && x.Sizes[j] == y.Sizes[i] && x.Strides[j] == y.Strides[i]
                && twin[x].Sizes[j] == twin[y].Sizes[i] && twin[x].Strides[j] == twin[y].Strides[i]);
            used.Add(axis);
            order[i] = axis;
        }

        return order;
    }

    private static void Expand(OnnxExporter e, TraceOperation o)
    {
        TraceValue x = o.Input, y = o.Output;
        int added = y.Sizes.Length - x.Sizes.Length;
        long[] sizes = (long[])y.Sizes.Clone();
        for (int i = 0; i < sizes.Length; i++)
        {
            if (!e.Twin.IsBatch(y, i))
                continue;
            if (i < added || !e.Twin.IsBatch(x, i - added))
                throw Batch(o);
            sizes[i] = 1; // keeps the input's
        }

        e.Node("Expand", [e[x], e.Longs(sizes)], y);
    }

    private static bool Select(OnnxExporter e, TraceValue x, TraceValue y)
    {
        for (int axis = 0; axis < x.Sizes.Length; axis++)
        {
            if (Without(x.Sizes, axis).SequenceEqual(y.Sizes) && Without(x.Strides, axis).SequenceEqual(y.Strides)
                && Position(x, y, axis) is { } position && position < x.Sizes[axis] && !e.Twin.IsBatch(x, axis)
                && Position(e.Twin[x], e.Twin[y], axis) == position)
            {
                e.Node("Gather", [e[x], e.Long(position)], y, ("axis", (long)axis));
                return true;
            }
        }

        return false;
    }

    private static bool Slice(OnnxExporter e, TraceValue x, TraceValue y)
    {
        int[] changed =
        [
            .. Enumerable.Range(0, x.Sizes.Length)
                .Where(i => x.Sizes[i] != y.Sizes[i] || x.Strides[i] != y.Strides[i]),
        ];
        if (changed.Length != 1 || e.Twin.IsBatch(x, changed[0]) || e.Twin.IsBatch(y, changed[0]))
            return false;
        int axis = changed[0];
        long step = x.Strides[axis] == 0 ? 1 : y.Strides[axis] / x.Strides[axis];
        if (Position(x, y, axis) is not { } start || Position(e.Twin[x], e.Twin[y], axis) != start || step < 1)
            return false;
        long end = y.Sizes[axis] == 0 ? start : start + ((y.Sizes[axis] - 1) * step) + 1;
        e.Node("Slice", [e[x], e.Longs(start), e.Longs(end), e.Longs(axis), e.Longs(step)], y);
        return true;
    }

    /// <summary>Any other view: the elements by their positions, for each member of the batch alike.</summary>
    private static void Pick(OnnxExporter e, TraceOperation o)
    {
        TraceValue x = o.Input, y = o.Output;
        long[] from = Positions(x), to = Positions(y);
        Dictionary<long, long> at = [];
        for (int i = 0; i < from.Length; i++)
            at.TryAdd(from[i], i);
        long[] indices = Array.ConvertAll(to, position => at[position]);
        if (e.Twin.IsFixed(x) && e.Twin.IsFixed(y))
        {
            string flat = e.Node("Reshape", [e[x], e.Longs(-1)]);
            string index = e.Initializer("positions", torch.tensor(indices).reshape(y.Sizes));
            e.Node("Gather", [flat, index], y, ("axis", 0L));
            return;
        }

        long batch = x.Sizes.Length == 0 ? 0 : x.Sizes[0];
        bool alike = batch > 0 && y.Sizes.Length > 0 && y.Sizes[0] == batch && e.Twin.IsBatch(y, 0)
            && e.Twin.Sizes(x).Count(s => s < 0) == 1 && e.Twin.Sizes(y).Count(s => s < 0) == 1;
        long width = alike ? x.Count / batch : 0, picked = alike ? y.Count / batch : 0;
        for (int i = 0; i < indices.Length && alike; i++)
            alike = indices[i] == indices[i % picked] + (i / picked * width);
        if (!alike)
            throw Batch(o);
        string rows = e.Node("Reshape", [e[x], e.Longs(-1, width)]);
        string columns = e.Initializer("positions", torch.tensor(indices[..(int)picked]).reshape(y.Sizes[1..]));
        e.Node("Gather", [rows, columns], y, ("axis", 1L));
    }

    /// <summary>The position along the axis at which the view starts, or null where it starts elsewhere.</summary>
    internal static long? Position(TraceValue x, TraceValue y, int axis)
    {
        long moved = y.Offset - x.Offset, stride = x.Strides[axis];
        if (moved == 0)
            return 0;
        return stride > 0 && moved > 0 && moved % stride == 0 ? moved / stride : null;
    }

    /// <summary>Place in the storage of each element, row by row.</summary>
    internal static long[] Positions(TraceValue value)
    {
        long[] result = new long[value.Count];
        for (int i = 0; i < result.Length; i++)
        {
            long rest = i, position = value.Offset;
            for (int axis = value.Sizes.Length - 1; axis >= 0; axis--)
            {
                position += rest % value.Sizes[axis] * value.Strides[axis];
                rest /= value.Sizes[axis];
            }

            result[i] = position;
        }

        return result;
    }

    internal static long[] Without(long[] values, int axis) => [.. values[..axis], .. values[(axis + 1)..]];

    internal static InvalidOperationException Batch(TraceOperation o) => new(
        $"onnx.export: {o} from shape {Shapes.Text(o.Input.Sizes)} to {Shapes.Text(o.Output.Sizes)} depends on the "
        + $"batch size in a way that the file could not say ({(o.Attributes as ViewKind)?.Operation ?? o.Name}); "
        + "export with a fixed batch.");
}
