namespace FinML.Torch;

/// <summary>y = min(max(x, low), high).</summary>
internal sealed class ClampStep(Tensor x, Limits limits, Tensor y) : PlanStep
{
    internal override void Execute()
    {
        Copying.Copy(x, y);
        if (limits.Min is { } low)
            Elementwise.ScalarInto<MaximumOperation>("clamp", y, low, y);
        if (limits.Max is { } high)
            Elementwise.ScalarInto<MinimumOperation>("clamp", y, high, y);
    }
}

/// <summary>Tensors side by side.</summary>
internal sealed class CatStep : PlanStep
{
    private readonly Tensor[] parts, places;

    internal CatStep(Tensor[] parts, int axis, Tensor y)
    {
        this.parts = parts;
        places = new Tensor[parts.Length];
        long start = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            places[i] = PlanMemory.View(
                y, parts[i].Sizes, y.Strides, y.Offset + (int)(parts[i].Count == 0 ? 0 : start * y.Strides[axis]));
            start += parts[i].Sizes[axis];
        }
    }

    internal override void Execute()
    {
        for (int i = 0; i < parts.Length; i++)
            Copying.Copy(parts[i], places[i]);
    }
}

/// <summary>A constant around a tensor.</summary>
internal sealed class PadStep : PlanStep
{
    private readonly Tensor x, y, inside;
    private readonly Scalar value;

    internal PadStep(Tensor x, PaddedPairs padding, Tensor y)
    {
        (this.x, this.y, value) = (x, y, padding.Value);
        int offset = y.Offset;
        for (int i = 0; i < padding.Pairs.Length / 2 && x.Count > 0; i++)
            offset += (int)(padding.Pairs[2 * i] * y.Strides[^(i + 1)]);
        inside = PlanMemory.View(y, x.Sizes, y.Strides, offset);
    }

    internal override void Execute()
    {
        y.FillWith(value);
        Copying.Copy(x, inside);
    }
}

/// <summary>A tensor with a part replaced by a value, which broadcasts.</summary>
internal sealed class WriteStep : PlanStep
{
    private readonly Tensor value, y, part;
    private readonly Tensor? x; // null where the result takes its place

    internal WriteStep(Tensor x, Tensor value, TraceValue whole, TraceValue place, Tensor y)
    {
        (this.value, this.y) = (value, y);
        this.x = ReferenceEquals(x.Storage, y.Storage) && x.Offset == y.Offset ? null : x;
        part = PlanMemory.View(y, place.Sizes, place.Strides, y.Offset + place.Offset - whole.Offset);
    }

    internal override void Execute()
    {
        if (x is not null)
            Copying.Copy(x, y);
        Copying.Copy(value, part);
    }
}

/// <summary>Axes reversed.</summary>
internal sealed class FlipStep : PlanStep
{
    private readonly Tensor backwards, y;

    internal FlipStep(Tensor x, int[] axes, Tensor y)
    {
        this.y = y;
        long[] strides = (long[])x.Strides.Clone();
        long offset = x.Offset;
        foreach (int axis in axes)
        {
            offset += x.Count == 0 ? 0 : (x.Sizes[axis] - 1) * strides[axis];
            strides[axis] = -strides[axis];
        }

        backwards = PlanMemory.View(x, x.Sizes, strides, (int)offset);
    }

    internal override void Execute() => Copying.Copy(backwards, y);
}

/// <summary>Slices by number; the positions are checked as in eager execution.</summary>
internal sealed class SelectStep(Tensor x, Tensor index, int axis, Tensor y) : PlanStep
{
    internal override void Execute() => IndexLoops.Select(x, axis, index, y);
}

/// <summary>Elements by number along an axis.</summary>
internal sealed class GatherStep(Tensor x, Tensor index, int axis, Tensor y) : PlanStep
{
    private readonly IndexAlong along = IndexAlong.Of(x, axis);

    internal override void Execute() => IndexLoops.Gather(x, along, index, y);
}

/// <summary>A copy with elements put, or added, by number along an axis.</summary>
internal sealed class ScatterStep(bool add, Tensor x, Tensor index, Tensor source, int axis, Tensor y) : PlanStep
{
    private readonly IndexAlong along = IndexAlong.Of(y, axis);

    internal override void Execute()
    {
        Copying.Copy(x, y);
        if (add)
            IndexLoops.ScatterAdd(y, along, index, source);
        else
            IndexLoops.Scatter(y, along, index, source);
    }
}

/// <summary>The first positions of an axis in order: rows are sorted on a copy in which the axis is the last.</summary>
internal sealed class OrderStep : PlanStep
{
    private readonly Tensor source, rows, order, first, y;
    private readonly bool descending;

    internal OrderStep(Tensor x, OrderedAxis ordered, Tensor y)
    {
        int[] axes = [.. Enumerable.Range(0, x.Sizes.Length)];
        (axes[ordered.Axis], axes[^1]) = (axes[^1], axes[ordered.Axis]);
        (this.y, descending, source) = (y, ordered.Descending, PlanMemory.Permuted(x, axes));
        rows = PlanMemory.Own(source.Sizes, x.dtype);
        order = PlanMemory.Own(source.Sizes, ScalarType.Int64);
        Tensor back = PlanMemory.Permuted(order, axes);
        first = PlanMemory.View(back, y.Sizes, back.Strides, back.Offset);
    }

    internal override void Execute()
    {
        Copying.Copy(source, rows);
        SortLoops.Order(rows, descending, order.Span<long>());
        Copying.Copy(first, y);
    }
}
