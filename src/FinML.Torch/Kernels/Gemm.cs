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
    private const int DepthBlock = 256;    // rows of a packed panel of B: a panel of 32 columns fills 32 KiB of L1
    private const int ColumnBlock = 512;   // columns packed at a time: 512 KiB, inside L2
    private const int ReuseForPacking = 48; // rows of A from which copying a widely strided B pays

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
                Blocked<float, Vector512<float>, Lanes512<float>>(12, m, n, k, pa, k, 1, pb, n, 1, pc, n, false);
            else if (bits == 256)
                Blocked<float, Vector256<float>, Lanes256<float>>(4, m, n, k, pa, k, 1, pb, n, 1, pc, n, false);
            else
                Blocked<float, Vector128<float>, Lanes128<float>>(8, m, n, k, pa, k, 1, pb, n, 1, pc, n, false);
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
        else if (Vector512.IsHardwareAccelerated)
        {
            Blocked<T, Vector512<T>, Lanes512<T>>(
                12, m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, accumulate);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Blocked<T, Vector256<T>, Lanes256<T>>(4, m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, accumulate);
        }
        else
        {
            Blocked<T, Vector128<T>, Lanes128<T>>(8, m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, accumulate);
        }
    }

    /// <summary>The product with tiles of at most <paramref name="tileRows"/> rows (12, 8 or 4).</summary>
    private static void Blocked<T, TVector, TLanes>(
        int tileRows, int m, int n, int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, nint bColumn, T* c,
        nint cRow, bool accumulate)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<T, TVector>
    {
        int lanes = TLanes.Count;
        int width = 2 * lanes;

        // A contiguous B is read in place, unless its rows lie so far apart that they fight for few cache sets.
        bool packAll = bColumn != 1 || (m >= ReuseForPacking && bRow * sizeof(T) >= 1024);
        T* scratch = stackalloc T[12 * width];
        for (int j0 = 0; j0 < n; j0 += ColumnBlock)
        {
            int columns = Math.Min(ColumnBlock, n - j0);
            for (int p0 = 0; p0 < k; p0 += DepthBlock)
            {
                int depth = Math.Min(DepthBlock, k - p0);
                bool add = accumulate || p0 > 0;
                T* block = b + (p0 * bRow) + (j0 * bColumn);
                T* aBlock = a + (p0 * aColumn);
                T* packed = null;
                if (packAll || columns % width != 0)
                    packed = GemmPacking.Panels(block, bRow, bColumn, depth, columns, width, lanes, packAll);
                for (int j = 0; j < columns; j += width)
                {
                    int panelColumns = Math.Min(width, columns - j);
                    bool full = panelColumns == width;
                    bool inPlace = full && !packAll;
                    bool wide = panelColumns > lanes;
                    T* panel = inPlace ? block + j : packAll ? packed + ((nint)j * depth) : packed;
                    nint panelRow = inPlace ? bRow : wide ? width : lanes;
                    bool direct = full || panelColumns == lanes;
                    for (int i = 0; i < m;)
                    {
                        int rows = NextTile(m - i, tileRows);
                        T* target = c + (i * cRow) + j0 + j;
                        T* aTile = aBlock + (i * aRow);
                        if (direct)
                        {
                            GemmTiles<T, TVector, TLanes>.Run(
                                rows, wide, depth, aTile, aRow, aColumn, panel, panelRow, target, cRow, add);
                        }
                        else
                        {
                            for (int r = 0; add && r < rows; r++)
                            {
                                new ReadOnlySpan<T>(target + (r * cRow), panelColumns)
                                    .CopyTo(new Span<T>(scratch + (r * width), panelColumns));
                            }

                            GemmTiles<T, TVector, TLanes>.Run(
                                rows, wide, depth, aTile, aRow, aColumn, panel, panelRow, scratch, width, add);
                            for (int r = 0; r < rows; r++)
                            {
                                new ReadOnlySpan<T>(scratch + (r * width), panelColumns)
                                    .CopyTo(new Span<T>(target + (r * cRow), panelColumns));
                            }
                        }

                        i += rows;
                    }
                }
            }
        }
    }

    // 12 rows while that leaves no thin rest: 16 = 8 + 8 and 20 = 12 + 8 beat 12 + 4 and 12 + 4 + 4.
    private static int NextTile(int left, int tileRows) => left switch
    {
        >= 12 when tileRows == 12 && left != 16 && left != 17 => 12,
        >= 8 when tileRows >= 8 => 8,
        >= 4 => 4,
        >= 2 => 2,
        _ => 1,
    };

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
