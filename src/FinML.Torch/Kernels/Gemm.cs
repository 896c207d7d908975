using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// General matrix product C = A B (+ C) for any strides of A and B, after Goto and van de Geijn, "Anatomy of
/// high-performance matrix multiplication" (ACM TOMS 2008): register tiles over panels of B that stay in cache.
/// Each element of C is one chain of fused multiply-adds over k, so that the bits of a row depend neither on the other
/// rows, nor on how many there are, nor on the width of the vector unit.
/// </summary>
internal static unsafe class Gemm
{
    /// <summary>C (m, n) = A (m, k) B (k, n), plus C where <paramref name="accumulate"/>.</summary>
    /// <remarks>Strides count elements; C is row-major with <paramref name="cRowStride"/> at least n. With k = 0 the
    /// result is zero (or C). C must not overlap A or B.</remarks>
    internal static void Multiply(
        int m, int n, int k, ReadOnlySpan<float> a, int aRowStride, int aColumnStride,
        ReadOnlySpan<float> b, int bRowStride, int bColumnStride, Span<float> c, int cRowStride, bool accumulate) =>
        MultiplyOf(m, n, k, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride, accumulate);

    /// <summary>The product in either precision.</summary>
    internal static void MultiplyOf<T>(
        int m, int n, int k, ReadOnlySpan<T> a, int aRowStride, int aColumnStride,
        ReadOnlySpan<T> b, int bRowStride, int bColumnStride, Span<T> c, int cRowStride, bool accumulate)
        where T : unmanaged
    {
        Check(m, n, k, a.Length, aRowStride, aColumnStride, b.Length, bRowStride, bColumnStride, c.Length, cRowStride);
        fixed (T* pa = a, pb = b, pc = c)
        {
            Dispatch(m, n, k, pa, aRowStride, aColumnStride, pb, bRowStride, bColumnStride, pc, cRowStride, accumulate);
        }
    }

    /// <summary>The product of contiguous A and B in registers of 128, 256 or 512 bits, whatever the machine has.
    /// </summary>
    internal static void MultiplyAtWidth(
        int bits, int m, int n, int k, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c)
    {
        Check(m, n, k, a.Length, k, 1, b.Length, n, 1, c.Length, n);
        fixed (float* pa = a, pb = b, pc = c)
        {
            if (bits == 512)
                GemmBlocks<float, Vector512<float>, Lanes512<float>>.Multiply(
                    12, m, n, k, pa, k, 1, pb, n, 1, pc, n, false);
            else if (bits == 256)
                GemmBlocks<float, Vector256<float>, Lanes256<float>>.Multiply(
                    6, m, n, k, pa, k, 1, pb, n, 1, pc, n, false);
            else
                GemmBlocks<float, Vector128<float>, Lanes128<float>>.Multiply(
                    8, m, n, k, pa, k, 1, pb, n, 1, pc, n, false);
        }
    }

    /// <summary>C (m, n) = A (m, k) B (k, n), plus C where <paramref name="accumulate"/>.</summary>
    internal static void Multiply(
        int m, int n, int k, ReadOnlySpan<double> a, int aRowStride, int aColumnStride,
        ReadOnlySpan<double> b, int bRowStride, int bColumnStride, Span<double> c, int cRowStride, bool accumulate) =>
        MultiplyOf(m, n, k, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride, accumulate);

    private static void Dispatch<T>(
        int m, int n, int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, nint bColumn, T* c, nint cRow,
        bool accumulate)
        where T : unmanaged
    {
        if (m == 0 || n == 0)
            return;
        if (k == 0)
        {
            for (int i = 0; i < m && !accumulate; i++)
                new Span<T>(c + (i * cRow), n).Clear();
        }
        else if (n <= GemmNarrow.MaxColumns)
        {
            GemmNarrow.Multiply(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, accumulate);
        }
        else if (typeof(T) == typeof(float) && m <= GemmRow.MaxRows && bRow == 1 && GemmRow.IsSupported)
        {
            GemmRow.Multiply(
                m, n, k, (float*)a, aRow, aColumn, (float*)b, bColumn, (float*)c, cRow, accumulate);
        }
        else if (Vector512.IsHardwareAccelerated)
        {
            GemmBlocks<T, Vector512<T>, Lanes512<T>>.Multiply(
                12, m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, accumulate);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            GemmBlocks<T, Vector256<T>, Lanes256<T>>.Multiply(
                6, m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, accumulate);
        }
        else
        {
            GemmBlocks<T, Vector128<T>, Lanes128<T>>.Multiply(
                8, m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, accumulate);
        }
    }

    private static void Check(
        int m, int n, int k, int aLength, int aRow, int aColumn, int bLength, int bRow, int bColumn, int cLength,
        int cRow)
    {
        if (m < 0 || n < 0 || k < 0)
            throw new ArgumentException($"A product of ({m}, {k}) by ({k}, {n}) has a negative size.");
        if (m == 0 || n == 0)
            return;
        long aLast = k == 0 ? -1 : ((m - 1L) * aRow) + ((k - 1L) * aColumn);
        long bLast = k == 0 ? -1 : ((k - 1L) * bRow) + ((n - 1L) * bColumn);
        long cLast = ((m - 1L) * cRow) + n - 1;
        if (aRow < 0 || aColumn < 0 || bRow < 0 || bColumn < 0 || (m > 1 && cRow < n))
            throw new ArgumentException($"Strides A ({aRow}, {aColumn}), B ({bRow}, {bColumn}), C {cRow} do not fit.");
        if (aLast >= aLength || bLast >= bLength || cLast >= cLength)
        {
            throw new ArgumentException(
                $"({m}, {k}) by ({k}, {n}) needs {aLast + 1}, {bLast + 1} and {cLast + 1} elements; " +
                $"the spans have {aLength}, {bLength} and {cLength}.");
        }
    }
}
