using System.Numerics;

namespace FinML.Torch;

/// <summary>
/// Where index tensors point in a tensor of shape View: one coordinate a position along each indexed axis. The axes
/// that are not indexed are kept whole: those before the index (outer) and those behind it (inner). Index axes that do
/// not stand side by side go to the front, as in NumPy.
/// </summary>
internal sealed class IndexPlan
{
    private readonly long[] view;
    private readonly int[] outer;
    private readonly int[] indexed;
    private readonly int[] inner;
    private readonly long[][] coordinates;
    private readonly long[] shape;

    /// <param name="view">The shape that is indexed.</param>
    /// <param name="axes">The indexed axes, rising.</param>
    /// <param name="indices">One int64 tensor an axis; they broadcast. Negative positions count from the end.</param>
    internal IndexPlan(long[] view, int[] axes, Tensor[] indices)
    {
        this.view = view;
        indexed = axes;
        bool together = axes[^1] - axes[0] == axes.Length - 1;
        int first = together ? axes[0] : 0;
        outer = [.. Enumerable.Range(0, first)];
        inner = [.. Enumerable.Range(first, view.Length - first).Except(axes)];
        shape = indices[0].Sizes;
        foreach (Tensor index in indices)
            shape = Shapes.Broadcast("index", shape, index.Sizes);
        coordinates = new long[axes.Length][];
        for (int i = 0; i < axes.Length; i++)
            coordinates[i] = Checked(indices[i].expand(shape).contiguous().Span<long>(), i);
    }

    internal int Positions => coordinates[0].Length;

    /// <summary>How many axes of the result stand before the index's own, and behind them.</summary>
    internal (int Before, int Behind) Kept => (outer.Length, inner.Length);

    /// <summary>The shape of what is read: outer axes, the index's own, inner axes.</summary>
    internal long[] Result =>
        [.. outer.Select(axis => view[axis]), .. shape, .. inner.Select(axis => view[axis])];

    /// <summary>The elements pointed at, contiguous.</summary>
    internal Tensor Read(Tensor source)
    {
        Tensor result = Tensor.Uninitialized(Result, source.dtype);
        switch (source.dtype)
        {
            case ScalarType.Float32: Read<float>(source, result); break;
            case ScalarType.Float64: Read<double>(source, result); break;
            case ScalarType.Int64: Read<long>(source, result); break;
            case ScalarType.Int32: Read<int>(source, result); break;
            case ScalarType.BFloat16: Read<BFloat16>(source, result); break;
            default: Read<bool>(source, result); break;
        }

        return result;
    }

    /// <summary>Puts values, of shape Result, where the plan points, in order; the last of several wins.</summary>
    internal void Write(Tensor target, Tensor values)
    {
        using Tensor? copy = values.IsContiguous ? null : values.detach().contiguous();
        Tensor source = copy ?? values;
        switch (target.dtype)
        {
            case ScalarType.Float32: Write<float>(target, source); break;
            case ScalarType.Float64: Write<double>(target, source); break;
            case ScalarType.Int64: Write<long>(target, source); break;
            case ScalarType.Int32: Write<int>(target, source); break;
            case ScalarType.BFloat16: Write<BFloat16>(target, source); break;
            default: Write<bool>(target, source); break;
        }
    }

    /// <summary>Adds values, of shape Result, where the plan points, in order.</summary>
    internal void Add(Tensor target, Tensor values)
    {
        using Tensor? copy = values.IsContiguous ? null : values.detach().contiguous();
        Tensor source = copy ?? values;
        switch (target.dtype)
        {
            case ScalarType.Float32: Add<float>(target, source); break;
            case ScalarType.Float64: Add<double>(target, source); break;
            case ScalarType.Int64: Add<long>(target, source); break;
            case ScalarType.Int32: Add<int>(target, source); break;
            case ScalarType.BFloat16:
                Tensor added = Widening.Wide(source);
                Widening.Into(target, wide => Add<float>(wide, added));
                break;
            default: throw new ArgumentException("index_put_: bool tensors do not accumulate.");
        }
    }

