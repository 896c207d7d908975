using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>The loops of reductions.</summary>
internal static class Reductions
{
    internal static Tensor Sum(Tensor x, in Reduction reduction)
    {
        switch (x.dtype)
        {
            case ScalarType.Float32:
                return reduction.LeadingAxes && x.IsContiguous
                    ? SumColumns<float>(x, reduction)
                    : SumRows(x, reduction);
            case ScalarType.Float64:
                return reduction.LeadingAxes && x.IsContiguous
                    ? SumColumns<double>(x, reduction)
                    : SumRows(x, reduction);
            case ScalarType.BFloat16:
                {
                    Reduction same = reduction;
                    return Widening.Through(x, wide => Sum(wide, same));
                }

            default:
                {
                    Tensor source = reduction.Arranged(x.to(ScalarType.Int64));
                    Tensor result = Tensor.Uninitialized(reduction.Result, ScalarType.Int64);
                    Span<long> from = source.Span<long>(), to = result.Span<long>();
                    for (int i = 0; i < to.Length; i++)
                    {
                        long sum = 0;
                        foreach (long value in from.Slice(i * reduction.Inner, reduction.Inner))
                        {
                            sum += value;
                        }

                        to[i] = sum;
                    }

                    return result;
                }
        }
    }

    internal static Tensor Product(Tensor x, Reduction reduction) => x.dtype switch
    {
        ScalarType.BFloat16 => Widening.Through(x, wide => Product(wide, reduction)),
        ScalarType.Float32 => Products<float>(x, reduction),
        ScalarType.Float64 => Products<double>(x, reduction),
        ScalarType.Int64 => Products<long>(x, reduction),
        _ => Products<long>(x.to(ScalarType.Int64), reduction),
    };

    /// <summary>Positions (int64) of the largest, or smallest, element in each row.</summary>
    internal static Tensor Positions(string name, Tensor x, in Reduction reduction, bool largest)
    {
        if (reduction.Inner == 0)
        {
            throw new ArgumentException(
                $"{name}: an empty dimension has no {name}; the shape is {Shapes.Text(x.Sizes)}.");
        }

        Tensor signed = largest ? x.detach() : x.detach().neg();
        signed = reduction.Arranged(
            x.dtype == ScalarType.Bool ? signed.to(ScalarType.Int64) : Widening.Wide(signed));
        Tensor result = Tensor.Uninitialized(reduction.Result, ScalarType.Int64);
        switch (signed.dtype)
        {
            case ScalarType.Float32: Positions<float>(signed, result, reduction.Inner); break;
            case ScalarType.Float64: Positions<double>(signed, result, reduction.Inner); break;
            case ScalarType.Int64: Positions<long>(signed, result, reduction.Inner); break;
            default: Positions<int>(signed, result, reduction.Inner); break;
        }

        if (Tracer.Active)
        {
            Tracer.Record(largest ? "argmax" : "argmin", [x], result, reduction.Axes);
        }

        return result;
    }

    private static void Positions<T>(Tensor x, Tensor result, int inner) where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> from = x.Span<T>();
        Span<long> to = result.Span<long>();
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = LargestAt(from.Slice(i * inner, inner));
        }
    }

    /// <summary>The position of the largest element; of the first NaN, where there is one.</summary>
    private static int LargestAt<T>(ReadOnlySpan<T> row) where T : unmanaged, INumber<T>
    {
        int best = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (T.IsNaN(row[i]))
            {
                return i;
            }

            if (row[i] > row[best])
            {
                best = i;
            }
        }

        return best;
    }

    private static Tensor Products<T>(Tensor x, in Reduction reduction) where T : unmanaged, INumber<T>
    {
        Tensor source = reduction.Arranged(x), result = Tensor.Uninitialized(reduction.Result, x.dtype);
        ReadOnlySpan<T> from = source.Span<T>();
        Span<T> to = result.Span<T>();
        for (int i = 0; i < to.Length; i++)
        {
            T product = T.One;
            foreach (T value in from.Slice(i * reduction.Inner, reduction.Inner))
            {
                product *= value;
            }

            to[i] = product;
        }

        return result;
    }

    private static Tensor SumRows(Tensor x, in Reduction reduction)
    {
        Tensor source = reduction.Arranged(x), result = Tensor.Uninitialized(reduction.Result, x.dtype);
        if (x.dtype == ScalarType.Float32)
        {
            SumRows<float>(source, result, reduction.Inner);
        }
        else
        {
            SumRows<double>(source, result, reduction.Inner);
        }

        if (!ReferenceEquals(source, x))
        {
            source.Dispose();
        }

        return result;
    }

    private static void SumRows<T>(Tensor source, Tensor result, int inner) where T : unmanaged
    {
        RowSums<T> sums = new(
            inner, result.Count, source.Items<T>(), source.Offset, result.Items<T>(), result.Offset);
        Threads.For(sums.Chunks, sums);
    }

    /// <summary>Sums of rows of (rows, inner); a chunk is as many rows as take some 10 microseconds.</summary>
    private readonly struct RowSums<T>(int inner, int rows, T[] source, int from, T[] sums, int to) : IChunks
        where T : unmanaged
    {
        private const int ChunkElements = 1 << 16;

        internal int Chunks => Threads.ChunksOf(rows, ChunkRows);

        private int ChunkRows => Math.Max(1, ChunkElements / Math.Max(inner, 16));

        public void Run(int chunk)
        {
            int end = Math.Min(rows, (chunk + 1) * ChunkRows);
            for (int row = chunk * ChunkRows; row < end; row++)
            {
                sums[to + row] = VectorSum.SumOf<T>(source.AsSpan(from + (row * inner), inner));
            }
        }
    }

    /// <summary>Sums the rows of (inner, outer) in blocks of 64 rows, and the blocks: the order is fixed, the error
    /// small.</summary>
    private static Tensor SumColumns<T>(Tensor x, in Reduction reduction) where T : unmanaged, INumber<T>
    {
        const int block = 64;
        Tensor result = Tensor.Uninitialized(reduction.Result, x.dtype).ZeroFill();
        ReadOnlySpan<T> from = x.Span<T>();
        Span<T> to = result.Span<T>();
        int width = reduction.Outer, rows = reduction.Inner;
        using Tensor? partial = rows > block ? Tensor.Uninitialized([width], x.dtype) : null;
        Span<T> part = partial is null ? to : partial.Span<T>();
        for (int start = 0; start < rows; start += block)
        {
            part.Clear();
            for (int i = start; i < Math.Min(start + block, rows); i++)
            {
                Accumulate(from.Slice(i * width, width), part);
            }

            if (partial is not null)
            {
                Accumulate(part, to);
            }
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate<T>(ReadOnlySpan<T> row, Span<T> sum) where T : unmanaged, INumber<T>
    {
        ref T from = ref MemoryMarshal.GetReference(row);
        ref T to = ref MemoryMarshal.GetReference(sum);
        int i = 0;
        for (; i <= row.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            (Vector.LoadUnsafe(ref from, (nuint)i) + Vector.LoadUnsafe(ref to, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < row.Length; i++)
        {
            sum[i] += row[i];
        }
    }
}
