using System.Numerics;

namespace FinML.Torch;

/// <summary>An axis of a tensor for positions along it: the other axes' strides with 0 in its place, its own stride and
/// its size.</summary>
internal readonly record struct IndexAlong(long[] Strides, long Step, long Size)
{
    internal static IndexAlong Of(Tensor tensor, int axis)
    {
        if (tensor.Sizes.Length == 0)
        {
            return new([], 0, 1);
        }

        long[] strides = (long[])tensor.Strides.Clone();
        long step = strides[axis];
        strides[axis] = 0;
        return new(strides, step, tensor.Sizes[axis]);
    }
}

/// <summary>The loops behind gather, scatter, index_select and index_add.</summary>
internal static class IndexLoops
{
    /// <summary>target[.., j, ..] = source[.., index[.., j, ..], ..].</summary>
    internal static void Gather(Tensor source, IndexAlong axis, Tensor index, Tensor target)
    {
        switch (source.dtype)
        {
            case ScalarType.Float32: Gather<float>(source, axis, index, target); break;
            case ScalarType.Float64: Gather<double>(source, axis, index, target); break;
            case ScalarType.Int64: Gather<long>(source, axis, index, target); break;
            case ScalarType.Int32: Gather<int>(source, axis, index, target); break;
            case ScalarType.BFloat16: Gather<BFloat16>(source, axis, index, target); break;
            default: Gather<bool>(source, axis, index, target); break;
        }
    }

    /// <summary>target[.., index[.., j, ..], ..] += source[.., j, ..].</summary>
    internal static void ScatterAdd(Tensor target, IndexAlong axis, Tensor index, Tensor source)
    {
        switch (target.dtype)
        {
            case ScalarType.Float32: Scatter<float, Sum<float>>(target, axis, index, source); break;
            case ScalarType.Float64: Scatter<double, Sum<double>>(target, axis, index, source); break;
            case ScalarType.Int64: Scatter<long, Sum<long>>(target, axis, index, source); break;
            case ScalarType.Int32: Scatter<int, Sum<int>>(target, axis, index, source); break;
            case ScalarType.BFloat16:
                Widening.Into(target, wide => Scatter<float, Sum<float>>(wide, axis, index, Widening.Wide(source)));
                break;
            default: throw new ArgumentException("scatter_add: not defined for bool tensors.");
        }
    }

    /// <summary>target[.., index[.., j, ..], ..] = source[.., j, ..], in order.</summary>
    internal static void Scatter(Tensor target, IndexAlong axis, Tensor index, Tensor source)
    {
        switch (target.dtype)
        {
            case ScalarType.Float32: Scatter<float, Put<float>>(target, axis, index, source); break;
            case ScalarType.Float64: Scatter<double, Put<double>>(target, axis, index, source); break;
            case ScalarType.Int64: Scatter<long, Put<long>>(target, axis, index, source); break;
            case ScalarType.Int32: Scatter<int, Put<int>>(target, axis, index, source); break;
            case ScalarType.BFloat16: Scatter<BFloat16, Put<BFloat16>>(target, axis, index, source); break;
            default: Scatter<bool, Put<bool>>(target, axis, index, source); break;
        }
    }

    /// <summary>Copies slices: all contiguous.</summary>
    internal static void Select(Tensor source, int axis, Tensor index, Tensor target)
    {
        switch (source.dtype)
        {
            case ScalarType.Float32: Select<float>(source, axis, index, target); break;
            case ScalarType.Float64: Select<double>(source, axis, index, target); break;
            case ScalarType.Int64: Select<long>(source, axis, index, target); break;
            case ScalarType.Int32: Select<int>(source, axis, index, target); break;
            case ScalarType.BFloat16: Select<BFloat16>(source, axis, index, target); break;
            default: Select<bool>(source, axis, index, target); break;
        }
    }

    /// <summary>Adds slices: all contiguous.</summary>
    internal static void Add(Tensor target, int axis, Tensor index, Tensor source)
    {
        switch (target.dtype)
        {
            case ScalarType.Float32: Add<float>(target, axis, index, source); break;
            case ScalarType.Float64: Add<double>(target, axis, index, source); break;
            case ScalarType.Int64: Add<long>(target, axis, index, source); break;
            case ScalarType.Int32: Add<int>(target, axis, index, source); break;
            case ScalarType.BFloat16:
                Widening.Into(target, wide => Add<float>(wide, axis, index, Widening.Wide(source)));
                break;
            default: throw new ArgumentException("index_add: not defined for bool tensors.");
        }
    }