    /// <summary>1 at positions whose value stays, 0 at those that a later one overwrites; null where all stay. It
    /// broadcasts to Result.</summary>
    internal Tensor? Surviving(ScalarType type)
    {
        Dictionary<long, int> last = [];
        for (int p = 0; p < Positions; p++)
            last[Linear(p)] = p;
        if (last.Count == Positions)
            return null;
        double[] stays = new double[Positions];
        foreach (int p in last.Values)
            stays[p] = 1;
        return FromSpan<double>(stays, [.. shape, .. inner.Select(_ => 1L)]).to(type);
    }

    private long Linear(int position)
    {
        long linear = 0;
        for (int i = 0; i < indexed.Length; i++)
            linear = (linear * view[indexed[i]]) + coordinates[i][position];
        return linear;
    }

    private long[] Checked(ReadOnlySpan<long> index, int which)
    {
        long size = view[indexed[which]];
        long[] positions = index.ToArray();
        foreach (ref long position in positions.AsSpan())
        {
            if (position < -size || position >= size)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(index),
                    position,
                    $"index: must be in [{-size}, {size - 1}] at dimension {indexed[which]} of shape "
                    + $"{Shapes.Text(view)}.");
            }

            position += position < 0 ? size : 0;
        }

        return positions;
    }

    /// <summary>Storage offsets of all combinations of positions along some axes, in row-major order.</summary>
    private int[] Offsets(int[] axes, long[] strides)
    {
        int[] offsets = [0];
        foreach (int axis in axes)
        {
            int[] longer = new int[offsets.Length * (int)view[axis]];
            for (int i = 0, at = 0; i < offsets.Length; i++)
            {
                for (int j = 0; j < view[axis]; j++)
                    longer[at++] = offsets[i] + (int)(j * strides[axis]);
            }

            offsets = longer;
        }

        return offsets;
    }

    /// <summary>True where the inner elements lie side by side.</summary>
    private static bool IsRow(int[] offsets)
    {
        for (int i = 0; i < offsets.Length; i++)
        {
            if (offsets[i] != i)
                return false;
        }

        return offsets.Length > 1;
    }

    private int[] PositionOffsets(Tensor tensor)
    {
        int[] offsets = new int[Positions];
        for (int i = 0; i < indexed.Length; i++)
        {
            long stride = tensor.Strides[indexed[i]];
            for (int p = 0; p < offsets.Length; p++)
                offsets[p] += (int)(coordinates[i][p] * stride);
        }

        return offsets;
    }

    private void Read<T>(Tensor source, Tensor result)
        where T : unmanaged
    {
        T[] from = source.Items<T>();
        Span<T> to = result.Span<T>();
        int[] rests = Offsets(inner, source.Strides), positions = PositionOffsets(source);
        bool whole = IsRow(rests);
        int at = 0;
        foreach (int start in Offsets(outer, source.Strides))
        {
            foreach (int position in positions)
            {
                int first = source.Offset + start + position;
                if (whole)
                {
                    from.AsSpan(first, rests.Length).CopyTo(to[at..]);
                    at += rests.Length;
                    continue;
                }

                foreach (int rest in rests)
                    to[at++] = from[first + rest];
            }
        }
    }

    private void Write<T>(Tensor target, Tensor values)
        where T : unmanaged
    {
        T[] to = target.Items<T>();
        ReadOnlySpan<T> from = values.Span<T>();
        int[] rests = Offsets(inner, target.Strides), positions = PositionOffsets(target);
        bool whole = IsRow(rests);
        int at = 0;
        foreach (int start in Offsets(outer, target.Strides))
        {
            foreach (int position in positions)
            {
                int first = target.Offset + start + position;
                if (whole)
                {
                    from.Slice(at, rests.Length).CopyTo(to.AsSpan(first));
                    at += rests.Length;
                    continue;
                }

                foreach (int rest in rests)
                    to[first + rest] = from[at++];
            }
        }
    }

    private void Add<T>(Tensor target, Tensor values)
        where T : unmanaged, INumber<T>
    {
        T[] to = target.Items<T>();
        ReadOnlySpan<T> from = values.Span<T>();
        int[] rests = Offsets(inner, target.Strides), positions = PositionOffsets(target);
        int at = 0;
        foreach (int start in Offsets(outer, target.Strides))
        {
            foreach (int position in positions)
            {
                int first = target.Offset + start + position;
                foreach (int rest in rests)
                    to[first + rest] += from[at++];
            }
        }
    }
}
