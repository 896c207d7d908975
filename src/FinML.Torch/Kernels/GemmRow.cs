using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FinML.Torch.Kernels;

/// <summary>
/// Products of few rows with a B whose columns are contiguous: a weight (out, in) on one observation. Packing B would
/// cost several times the product; here blocks of 4 rows by 8 or 16 columns are turned over in registers. Each element
/// is the same chain of fused multiply-adds in the order of k as in the tiles, so that acting on one observation gives
/// the bits of the batch.
/// </summary>
internal static unsafe class GemmRow
{
    /// <summary>Rows up to which this beats packing.</summary>
    internal const int MaxRows = 4;

    internal static bool IsSupported => Avx.IsSupported && Fma.IsSupported;

    /// <summary>C (m, n) = A (m, k) B (k, n) (+ C); B's rows are 1 apart, its columns <paramref name="bColumn"/>.
    /// </summary>
    internal static void Multiply(
        int m, int n, int k, float* a, nint aRow, nint aColumn, float* b, nint bColumn, float* c, nint cRow,
        bool accumulate)
    {
        for (int i = 0; i < m; i++, a += aRow, c += cRow)
        {
            int done = 0;
            if (Avx512DQ.IsSupported && n >= Turn512.Count)
            {
                done = Row<Vector512<float>, Lanes512<float>, Turn512>(
                    Turn512.Count, n, k, a, aColumn, b, bColumn, c, accumulate);
            }

            Row<Vector256<float>, Lanes256<float>, Turn256>(
                Turn256.Count, n - done, k, a, aColumn, b + (done * bColumn), bColumn, c + done, accumulate);
        }
    }