    private static void Gather<T>(Tensor source, IndexAlong axis, Tensor index, Tensor target) where T : unmanaged
    {
        T[] from = source.Items<T>(), to = target.Items<T>();
        long[] positions = index.Items<long>();
        (long[] strides, long step, long size) = axis;
        Rows rows = new(
            index.Sizes, index.Strides, index.Offset, strides, source.Offset, target.Strides, target.Offset);
        while (rows.Next())
        {
            int i = rows.OffsetA, j = rows.OffsetB, k = rows.OffsetC;
            for (int at = 0; at < rows.Length; at++, i += rows.StrideA, j += rows.StrideB, k += rows.StrideC)
            {
                to[k] = from[j + (int)(Checked("gather", positions[i], size) * step)];
            }
        }
    }

    private static void Scatter<T, TWrite>(Tensor target, IndexAlong axis, Tensor index, Tensor source)
        where T : unmanaged
        where TWrite : struct, IWrite<T>
    {
        T[] from = source.Items<T>(), to = target.Items<T>();
        long[] positions = index.Items<long>();
        (long[] strides, long step, long size) = axis;
        Rows rows = new(
            index.Sizes, index.Strides, index.Offset, strides, target.Offset, source.Strides, source.Offset);
        while (rows.Next())
        {
            int i = rows.OffsetA, j = rows.OffsetB, k = rows.OffsetC;
            for (int at = 0; at < rows.Length; at++, i += rows.StrideA, j += rows.StrideB, k += rows.StrideC)
            {
                TWrite.Write(ref to[j + (int)(Checked(TWrite.Name, positions[i], size) * step)], from[k]);
            }
        }
    }

    private static void Select<T>(Tensor source, int axis, Tensor index, Tensor target) where T : unmanaged
    {
        (int outer, int inner) = Around(source, axis);
        int size = (int)source.Sizes[axis], count = index.Count;
        ReadOnlySpan<T> from = source.Span<T>();
        Span<T> to = target.Span<T>();
        for (int o = 0; o < outer; o++)
        {
            for (int j = 0; j < count; j++)
            {
                int position = (int)Checked("index_select", index.LongAt(j), size);
                from.Slice(((o * size) + position) * inner, inner).CopyTo(to[(((o * count) + j) * inner)..]);
            }
        }
    }

    private static void Add<T>(Tensor target, int axis, Tensor index, Tensor source) where T : unmanaged, INumber<T>
    {
        (int outer, int inner) = Around(target, axis);
        int size = (int)target.Sizes[axis], count = index.Count;
        ReadOnlySpan<T> from = source.Span<T>();
        Span<T> to = target.Span<T>();
        for (int o = 0; o < outer; o++)
        {
            for (int j = 0; j < count; j++)
            {
                int position = (int)Checked("index_add", index.LongAt(j), size);
                ReadOnlySpan<T> add = from.Slice(((o * count) + j) * inner, inner);
                Span<T> sum = to.Slice(((o * size) + position) * inner, inner);
                for (int i = 0; i < inner; i++)
                {
                    sum[i] += add[i];
                }
            }
        }
    }

    private static (int Outer, int Inner) Around(Tensor tensor, int axis) =>
        ((int)Shapes.Count(tensor.Sizes.AsSpan(0, axis)), (int)Shapes.Count(tensor.Sizes.AsSpan(axis + 1)));

    private static long Checked(string name, long position, long size) => position >= 0 && position < size
        ? position
        : throw new ArgumentOutOfRangeException(
            nameof(position), position, $"{name}: an index must be in [0, {size - 1}], got {position}.");

    /// <summary>What scatter and scatter_add do with an element.</summary>
    private interface IWrite<T>
        where T : unmanaged
    {
        static abstract string Name { get; }

        static abstract void Write(ref T element, T value);
    }

    private readonly struct Put<T> : IWrite<T>
        where T : unmanaged
    {
        public static string Name => "scatter";

        public static void Write(ref T element, T value) => element = value;
    }

    private readonly struct Sum<T> : IWrite<T>
        where T : unmanaged, INumber<T>
    {
        public static string Name => "scatter_add";

        public static void Write(ref T element, T value) => element += value;
    }
}
