using System.Runtime.CompilerServices;

namespace FinML.Torch.Kernels;

/// <summary>
/// The inner loops of <see cref="Gemm"/>: a tile of C of 1 to 12 rows and one or two registers of columns stays in
/// registers while k runs. A is read through its strides, so that normal and transposed A share a kernel; each element
/// of C is one chain of fused multiply-adds in the order of k, whatever the tile: the tiling never shows in the bits.
/// The rows are written out because only named locals live in registers.
/// </summary>
internal static unsafe class GemmTiles<T, TVector, TLanes>
    where T : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<T, TVector>
{
    /// <summary>
    /// C (rows, 2 or 1 registers) = A (rows, k) B (k, columns) (+ C), for 12, 8, 4, 2 or 1 rows.
    /// </summary>
    internal static void Run(
        int rows, bool wide, int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool accumulate)
    {
        switch (rows, wide)
        {
            case (12, true):
                Tile12x2(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate);
                break;
            case (8, true):
                Tile8x2(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate);
                break;
            case (4, true):
                Tile4x2(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate);
                break;
            case (2, true):
                Tile2x2(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate);
                break;
            case (1, true):
                Tile1x2(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate);
                break;
            case (12, false):
                Tile12x1(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate);
                break;
            case (8, false):
                Tile8x1(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate);
                break;
            case (4, false):
                Tile4x1(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate);
                break;
            case (2, false):
                Tile2x1(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate);
                break;
            case (1, false):
                Tile1x1(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rows), rows, "A tile has 12, 8, 4, 2 or 1 rows.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile12x2(
        int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool accumulate)
    {
        int lanes = TLanes.Count;
        TVector x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11;
        TVector y0, y1, y2, y3, y4, y5, y6, y7, y8, y9, y10, y11;
        if (accumulate)
        {
            x0 = TLanes.Load(c);
            y0 = TLanes.Load(c + lanes);
            x1 = TLanes.Load(c + cRow);
            y1 = TLanes.Load(c + cRow + lanes);
            x2 = TLanes.Load(c + (2 * cRow));
            y2 = TLanes.Load(c + (2 * cRow) + lanes);
            x3 = TLanes.Load(c + (3 * cRow));
            y3 = TLanes.Load(c + (3 * cRow) + lanes);
            x4 = TLanes.Load(c + (4 * cRow));
            y4 = TLanes.Load(c + (4 * cRow) + lanes);
            x5 = TLanes.Load(c + (5 * cRow));
            y5 = TLanes.Load(c + (5 * cRow) + lanes);
            x6 = TLanes.Load(c + (6 * cRow));
            y6 = TLanes.Load(c + (6 * cRow) + lanes);
            x7 = TLanes.Load(c + (7 * cRow));
            y7 = TLanes.Load(c + (7 * cRow) + lanes);
            x8 = TLanes.Load(c + (8 * cRow));
            y8 = TLanes.Load(c + (8 * cRow) + lanes);
            x9 = TLanes.Load(c + (9 * cRow));
            y9 = TLanes.Load(c + (9 * cRow) + lanes);
            x10 = TLanes.Load(c + (10 * cRow));
            y10 = TLanes.Load(c + (10 * cRow) + lanes);
            x11 = TLanes.Load(c + (11 * cRow));
            y11 = TLanes.Load(c + (11 * cRow) + lanes);
        }
        else
        {
            x0 = x1 = x2 = x3 = x4 = x5 = x6 = x7 = x8 = x9 = x10 = x11 = TLanes.Zero;
            y0 = y1 = y2 = y3 = y4 = y5 = y6 = y7 = y8 = y9 = y10 = y11 = TLanes.Zero;
        }

        T* a3 = a + (3 * aRow);
        T* a6 = a + (6 * aRow);
        T* a9 = a + (9 * aRow);
        nint aRow2 = 2 * aRow;
        for (int p = 0; p < k; p++)
        {
            TVector bx = TLanes.Load(b);
            TVector by = TLanes.Load(b + lanes);
            TVector ai = TLanes.Broadcast(a);
            x0 = TLanes.MultiplyAdd(ai, bx, x0);
            y0 = TLanes.MultiplyAdd(ai, by, y0);
            ai = TLanes.Broadcast(a + aRow);
            x1 = TLanes.MultiplyAdd(ai, bx, x1);
            y1 = TLanes.MultiplyAdd(ai, by, y1);
            ai = TLanes.Broadcast(a + aRow2);
            x2 = TLanes.MultiplyAdd(ai, bx, x2);
            y2 = TLanes.MultiplyAdd(ai, by, y2);
            ai = TLanes.Broadcast(a3);
            x3 = TLanes.MultiplyAdd(ai, bx, x3);
            y3 = TLanes.MultiplyAdd(ai, by, y3);
            ai = TLanes.Broadcast(a3 + aRow);
            x4 = TLanes.MultiplyAdd(ai, bx, x4);
            y4 = TLanes.MultiplyAdd(ai, by, y4);
            ai = TLanes.Broadcast(a3 + aRow2);
            x5 = TLanes.MultiplyAdd(ai, bx, x5);
            y5 = TLanes.MultiplyAdd(ai, by, y5);
            ai = TLanes.Broadcast(a6);
            x6 = TLanes.MultiplyAdd(ai, bx, x6);
            y6 = TLanes.MultiplyAdd(ai, by, y6);
            ai = TLanes.Broadcast(a6 + aRow);
            x7 = TLanes.MultiplyAdd(ai, bx, x7);
            y7 = TLanes.MultiplyAdd(ai, by, y7);
            ai = TLanes.Broadcast(a6 + aRow2);
            x8 = TLanes.MultiplyAdd(ai, bx, x8);
            y8 = TLanes.MultiplyAdd(ai, by, y8);
            ai = TLanes.Broadcast(a9);
            x9 = TLanes.MultiplyAdd(ai, bx, x9);
            y9 = TLanes.MultiplyAdd(ai, by, y9);
            ai = TLanes.Broadcast(a9 + aRow);
            x10 = TLanes.MultiplyAdd(ai, bx, x10);
            y10 = TLanes.MultiplyAdd(ai, by, y10);
            ai = TLanes.Broadcast(a9 + aRow2);
            x11 = TLanes.MultiplyAdd(ai, bx, x11);
            y11 = TLanes.MultiplyAdd(ai, by, y11);
            a += aColumn;
            a3 += aColumn;
            a6 += aColumn;
            a9 += aColumn;
            b += bRow;
        }

        TLanes.Store(x0, c);
        TLanes.Store(y0, c + lanes);
        TLanes.Store(x1, c + cRow);
        TLanes.Store(y1, c + cRow + lanes);
        TLanes.Store(x2, c + (2 * cRow));
        TLanes.Store(y2, c + (2 * cRow) + lanes);
        TLanes.Store(x3, c + (3 * cRow));
        TLanes.Store(y3, c + (3 * cRow) + lanes);
        TLanes.Store(x4, c + (4 * cRow));
        TLanes.Store(y4, c + (4 * cRow) + lanes);
        TLanes.Store(x5, c + (5 * cRow));
        TLanes.Store(y5, c + (5 * cRow) + lanes);
        TLanes.Store(x6, c + (6 * cRow));
        TLanes.Store(y6, c + (6 * cRow) + lanes);
        TLanes.Store(x7, c + (7 * cRow));
        TLanes.Store(y7, c + (7 * cRow) + lanes);
        TLanes.Store(x8, c + (8 * cRow));
        TLanes.Store(y8, c + (8 * cRow) + lanes);
        TLanes.Store(x9, c + (9 * cRow));
        TLanes.Store(y9, c + (9 * cRow) + lanes);
        TLanes.Store(x10, c + (10 * cRow));
        TLanes.Store(y10, c + (10 * cRow) + lanes);
        TLanes.Store(x11, c + (11 * cRow));
        TLanes.Store(y11, c + (11 * cRow) + lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x2(
        int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool accumulate)
    {
        int lanes = TLanes.Count;
        TVector x0, x1, x2, x3, x4, x5, x6, x7;
        TVector y0, y1, y2, y3, y4, y5, y6, y7;
        if (accumulate)
        {
            x0 = TLanes.Load(c);
            y0 = TLanes.Load(c + lanes);
            x1 = TLanes.Load(c + cRow);
            y1 = TLanes.Load(c + cRow + lanes);
            x2 = TLanes.Load(c + (2 * cRow));
            y2 = TLanes.Load(c + (2 * cRow) + lanes);
            x3 = TLanes.Load(c + (3 * cRow));
            y3 = TLanes.Load(c + (3 * cRow) + lanes);
            x4 = TLanes.Load(c + (4 * cRow));
            y4 = TLanes.Load(c + (4 * cRow) + lanes);
            x5 = TLanes.Load(c + (5 * cRow));
            y5 = TLanes.Load(c + (5 * cRow) + lanes);
            x6 = TLanes.Load(c + (6 * cRow));
            y6 = TLanes.Load(c + (6 * cRow) + lanes);
            x7 = TLanes.Load(c + (7 * cRow));
            y7 = TLanes.Load(c + (7 * cRow) + lanes);
        }
        else
        {
            x0 = x1 = x2 = x3 = x4 = x5 = x6 = x7 = TLanes.Zero;
            y0 = y1 = y2 = y3 = y4 = y5 = y6 = y7 = TLanes.Zero;
        }

        T* a3 = a + (3 * aRow);
        T* a6 = a + (6 * aRow);
        nint aRow2 = 2 * aRow;
        for (int p = 0; p < k; p++)
        {
            TVector bx = TLanes.Load(b);
            TVector by = TLanes.Load(b + lanes);
            TVector ai = TLanes.Broadcast(a);
            x0 = TLanes.MultiplyAdd(ai, bx, x0);
            y0 = TLanes.MultiplyAdd(ai, by, y0);
            ai = TLanes.Broadcast(a + aRow);
            x1 = TLanes.MultiplyAdd(ai, bx, x1);
            y1 = TLanes.MultiplyAdd(ai, by, y1);
            ai = TLanes.Broadcast(a + aRow2);
            x2 = TLanes.MultiplyAdd(ai, bx, x2);
            y2 = TLanes.MultiplyAdd(ai, by, y2);
            ai = TLanes.Broadcast(a3);
            x3 = TLanes.MultiplyAdd(ai, bx, x3);
            y3 = TLanes.MultiplyAdd(ai, by, y3);
            ai = TLanes.Broadcast(a3 + aRow);
            x4 = TLanes.MultiplyAdd(ai, bx, x4);
            y4 = TLanes.MultiplyAdd(ai, by, y4);
            ai = TLanes.Broadcast(a3 + aRow2);
            x5 = TLanes.MultiplyAdd(ai, bx, x5);
            y5 = TLanes.MultiplyAdd(ai, by, y5);
            ai = TLanes.Broadcast(a6);
            x6 = TLanes.MultiplyAdd(ai, bx, x6);
            y6 = TLanes.MultiplyAdd(ai, by, y6);
            ai = TLanes.Broadcast(a6 + aRow);
            x7 = TLanes.MultiplyAdd(ai, bx, x7);
            y7 = TLanes.MultiplyAdd(ai, by, y7);
            a += aColumn;
            a3 += aColumn;
            a6 += aColumn;
            b += bRow;
        }

        TLanes.Store(x0, c);
        TLanes.Store(y0, c + lanes);
        TLanes.Store(x1, c + cRow);
        TLanes.Store(y1, c + cRow + lanes);
        TLanes.Store(x2, c + (2 * cRow));
        TLanes.Store(y2, c + (2 * cRow) + lanes);
        TLanes.Store(x3, c + (3 * cRow));
        TLanes.Store(y3, c + (3 * cRow) + lanes);
        TLanes.Store(x4, c + (4 * cRow));
        TLanes.Store(y4, c + (4 * cRow) + lanes);
        TLanes.Store(x5, c + (5 * cRow));
        TLanes.Store(y5, c + (5 * cRow) + lanes);
        TLanes.Store(x6, c + (6 * cRow));
        TLanes.Store(y6, c + (6 * cRow) + lanes);
        TLanes.Store(x7, c + (7 * cRow));
        TLanes.Store(y7, c + (7 * cRow) + lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x2(
        int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool accumulate)
    {
        int lanes = TLanes.Count;
        TVector x0, x1, x2, x3;
        TVector y0, y1, y2, y3;
        if (accumulate)
        {
            x0 = TLanes.Load(c);
            y0 = TLanes.Load(c + lanes);
            x1 = TLanes.Load(c + cRow);
            y1 = TLanes.Load(c + cRow + lanes);
            x2 = TLanes.Load(c + (2 * cRow));
            y2 = TLanes.Load(c + (2 * cRow) + lanes);
            x3 = TLanes.Load(c + (3 * cRow));
            y3 = TLanes.Load(c + (3 * cRow) + lanes);
        }
        else
        {
            x0 = x1 = x2 = x3 = TLanes.Zero;
            y0 = y1 = y2 = y3 = TLanes.Zero;
        }

        T* a3 = a + (3 * aRow);
        nint aRow2 = 2 * aRow;
        for (int p = 0; p < k; p++)
        {
            TVector bx = TLanes.Load(b);
            TVector by = TLanes.Load(b + lanes);
            TVector ai = TLanes.Broadcast(a);
            x0 = TLanes.MultiplyAdd(ai, bx, x0);
            y0 = TLanes.MultiplyAdd(ai, by, y0);
            ai = TLanes.Broadcast(a + aRow);
            x1 = TLanes.MultiplyAdd(ai, bx, x1);
            y1 = TLanes.MultiplyAdd(ai, by, y1);
            ai = TLanes.Broadcast(a + aRow2);
            x2 = TLanes.MultiplyAdd(ai, bx, x2);
            y2 = TLanes.MultiplyAdd(ai, by, y2);
            ai = TLanes.Broadcast(a3);
            x3 = TLanes.MultiplyAdd(ai, bx, x3);
            y3 = TLanes.MultiplyAdd(ai, by, y3);
            a += aColumn;
            a3 += aColumn;
            b += bRow;
        }

        TLanes.Store(x0, c);
        TLanes.Store(y0, c + lanes);
        TLanes.Store(x1, c + cRow);
        TLanes.Store(y1, c + cRow + lanes);
        TLanes.Store(x2, c + (2 * cRow));
        TLanes.Store(y2, c + (2 * cRow) + lanes);
        TLanes.Store(x3, c + (3 * cRow));
        TLanes.Store(y3, c + (3 * cRow) + lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x2(
        int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool accumulate)
    {
        int lanes = TLanes.Count;
        TVector x0, x1;
        TVector y0, y1;
        if (accumulate)
        {
            x0 = TLanes.Load(c);
            y0 = TLanes.Load(c + lanes);
            x1 = TLanes.Load(c + cRow);
            y1 = TLanes.Load(c + cRow + lanes);
        }
        else
        {
            x0 = x1 = TLanes.Zero;
            y0 = y1 = TLanes.Zero;
        }

        for (int p = 0; p < k; p++)
        {
            TVector bx = TLanes.Load(b);
            TVector by = TLanes.Load(b + lanes);
            TVector ai = TLanes.Broadcast(a);
            x0 = TLanes.MultiplyAdd(ai, bx, x0);
            y0 = TLanes.MultiplyAdd(ai, by, y0);
            ai = TLanes.Broadcast(a + aRow);
            x1 = TLanes.MultiplyAdd(ai, bx, x1);
            y1 = TLanes.MultiplyAdd(ai, by, y1);
            a += aColumn;
            b += bRow;
        }

        TLanes.Store(x0, c);
        TLanes.Store(y0, c + lanes);
        TLanes.Store(x1, c + cRow);
        TLanes.Store(y1, c + cRow + lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x2(
        int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool accumulate)
    {
        int lanes = TLanes.Count;
        TVector x0;
        TVector y0;
        if (accumulate)
        {
            x0 = TLanes.Load(c);
            y0 = TLanes.Load(c + lanes);
        }
        else
        {
            x0 = TLanes.Zero;
            y0 = TLanes.Zero;
        }

        for (int p = 0; p < k; p++)
        {
            TVector bx = TLanes.Load(b);
            TVector by = TLanes.Load(b + lanes);
            TVector ai = TLanes.Broadcast(a);
            x0 = TLanes.MultiplyAdd(ai, bx, x0);
            y0 = TLanes.MultiplyAdd(ai, by, y0);
            a += aColumn;
            b += bRow;
        }

        TLanes.Store(x0, c);
        TLanes.Store(y0, c + lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile12x1(
        int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool accumulate)
    {
        TVector x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11;
        if (accumulate)
        {
            x0 = TLanes.Load(c);
            x1 = TLanes.Load(c + cRow);
            x2 = TLanes.Load(c + (2 * cRow));
            x3 = TLanes.Load(c + (3 * cRow));
            x4 = TLanes.Load(c + (4 * cRow));
            x5 = TLanes.Load(c + (5 * cRow));
            x6 = TLanes.Load(c + (6 * cRow));
            x7 = TLanes.Load(c + (7 * cRow));
            x8 = TLanes.Load(c + (8 * cRow));
            x9 = TLanes.Load(c + (9 * cRow));
            x10 = TLanes.Load(c + (10 * cRow));
            x11 = TLanes.Load(c + (11 * cRow));
        }
        else
        {
            x0 = x1 = x2 = x3 = x4 = x5 = x6 = x7 = x8 = x9 = x10 = x11 = TLanes.Zero;
        }

        T* a3 = a + (3 * aRow);
        T* a6 = a + (6 * aRow);
        T* a9 = a + (9 * aRow);
        nint aRow2 = 2 * aRow;
        for (int p = 0; p < k; p++)
        {
            TVector bx = TLanes.Load(b);
            TVector ai = TLanes.Broadcast(a);
            x0 = TLanes.MultiplyAdd(ai, bx, x0);
            ai = TLanes.Broadcast(a + aRow);
            x1 = TLanes.MultiplyAdd(ai, bx, x1);
            ai = TLanes.Broadcast(a + aRow2);
            x2 = TLanes.MultiplyAdd(ai, bx, x2);
            ai = TLanes.Broadcast(a3);
            x3 = TLanes.MultiplyAdd(ai, bx, x3);
            ai = TLanes.Broadcast(a3 + aRow);
            x4 = TLanes.MultiplyAdd(ai, bx, x4);
            ai = TLanes.Broadcast(a3 + aRow2);
            x5 = TLanes.MultiplyAdd(ai, bx, x5);
            ai = TLanes.Broadcast(a6);
            x6 = TLanes.MultiplyAdd(ai, bx, x6);
            ai = TLanes.Broadcast(a6 + aRow);
            x7 = TLanes.MultiplyAdd(ai, bx, x7);
            ai = TLanes.Broadcast(a6 + aRow2);
            x8 = TLanes.MultiplyAdd(ai, bx, x8);
            ai = TLanes.Broadcast(a9);
            x9 = TLanes.MultiplyAdd(ai, bx, x9);
            ai = TLanes.Broadcast(a9 + aRow);
            x10 = TLanes.MultiplyAdd(ai, bx, x10);
            ai = TLanes.Broadcast(a9 + aRow2);
            x11 = TLanes.MultiplyAdd(ai, bx, x11);
            a += aColumn;
            a3 += aColumn;
            a6 += aColumn;
            a9 += aColumn;
            b += bRow;
        }

        TLanes.Store(x0, c);
        TLanes.Store(x1, c + cRow);
        TLanes.Store(x2, c + (2 * cRow));
        TLanes.Store(x3, c + (3 * cRow));
        TLanes.Store(x4, c + (4 * cRow));
        TLanes.Store(x5, c + (5 * cRow));
        TLanes.Store(x6, c + (6 * cRow));
        TLanes.Store(x7, c + (7 * cRow));
        TLanes.Store(x8, c + (8 * cRow));
        TLanes.Store(x9, c + (9 * cRow));
        TLanes.Store(x10, c + (10 * cRow));
        TLanes.Store(x11, c + (11 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x1(
        int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool accumulate)
    {
        TVector x0, x1, x2, x3, x4, x5, x6, x7;
        if (accumulate)
        {
            x0 = TLanes.Load(c);
            x1 = TLanes.Load(c + cRow);
            x2 = TLanes.Load(c + (2 * cRow));
            x3 = TLanes.Load(c + (3 * cRow));
            x4 = TLanes.Load(c + (4 * cRow));
            x5 = TLanes.Load(c + (5 * cRow));
            x6 = TLanes.Load(c + (6 * cRow));
            x7 = TLanes.Load(c + (7 * cRow));
        }
        else
        {
            x0 = x1 = x2 = x3 = x4 = x5 = x6 = x7 = TLanes.Zero;
        }

        T* a3 = a + (3 * aRow);
        T* a6 = a + (6 * aRow);
        nint aRow2 = 2 * aRow;
        for (int p = 0; p < k; p++)
        {
            TVector bx = TLanes.Load(b);
            TVector ai = TLanes.Broadcast(a);
            x0 = TLanes.MultiplyAdd(ai, bx, x0);
            ai = TLanes.Broadcast(a + aRow);
            x1 = TLanes.MultiplyAdd(ai, bx, x1);
            ai = TLanes.Broadcast(a + aRow2);
            x2 = TLanes.MultiplyAdd(ai, bx, x2);
            ai = TLanes.Broadcast(a3);
            x3 = TLanes.MultiplyAdd(ai, bx, x3);
            ai = TLanes.Broadcast(a3 + aRow);
            x4 = TLanes.MultiplyAdd(ai, bx, x4);
            ai = TLanes.Broadcast(a3 + aRow2);
            x5 = TLanes.MultiplyAdd(ai, bx, x5);
            ai = TLanes.Broadcast(a6);
            x6 = TLanes.MultiplyAdd(ai, bx, x6);
            ai = TLanes.Broadcast(a6 + aRow);
            x7 = TLanes.MultiplyAdd(ai, bx, x7);
            a += aColumn;
            a3 += aColumn;
            a6 += aColumn;
            b += bRow;
        }

        TLanes.Store(x0, c);
        TLanes.Store(x1, c + cRow);
        TLanes.Store(x2, c + (2 * cRow));
        TLanes.Store(x3, c + (3 * cRow));
        TLanes.Store(x4, c + (4 * cRow));
        TLanes.Store(x5, c + (5 * cRow));
        TLanes.Store(x6, c + (6 * cRow));
        TLanes.Store(x7, c + (7 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x1(
        int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool accumulate)
    {
        TVector x0, x1, x2, x3;
        if (accumulate)
        {
            x0 = TLanes.Load(c);
            x1 = TLanes.Load(c + cRow);
            x2 = TLanes.Load(c + (2 * cRow));
            x3 = TLanes.Load(c + (3 * cRow));
        }
        else
        {
            x0 = x1 = x2 = x3 = TLanes.Zero;
        }

        T* a3 = a + (3 * aRow);
        nint aRow2 = 2 * aRow;
        for (int p = 0; p < k; p++)
        {
            TVector bx = TLanes.Load(b);
            TVector ai = TLanes.Broadcast(a);
            x0 = TLanes.MultiplyAdd(ai, bx, x0);
            ai = TLanes.Broadcast(a + aRow);
            x1 = TLanes.MultiplyAdd(ai, bx, x1);
            ai = TLanes.Broadcast(a + aRow2);
            x2 = TLanes.MultiplyAdd(ai, bx, x2);
            ai = TLanes.Broadcast(a3);
            x3 = TLanes.MultiplyAdd(ai, bx, x3);
            a += aColumn;
            a3 += aColumn;
            b += bRow;
        }

        TLanes.Store(x0, c);
        TLanes.Store(x1, c + cRow);
        TLanes.Store(x2, c + (2 * cRow));
        TLanes.Store(x3, c + (3 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x1(
        int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool accumulate)
    {
        TVector x0, x1;
        if (accumulate)
        {
            x0 = TLanes.Load(c);
            x1 = TLanes.Load(c + cRow);
        }
        else
        {
            x0 = x1 = TLanes.Zero;
        }

        for (int p = 0; p < k; p++)
        {
            TVector bx = TLanes.Load(b);
            TVector ai = TLanes.Broadcast(a);
            x0 = TLanes.MultiplyAdd(ai, bx, x0);
            ai = TLanes.Broadcast(a + aRow);
            x1 = TLanes.MultiplyAdd(ai, bx, x1);
            a += aColumn;
            b += bRow;
        }

        TLanes.Store(x0, c);
        TLanes.Store(x1, c + cRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x1(
        int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool accumulate)
    {
        TVector x0;
        if (accumulate)
        {
            x0 = TLanes.Load(c);
        }
        else
        {
            x0 = TLanes.Zero;
        }

        for (int p = 0; p < k; p++)
        {
            TVector bx = TLanes.Load(b);
            TVector ai = TLanes.Broadcast(a);
            x0 = TLanes.MultiplyAdd(ai, bx, x0);
            a += aColumn;
            b += bRow;
        }

        TLanes.Store(x0, c);
    }
}
