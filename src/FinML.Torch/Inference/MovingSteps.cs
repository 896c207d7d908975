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
internal sealed class GatherStep : PlanStep
{
    private readonly Tensor x, index, y;
    private readonly long[] others; // strides of x with none along the axis
    private readonly long step, size;

    internal GatherStep(Tensor x, Tensor index, int axis, Tensor y)
    {
        (this.x, this.index, this.y) = (x, index, y);
        others = (long[])x.Strides.Clone();
        if (others.Length > 0)
            (step, size, others[axis]) = (others[axis], x.Sizes[axis], 0);
        else
            size = 1;
    }

    internal override void Execute()
    {
        switch (x.dtype)
        {
            case ScalarType.Float32: Gather<float>(); break;
            case ScalarType.Float64: Gather<double>(); break;
            case ScalarType.Int64: Gather<long>(); break;
            case ScalarType.Int32: Gather<int>(); break;
            default: Gather<bool>(); break;
        }
    }

    private void Gather<T>()
        where T : unmanaged
    {
        T[] from = x.Items<T>(), to = y.Items<T>();
        long[] positions = index.Items<long>();
        Rows rows = new(y.Sizes, index.Strides, index.Offset, others, x.Offset, y.Strides, y.Offset);
        while (rows.Next())
        {
            int i = rows.OffsetA, j = rows.OffsetB, k = rows.OffsetC;
            for (int at = 0; at < rows.Length; at++, i += rows.StrideA, j += rows.StrideB, k += rows.StrideC)
            {
                long position = positions[i];
                if (position < 0 || position >= size)
                {
                    throw new ArgumentOutOfRangeException(
                        nameof(index), position, $"gather: must be in [0, {size - 1}].");
                }

                to[k] = from[j + (int)(position * step)];
            }
        }
    }
}
