using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// The product of a packed matrix and one vector. Each result is one chain of fused multiply-adds over the columns, as
/// in <see cref="Gemm"/>, so that both give the same bits.
/// </summary>
internal static unsafe class GemvKernel
{
    private const int Panel = PackedMatrix.PanelRows;

    /// <summary>y = start + W x.</summary>
    /// <param name="matrix">W (n, k).</param>
    /// <param name="x">(k).</param>
    /// <param name="start">(n), or empty for zero; may be <paramref name="y"/>.</param>
    /// <param name="y">(n), must not overlap x.</param>
    internal static void Multiply(
        PackedMatrix matrix, ReadOnlySpan<float> x, ReadOnlySpan<float> start, Span<float> y)
    {
        int rows = matrix.Rows, columns = matrix.Columns;
        if (x.Length < columns || y.Length < rows || (start.Length > 0 && start.Length < rows))
        {
            throw new ArgumentException(
                $"({rows}, {columns}) times a vector needs {columns} and {rows} elements; the spans have {x.Length}, "
                + $"{start.Length} and {y.Length}.");
        }

        int full = rows / Panel, rest = rows % Panel;
        fixed (float* w = matrix.Panels, px = x, ps = start, py = y)
        {
            Panels(full, columns, w, px, ps, py);
            if (rest == 0)
                return;
            float* edge = stackalloc float[Panel];
            if (ps != null)
                start.Slice(full * Panel, rest).CopyTo(new Span<float>(edge, rest));
            Panels(1, columns, w + ((nint)full * Panel * columns), px, ps == null ? null : edge, edge);
            new ReadOnlySpan<float>(edge, rest).CopyTo(y[(full * Panel)..]);
        }
    }

    private static void Panels(int panels, int columns, float* w, float* x, float* start, float* y)
    {
        if (Vector512.IsHardwareAccelerated)
            Panels<Vector512<float>, Lanes512<float>>(panels, columns, w, x, start, y);
        else if (Vector256.IsHardwareAccelerated)
            Panels<Vector256<float>, Lanes256<float>>(panels, columns, w, x, start, y);
        else
            Panels<Vector128<float>, Lanes128<float>>(panels, columns, w, x, start, y);
    }

