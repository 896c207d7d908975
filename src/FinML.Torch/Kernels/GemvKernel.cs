using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// The product of a packed matrix and one vector. Each result is one chain of fused multiply-adds over the columns, as
/// in <see cref="Gemm"/>, so that both give the same bits.
/// </summary>
internal static unsafe class GemvKernel
{
    /// <summary>y = start + W x.</summary>
    /// <param name="matrix">W (n, k).</param>
    /// <param name="x">(k).</param>
    /// <param name="start">(n), or empty for zero; may be <paramref name="y"/>.</param>
    /// <param name="y">(n), must not overlap x.</param>
    internal static void Multiply(
        PackedMatrix matrix, ReadOnlySpan<float> x, ReadOnlySpan<float> start, Span<float> y)
    {
        if (Vector512.IsHardwareAccelerated)
            Blocks<Vector512<float>, Lanes512<float>>(matrix, x, start, y);
        else if (Vector256.IsHardwareAccelerated)
            Blocks<Vector256<float>, Lanes256<float>>(matrix, x, start, y);
        else
            Blocks<Vector128<float>, Lanes128<float>>(matrix, x, start, y);
    }

    /// <summary>The product in registers of 128, 256 or 512 bits, whatever the machine has.</summary>
    internal static void MultiplyAtWidth(
        int bits, PackedMatrix matrix, ReadOnlySpan<float> x, ReadOnlySpan<float> start, Span<float> y)
    {
        if (bits == 512)
            Blocks<Vector512<float>, Lanes512<float>>(matrix, x, start, y);
        else if (bits == 256)
            Blocks<Vector256<float>, Lanes256<float>>(matrix, x, start, y);
        else
            Blocks<Vector128<float>, Lanes128<float>>(matrix, x, start, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blocks<TVector, TLanes>(
        PackedMatrix matrix, ReadOnlySpan<float> x, ReadOnlySpan<float> start, Span<float> y)
        where TVector : struct
        where TLanes : struct, ILanes<float, TVector>
    {
        int rows = matrix.Rows, columns = matrix.Columns;
        if (x.Length < columns || y.Length < rows || (start.Length > 0 && start.Length < rows))
        {
            throw new ArgumentException(
                $"({rows}, {columns}) times a vector needs {columns} and {rows} elements; the spans have {x.Length}, "
                + $"{start.Length} and {y.Length}.");
        }

        float* edge = stackalloc float[PackedMatrix.BlockRows];
        fixed (float* elements = matrix.Elements, px = x, ps = start, py = y)
        {
            float* w = elements + matrix.Start;
            for (int first = 0; first < rows; first += PackedMatrix.BlockRows)
            {
                int width = Math.Min(PackedMatrix.BlockRows, matrix.PaddedRows - first);
                int used = Math.Min(width, rows - first);
                float* from = ps == null ? null : ps + first, to = py + first;
                if (used < width)
                {
                    // The block ends with rows that are not there: it works on a copy of start and y.
                    if (ps != null)
                        start.Slice(first, used).CopyTo(new Span<float>(edge, used));
                    from = ps == null ? null : edge;
                    to = edge;
                }

                Block<TVector, TLanes>(width, columns, w + ((nint)first * columns), px, from, to);
                if (used < width)
                    new ReadOnlySpan<float>(edge, used).CopyTo(y[first..]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<TVector, TLanes>(int width, int columns, float* w, float* x, float* start, float* y)
        where TVector : struct
        where TLanes : struct, ILanes<float, TVector>
    {
        int row = 0;
        for (; row + (8 * TLanes.Count) <= width; row += 8 * TLanes.Count)
            Eight<TVector, TLanes>(row, width, columns, w, x, start, y);
        for (; row + (4 * TLanes.Count) <= width; row += 4 * TLanes.Count)
            Four<TVector, TLanes>(row, width, columns, w, x, start, y);
        for (; row < width; row += TLanes.Count)
        {
            TVector a = Start<TVector, TLanes>(start, row);
            float* p = w + row;
            for (nint i = 0; i < columns; i++, p += width)
                a = TLanes.MultiplyAdd(TLanes.Broadcast(x + i), TLanes.Load(p), a);
            TLanes.Store(a, y + row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight<TVector, TLanes>(
        int row, int width, int columns, float* w, float* x, float* start, float* y)
        where TVector : struct
        where TLanes : struct, ILanes<float, TVector>
    {
        int n = TLanes.Count;
        TVector a0 = Start<TVector, TLanes>(start, row), a1 = Start<TVector, TLanes>(start, row + n);
        TVector a2 = Start<TVector, TLanes>(start, row + (2 * n)), a3 = Start<TVector, TLanes>(start, row + (3 * n));
        TVector a4 = Start<TVector, TLanes>(start, row + (4 * n)), a5 = Start<TVector, TLanes>(start, row + (5 * n));
        TVector a6 = Start<TVector, TLanes>(start, row + (6 * n)), a7 = Start<TVector, TLanes>(start, row + (7 * n));
        float* p = w + row;
        for (nint i = 0; i < columns; i++, p += width)
        {
            TVector b = TLanes.Broadcast(x + i);
            a0 = TLanes.MultiplyAdd(b, TLanes.Load(p), a0);
            a1 = TLanes.MultiplyAdd(b, TLanes.Load(p + TLanes.Count), a1);
            a2 = TLanes.MultiplyAdd(b, TLanes.Load(p + (2 * TLanes.Count)), a2);
            a3 = TLanes.MultiplyAdd(b, TLanes.Load(p + (3 * TLanes.Count)), a3);
            a4 = TLanes.MultiplyAdd(b, TLanes.Load(p + (4 * TLanes.Count)), a4);
            a5 = TLanes.MultiplyAdd(b, TLanes.Load(p + (5 * TLanes.Count)), a5);
            a6 = TLanes.MultiplyAdd(b, TLanes.Load(p + (6 * TLanes.Count)), a6);
            a7 = TLanes.MultiplyAdd(b, TLanes.Load(p + (7 * TLanes.Count)), a7);
        }

        float* target = y + row;
        TLanes.Store(a0, target);
        TLanes.Store(a1, target + n);
        TLanes.Store(a2, target + (2 * n));
        TLanes.Store(a3, target + (3 * n));
        TLanes.Store(a4, target + (4 * n));
        TLanes.Store(a5, target + (5 * n));
        TLanes.Store(a6, target + (6 * n));
        TLanes.Store(a7, target + (7 * n));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<TVector, TLanes>(
        int row, int width, int columns, float* w, float* x, float* start, float* y)
        where TVector : struct
        where TLanes : struct, ILanes<float, TVector>
    {
        int n = TLanes.Count;
        TVector a0 = Start<TVector, TLanes>(start, row), a1 = Start<TVector, TLanes>(start, row + n);
        TVector a2 = Start<TVector, TLanes>(start, row + (2 * n)), a3 = Start<TVector, TLanes>(start, row + (3 * n));
        float* p = w + row;
        for (nint i = 0; i < columns; i++, p += width)
        {
            TVector b = TLanes.Broadcast(x + i);
            a0 = TLanes.MultiplyAdd(b, TLanes.Load(p), a0);
            a1 = TLanes.MultiplyAdd(b, TLanes.Load(p + TLanes.Count), a1);
            a2 = TLanes.MultiplyAdd(b, TLanes.Load(p + (2 * TLanes.Count)), a2);
            a3 = TLanes.MultiplyAdd(b, TLanes.Load(p + (3 * TLanes.Count)), a3);
        }

        float* target = y + row;
        TLanes.Store(a0, target);
        TLanes.Store(a1, target + n);
        TLanes.Store(a2, target + (2 * n));
        TLanes.Store(a3, target + (3 * n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Start<TVector, TLanes>(float* start, int row)
        where TVector : struct
        where TLanes : struct, ILanes<float, TVector> =>
        start == null ? TLanes.Zero : TLanes.Load(start + row);
}