    /// <summary>One row of C, as far as whole groups of columns go - the rest too where they are the narrow ones.
    /// Gives how many columns are done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Row<TVector, TLanes, TTurn>(
        int group, int n, int k, float* a, nint aColumn, float* b, nint bColumn, float* c, bool accumulate)
        where TVector : struct
        where TLanes : struct, ILanes<float, TVector>
        where TTurn : struct, ITurn<TVector>
    {
        int j = 0;
        nint next = group * bColumn;
        for (; j + (2 * group) <= n; j += 2 * group)
        {
            // Two groups at once: an addition need not wait for the one before it. More would read so many columns
            // side by side that they drive each other out of the first cache.
            float* b0 = b + (j * bColumn), b1 = b0 + next;
            TVector s0 = accumulate ? TLanes.Load(c + j) : TLanes.Zero;
            TVector s1 = accumulate ? TLanes.Load(c + j + group) : TLanes.Zero;
            int p = 0;
            for (; p + 4 <= k; p += 4)
            {
                float* four = a + (p * aColumn);
                Prefetch<TTurn, TVector>(b0, bColumn, p);
                Prefetch<TTurn, TVector>(b1, bColumn, p);
                s0 = AddFour<TVector, TLanes, TTurn>(four, aColumn, b0 + p, bColumn, s0);
                s1 = AddFour<TVector, TLanes, TTurn>(four, aColumn, b1 + p, bColumn, s1);
            }

            TLanes.Store(s0, c + j);
            TLanes.Store(s1, c + j + group);
            AddRest(p, k, 2 * group, a, aColumn, b0, bColumn, c + j);
        }

        for (; j + group <= n; j += group)
        {
            TVector sum = accumulate ? TLanes.Load(c + j) : TLanes.Zero;
            int p = 0;
            for (; p + 4 <= k; p += 4)
                sum = AddFour<TVector, TLanes, TTurn>(a + (p * aColumn), aColumn, b + (j * bColumn) + p, bColumn, sum);
            TLanes.Store(sum, c + j);
            AddRest(p, k, group, a, aColumn, b + (j * bColumn), bColumn, c + j);
        }

        if (group > Turn256.Count)
            return j;
        if (!accumulate)
            new Span<float>(c + j, n - j).Clear();
        AddRest(0, k, n - j, a, aColumn, b + (j * bColumn), bColumn, c + j);
        return n;
    }

    // Each column's next cache line, in the four steps that use up this one: sixteen columns side by side are more than
    // the processor foresees itself.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch<TTurn, TVector>(float* b, nint column, int p)
        where TVector : struct
        where TTurn : struct, ITurn<TVector>
    {
        const int line = 16;
        float* ahead = b + (((p >> 2) & 3) * (TTurn.Width / 4) * column) + p + (2 * line);
        Sse.Prefetch0(ahead);
        Sse.Prefetch0(ahead + column);
        if (TTurn.Width > 8)
        {
            Sse.Prefetch0(ahead + (2 * column));
            Sse.Prefetch0(ahead + (3 * column));
        }
    }

    /// <summary>sum + four rows of B times four elements of A.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddFour<TVector, TLanes, TTurn>(
        float* a, nint aColumn, float* b, nint column, TVector sum)
        where TVector : struct
        where TLanes : struct, ILanes<float, TVector>
        where TTurn : struct, ITurn<TVector>
    {
        TVector c0 = TTurn.Columns(b, column), c1 = TTurn.Columns(b + column, column);
        TVector c2 = TTurn.Columns(b + (2 * column), column), c3 = TTurn.Columns(b + (3 * column), column);
        TVector even0 = TTurn.Low(c0, c2), even1 = TTurn.High(c0, c2);
        TVector odd0 = TTurn.Low(c1, c3), odd1 = TTurn.High(c1, c3);
        sum = TLanes.MultiplyAdd(TLanes.Broadcast(a), TTurn.Low(even0, odd0), sum);
        sum = TLanes.MultiplyAdd(TLanes.Broadcast(a + aColumn), TTurn.High(even0, odd0), sum);
        sum = TLanes.MultiplyAdd(TLanes.Broadcast(a + (2 * aColumn)), TTurn.Low(even1, odd1), sum);
        return TLanes.MultiplyAdd(TLanes.Broadcast(a + (3 * aColumn)), TTurn.High(even1, odd1), sum);
    }

    // Rows p .. k of B, which are no full four, or columns that fill no register.
    private static void AddRest(
        int from, int k, int columns, float* a, nint aColumn, float* b, nint bColumn, float* c)
    {
        for (int j = 0; from < k && j < columns; j++)
        {
            float sum = c[j];
            for (int p = from; p < k; p++)
                sum = MathF.FusedMultiplyAdd(a[p * aColumn], b[(j * bColumn) + p], sum);
            c[j] = sum;
        }
    }

    /// <summary>Four contiguous elements of many columns become four vectors of one row each: transpositions of 4 by 4
    /// inside quarters of a register.</summary>
    private interface ITurn<TVector>
    {
        /// <summary>Columns side by side.</summary>
        static abstract int Width { get; }

        /// <summary>Quarter q holds four elements of column 4 q.</summary>
        static abstract TVector Columns(float* b, nint column);

        /// <summary>The lower halves of the quarters, interleaved.</summary>
        static abstract TVector Low(TVector a, TVector b);

        /// <summary>The upper halves.</summary>
        static abstract TVector High(TVector a, TVector b);
    }

    private readonly struct Turn256 : ITurn<Vector256<float>>
    {
        internal const int Count = 8;

        public static int Width => Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Columns(float* b, nint column) =>
            Vector256.Create(Vector128.Load(b), Vector128.Load(b + (4 * column)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Low(Vector256<float> a, Vector256<float> b) => Avx.UnpackLow(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> High(Vector256<float> a, Vector256<float> b) => Avx.UnpackHigh(a, b);
    }

    private readonly struct Turn512 : ITurn<Vector512<float>>
    {
        internal const int Count = 16;

        public static int Width => Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Columns(float* b, nint column)
        {
            Vector512<float> all = Vector128.Load(b).ToVector256Unsafe().ToVector512Unsafe();
            all = Avx512DQ.InsertVector128(all, Vector128.Load(b + (4 * column)), 1);
            all = Avx512DQ.InsertVector128(all, Vector128.Load(b + (8 * column)), 2);
            return Avx512DQ.InsertVector128(all, Vector128.Load(b + (12 * column)), 3);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Low(Vector512<float> a, Vector512<float> b) => Avx512F.UnpackLow(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> High(Vector512<float> a, Vector512<float> b) => Avx512F.UnpackHigh(a, b);
    }
}
