using System.Runtime.CompilerServices;

namespace FinML.Torch.Kernels;

/// <summary>
/// The inner loop of <see cref="Gemm"/>: a tile of C of up to 12 rows and one or two registers of columns stays in
/// registers while k runs. A is read through its strides, so that normal, transposed and packed A share a kernel; each
/// element of C is one chain of fused multiply-adds in the order of k, whatever the tile: the tiling never shows in the
/// bits.
/// </summary>
/// <remarks>
/// The rows come in groups of four (<see cref="Four"/>), because the compiler keeps a struct of vectors in registers
/// only while it is flat: nested ones run at a sixth of the speed. How many groups and columns there are is a type
/// parameter, so that each tile is compiled without branches.
/// </remarks>
internal static unsafe class GemmTiles<T, TVector, TLanes>
    where T : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<T, TVector>
{
    /// <summary>C (rows, 2 or 1 registers) = A (rows, k) B (k, columns), for 12, 8, 6 or 1 to 4 rows. The sums start
    /// from <paramref name="start"/>: C itself, one row for all (a stride of 0), or zero where null.</summary>
    internal static void Run(
        int rows, bool wide, int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* start,
        nint startRow, T* c, nint cRow)
    {
        if (wide)
            Run<Size2>(rows, k, a, aRow, aColumn, b, bRow, start, startRow, c, cRow);
        else
            Run<Size1>(rows, k, a, aRow, aColumn, b, bRow, start, startRow, c, cRow);
    }

    private static void Run<TWidth>(
        int rows, int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* start,
        nint startRow, T* c, nint cRow)
        where TWidth : struct, ISize
    {
        switch (rows)
        {
            case 12:
                Tile<Size12, TWidth>(4, k, a, aRow, aColumn, b, bRow, start, startRow, c, cRow);
                break;
            case 8:
                Tile<Size8, TWidth>(4, k, a, aRow, aColumn, b, bRow, start, startRow, c, cRow);
                break;
            case 6:
                Tile<Size6, TWidth>(4, k, a, aRow, aColumn, b, bRow, start, startRow, c, cRow);
                break;
            case >= 1 and <= 4:
                Tile<Size4, TWidth>(rows, k, a, aRow, aColumn, b, bRow, start, startRow, c, cRow);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rows), rows, "A tile has 12, 8, 6 or 1 to 4 rows.");
        }
    }

    /// <summary><typeparamref name="TRows"/> rows, <typeparamref name="TWidth"/> registers wide. Where the first group
    /// has fewer than four, it repeats the last: the same sums are stored there again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TRows, TWidth>(
        int first, int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* start,
        nint startRow, T* c, nint cRow)
        where TRows : struct, ISize
        where TWidth : struct, ISize
    {
        nint last = first - 1, second = Math.Min(1, last), third = Math.Min(2, last);
        nint a1 = second * aRow, a2 = third * aRow, a3 = last * aRow;
        nint c1 = second * cRow, c2 = third * cRow, c3 = last * cRow;
        Four x = default, y = default, z = default;
        if (start is not null)
        {
            nint s1 = second * startRow, s2 = third * startRow, s3 = last * startRow;
            x.Load<TWidth>(TRows.Value, start, s1, s2, s3);
            if (TRows.Value > 4)
                y.Load<TWidth>(TRows.Value - 4, start + (4 * startRow), s1, s2, s3);
            if (TRows.Value > 8)
                z.Load<TWidth>(TRows.Value - 8, start + (8 * startRow), s1, s2, s3);
        }

        T* ay = a + (4 * aRow);
        T* az = a + (8 * aRow);
        for (int p = 0; p < k; p++)
        {
            TVector left = TLanes.Load(b);
            TVector right = TWidth.Value > 1 ? TLanes.Load(b + TLanes.Count) : left;
            x.Add<TWidth>(TRows.Value, a, a1, a2, a3, left, right);
            if (TRows.Value > 4)
            {
                y.Add<TWidth>(TRows.Value - 4, ay, a1, a2, a3, left, right);
                ay += aColumn;
            }

            if (TRows.Value > 8)
            {
                z.Add<TWidth>(TRows.Value - 8, az, a1, a2, a3, left, right);
                az += aColumn;
            }

            a += aColumn;
            b += bRow;
        }

        x.Store<TWidth>(TRows.Value, c, c1, c2, c3);
        if (TRows.Value > 4)
            y.Store<TWidth>(TRows.Value - 4, c + (4 * cRow), c1, c2, c3);
        if (TRows.Value > 8)
            z.Store<TWidth>(TRows.Value - 8, c + (8 * cRow), c1, c2, c3);
    }

    /// <summary>A number that is known when the tile is compiled.</summary>
    private interface ISize
    {
        static abstract int Value { get; }
    }

    private readonly struct Size1 : ISize
    {
        public static int Value => 1;
    }

    private readonly struct Size2 : ISize
    {
        public static int Value => 2;
    }

    private readonly struct Size4 : ISize
    {
        public static int Value => 4;
    }

    private readonly struct Size6 : ISize
    {
        public static int Value => 6;
    }

    private readonly struct Size8 : ISize
    {
        public static int Value => 8;
    }

    private readonly struct Size12 : ISize
    {
        public static int Value => 12;
    }

    /// <summary>Four rows of sums, a left and a right register each; of <c>rows</c>, which the compiler knows, two or
    /// all four are used.</summary>
    private struct Four
    {
        private TVector left0, left1, left2, left3, right0, right1, right2, right3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Load<TWidth>(int rows, T* c, nint c1, nint c2, nint c3)
            where TWidth : struct, ISize
        {
            left0 = TLanes.Load(c);
            left1 = TLanes.Load(c + c1);
            if (rows > 2)
            {
                left2 = TLanes.Load(c + c2);
                left3 = TLanes.Load(c + c3);
            }

            c += TLanes.Count;
            if (TWidth.Value > 1)
            {
                right0 = TLanes.Load(c);
                right1 = TLanes.Load(c + c1);
            }

            if (TWidth.Value > 1 && rows > 2)
            {
                right2 = TLanes.Load(c + c2);
                right3 = TLanes.Load(c + c3);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Add<TWidth>(int rows, T* a, nint a1, nint a2, nint a3, TVector left, TVector right)
            where TWidth : struct, ISize
        {
            TVector factor = TLanes.Broadcast(a);
            left0 = TLanes.MultiplyAdd(factor, left, left0);
            if (TWidth.Value > 1)
                right0 = TLanes.MultiplyAdd(factor, right, right0);
            factor = TLanes.Broadcast(a + a1);
            left1 = TLanes.MultiplyAdd(factor, left, left1);
            if (TWidth.Value > 1)
                right1 = TLanes.MultiplyAdd(factor, right, right1);
            if (rows <= 2)
                return;
            factor = TLanes.Broadcast(a + a2);
            left2 = TLanes.MultiplyAdd(factor, left, left2);
            if (TWidth.Value > 1)
                right2 = TLanes.MultiplyAdd(factor, right, right2);
            factor = TLanes.Broadcast(a + a3);
            left3 = TLanes.MultiplyAdd(factor, left, left3);
            if (TWidth.Value > 1)
                right3 = TLanes.MultiplyAdd(factor, right, right3);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Store<TWidth>(int rows, T* c, nint c1, nint c2, nint c3)
            where TWidth : struct, ISize
        {
            TLanes.Store(left0, c);
            TLanes.Store(left1, c + c1);
            if (rows > 2)
            {
                TLanes.Store(left2, c + c2);
                TLanes.Store(left3, c + c3);
            }

            c += TLanes.Count;
            if (TWidth.Value > 1)
            {
                TLanes.Store(right0, c);
                TLanes.Store(right1, c + c1);
            }

            if (TWidth.Value > 1 && rows > 2)
            {
                TLanes.Store(right2, c + c2);
                TLanes.Store(right3, c + c3);
            }
        }
    }
}