    /// <summary>The product in registers of 128, 256 or 512 bits, whatever the machine has.</summary>
    internal static void MultiplyAtWidth(int bits, PackedMatrix matrix, ReadOnlySpan<float> x, Span<float> y)
    {
        int panels = matrix.Rows / Panel;
        fixed (float* w = matrix.Panels, px = x, py = y)
        {
            if (bits == 512)
                Panels<Vector512<float>, Lanes512<float>>(panels, matrix.Columns, w, px, null, py);
            else if (bits == 256)
                Panels<Vector256<float>, Lanes256<float>>(panels, matrix.Columns, w, px, null, py);
            else
                Panels<Vector128<float>, Lanes128<float>>(panels, matrix.Columns, w, px, null, py);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Panels<TVector, TLanes>(
        int panels, int columns, float* w, float* x, float* start, float* y)
        where TVector : struct
        where TLanes : struct, ILanes<float, TVector>
    {
        int vectors = panels * (Panel / TLanes.Count), v = 0;
        for (; v + 8 <= vectors; v += 8)
            Eight<TVector, TLanes>(v, columns, w, x, start, y);
        for (; v + 4 <= vectors; v += 4)
            Four<TVector, TLanes>(v, columns, w, x, start, y);
        for (; v < vectors; v++)
        {
            float* p = At<TVector, TLanes>(w, v, columns);
            TVector a = Start<TVector, TLanes>(start, v);
            for (nint i = 0; i < columns; i++)
                a = TLanes.MultiplyAdd(TLanes.Broadcast(x + i), TLanes.Load(p + (i * Panel)), a);
            TLanes.Store(a, y + (v * TLanes.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight<TVector, TLanes>(int v, int columns, float* w, float* x, float* start, float* y)
        where TVector : struct
        where TLanes : struct, ILanes<float, TVector>
    {
        float* p0 = At<TVector, TLanes>(w, v, columns), p1 = At<TVector, TLanes>(w, v + 1, columns);
        float* p2 = At<TVector, TLanes>(w, v + 2, columns), p3 = At<TVector, TLanes>(w, v + 3, columns);
        float* p4 = At<TVector, TLanes>(w, v + 4, columns), p5 = At<TVector, TLanes>(w, v + 5, columns);
        float* p6 = At<TVector, TLanes>(w, v + 6, columns), p7 = At<TVector, TLanes>(w, v + 7, columns);
        TVector a0 = Start<TVector, TLanes>(start, v), a1 = Start<TVector, TLanes>(start, v + 1);
        TVector a2 = Start<TVector, TLanes>(start, v + 2), a3 = Start<TVector, TLanes>(start, v + 3);
        TVector a4 = Start<TVector, TLanes>(start, v + 4), a5 = Start<TVector, TLanes>(start, v + 5);
        TVector a6 = Start<TVector, TLanes>(start, v + 6), a7 = Start<TVector, TLanes>(start, v + 7);
        for (nint i = 0; i < columns; i++)
        {
            TVector b = TLanes.Broadcast(x + i);
            nint at = i * Panel;
            a0 = TLanes.MultiplyAdd(b, TLanes.Load(p0 + at), a0);
            a1 = TLanes.MultiplyAdd(b, TLanes.Load(p1 + at), a1);
            a2 = TLanes.MultiplyAdd(b, TLanes.Load(p2 + at), a2);
            a3 = TLanes.MultiplyAdd(b, TLanes.Load(p3 + at), a3);
            a4 = TLanes.MultiplyAdd(b, TLanes.Load(p4 + at), a4);
            a5 = TLanes.MultiplyAdd(b, TLanes.Load(p5 + at), a5);
            a6 = TLanes.MultiplyAdd(b, TLanes.Load(p6 + at), a6);
            a7 = TLanes.MultiplyAdd(b, TLanes.Load(p7 + at), a7);
        }

        float* target = y + (v * TLanes.Count);
        TLanes.Store(a0, target);
        TLanes.Store(a1, target + TLanes.Count);
        TLanes.Store(a2, target + (2 * TLanes.Count));
        TLanes.Store(a3, target + (3 * TLanes.Count));
        TLanes.Store(a4, target + (4 * TLanes.Count));
        TLanes.Store(a5, target + (5 * TLanes.Count));
        TLanes.Store(a6, target + (6 * TLanes.Count));
        TLanes.Store(a7, target + (7 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<TVector, TLanes>(int v, int columns, float* w, float* x, float* start, float* y)
        where TVector : struct
        where TLanes : struct, ILanes<float, TVector>
    {
        float* p0 = At<TVector, TLanes>(w, v, columns), p1 = At<TVector, TLanes>(w, v + 1, columns);
        float* p2 = At<TVector, TLanes>(w, v + 2, columns), p3 = At<TVector, TLanes>(w, v + 3, columns);
        TVector a0 = Start<TVector, TLanes>(start, v), a1 = Start<TVector, TLanes>(start, v + 1);
        TVector a2 = Start<TVector, TLanes>(start, v + 2), a3 = Start<TVector, TLanes>(start, v + 3);
        for (nint i = 0; i < columns; i++)
        {
            TVector b = TLanes.Broadcast(x + i);
            nint at = i * Panel;
            a0 = TLanes.MultiplyAdd(b, TLanes.Load(p0 + at), a0);
            a1 = TLanes.MultiplyAdd(b, TLanes.Load(p1 + at), a1);
            a2 = TLanes.MultiplyAdd(b, TLanes.Load(p2 + at), a2);
            a3 = TLanes.MultiplyAdd(b, TLanes.Load(p3 + at), a3);
        }

        float* target = y + (v * TLanes.Count);
        TLanes.Store(a0, target);
        TLanes.Store(a1, target + TLanes.Count);
        TLanes.Store(a2, target + (2 * TLanes.Count));
        TLanes.Store(a3, target + (3 * TLanes.Count));
    }

    /// <summary>Where register <paramref name="v"/> of the results starts in the panels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* At<TVector, TLanes>(float* w, int v, int columns)
        where TVector : struct
        where TLanes : struct, ILanes<float, TVector>
    {
        int row = v * TLanes.Count;
        return w + ((nint)(row / Panel) * Panel * columns) + (row % Panel);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Start<TVector, TLanes>(float* start, int v)
        where TVector : struct
        where TLanes : struct, ILanes<float, TVector> =>
        start == null ? TLanes.Zero : TLanes.Load(start + (v * TLanes.Count));
}
