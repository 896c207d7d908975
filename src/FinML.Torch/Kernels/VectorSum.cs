using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// Sums in a fixed order: 32 (16 for double) running lanes inside blocks of 4096, blocks combined pairwise. The order,
/// and so the bits, depend on the length alone; the error grows like log n (Higham, "The accuracy of floating point
/// summation", SIAM J. Sci. Comput. 1993).
/// </summary>
internal static unsafe class VectorSum
{
    private const int Block = 4096;
    private const int Piece = 16 * Block;
    private const int ColumnsOfThread = 64; // a multiple of four registers: the last columns are the last chunk's
    private const int FewestForThreads = 1 << 18; // some 20 microseconds

    /// <summary>x_1 + ... + x_n, zero where empty.</summary>
    internal static float Sum(ReadOnlySpan<float> x) => SumOf(x);

    /// <inheritdoc cref="Sum(ReadOnlySpan{float})"/>
    internal static double Sum(ReadOnlySpan<double> x) => SumOf(x);

    /// <summary>The sum in either precision.</summary>
    internal static T SumOf<T>(ReadOnlySpan<T> x)
        where T : unmanaged
    {
        if (x.Length < FewestForThreads || Threads.Count == 1)
            return Tree(x, default, Block);

        // The pieces are whole branches of the tree: it is the same tree for any number of threads.
        int pieces = Threads.ChunksOf(x.Length, Piece);
        T[] sums = BufferPool<T>.Rent(pieces);
        fixed (T* source = x, target = sums)
            Threads.For(pieces, new PieceSums<T>(source, x.Length, target));
        T total = Tree(x, sums, Piece);
        BufferPool<T>.Return(sums);
        return total;
    }

    // Pairwise, down to leaves of a given length: of those the sums are in leaves, or are to be computed.
    private static T Tree<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> leaves, int leaf)
        where T : unmanaged
    {
        if (x.Length <= leaf)
        {
            return !leaves.IsEmpty ? leaves[0]
                : typeof(T) == typeof(float)
                ? Unsafe.BitCast<float, T>(BlockSum(MemoryMarshal.Cast<T, float>(x)))
                : Unsafe.BitCast<double, T>(BlockSum(MemoryMarshal.Cast<T, double>(x)));
        }

        int half = SplitAt(x.Length);
        T left = Tree(x[..half], leaves, leaf);
        T right = Tree(x[half..], leaves.IsEmpty ? leaves : leaves[(half / leaf)..], leaf);
        return typeof(T) == typeof(float)
            ? Unsafe.BitCast<float, T>(Unsafe.BitCast<T, float>(left) + Unsafe.BitCast<T, float>(right))
            : Unsafe.BitCast<double, T>(Unsafe.BitCast<T, double>(left) + Unsafe.BitCast<T, double>(right));
    }

    private readonly struct ColumnSums<T>(T* source, int length, T* target, int columns) : IChunks
        where T : unmanaged
    {
        public void Run(int chunk)
        {
            int from = chunk * ColumnsOfThread;
            AddRows(
                new ReadOnlySpan<T>(source, length), new Span<T>(target, columns), from,
                Math.Min(columns, from + ColumnsOfThread));
        }
    }

    private readonly struct PieceSums<T>(T* source, int length, T* target) : IChunks
        where T : unmanaged
    {
        public void Run(int chunk)
        {
            int from = chunk * Piece;
            target[chunk] = Tree(
                new ReadOnlySpan<T>(source + from, Math.Min(Piece, length - from)), default, Block);
        }
    }

    /// <summary>x_1^2 + ... + x_n^2, each block in float32 lanes, blocks added in float64.</summary>
    internal static double SumOfSquares(ReadOnlySpan<float> x)
    {
        double total = 0;
        for (int i = 0; i < x.Length; i += Block)
            total += BlockSumOfSquares(x.Slice(i, Math.Min(Block, x.Length - i)));
        return total;
    }

    /// <inheritdoc cref="SumOfSquares(ReadOnlySpan{float})"/>
    internal static double SumOfSquares(ReadOnlySpan<double> x)
    {
        double total = 0;
        foreach (double value in x)
            total = Math.FusedMultiplyAdd(value, value, total);
        return total;
    }

    /// <summary>target_j += x_1j + ... + x_nj, in the order of rows; x (rows, columns) with columns = target's length.
    /// </summary>
    internal static void AddRows<T>(ReadOnlySpan<T> x, Span<T> target)
        where T : unmanaged
    {
        if (x.Length < FewestForThreads || target.Length < 2 * ColumnsOfThread)
        {
            AddRows(x, target, 0, target.Length);
            return;
        }

        fixed (T* source = x, sums = target)
        {
            Threads.For(
                Threads.ChunksOf(target.Length, ColumnsOfThread),
                new ColumnSums<T>(source, x.Length, sums, target.Length));
        }
    }

    // Columns j .. end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows<T>(ReadOnlySpan<T> x, Span<T> target, int j, int end)
        where T : unmanaged
    {
        int columns = target.Length, lanes = Vector512<T>.Count;
        int rows = columns == 0 ? 0 : x.Length / columns;
        ref T start = ref MemoryMarshal.GetReference(x);
        for (; j + (4 * lanes) <= end; j += 4 * lanes)
        {
            // Four registers of columns: an addition need not wait for the one before it.
            Vector512<T> s0 = Vector512.Create<T>(target[j..]), s1 = Vector512.Create<T>(target[(j + lanes)..]);
            Vector512<T> s2 = Vector512.Create<T>(target[(j + (2 * lanes))..]);
            Vector512<T> s3 = Vector512.Create<T>(target[(j + (3 * lanes))..]);
            nuint at = (nuint)j, lane = (nuint)lanes;
            for (int i = 0; i < rows; i++, at += (nuint)columns)
            {
                s0 += Vector512.LoadUnsafe(ref start, at);
                s1 += Vector512.LoadUnsafe(ref start, at + lane);
                s2 += Vector512.LoadUnsafe(ref start, at + (2 * lane));
                s3 += Vector512.LoadUnsafe(ref start, at + (3 * lane));
            }

            s0.CopyTo(target[j..]);
            s1.CopyTo(target[(j + lanes)..]);
            s2.CopyTo(target[(j + (2 * lanes))..]);
            s3.CopyTo(target[(j + (3 * lanes))..]);
        }

        for (; j < end; j += lanes)
        {
            // Whole registers while they end inside x: what they hold past their row is not stored.
            Vector512<T> sum = LanePart.Load<T>(target, j);
            int i = 0;
            for (; i < rows && (i * columns) + j + lanes <= x.Length; i++)
                sum += Vector512.LoadUnsafe(ref start, (nuint)((i * columns) + j));
            for (; i < rows; i++)
                sum += LanePart.Load(x.Slice(i * columns, columns), j);
            LanePart.Store(sum, target, j);
        }
    }

    /// <summary>The sum of sixteen lanes, halves onto halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Lanes(Vector512<float> v)
    {
        Vector256<float> h = v.GetLower() + v.GetUpper();
        Vector128<float> q = h.GetLower() + h.GetUpper();
        return q[0] + q[2] + (q[1] + q[3]);
    }

    /// <summary>The sum of eight lanes, halves onto halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Lanes(Vector512<double> v)
    {
        Vector256<double> h = v.GetLower() + v.GetUpper();
        Vector128<double> q = h.GetLower() + h.GetUpper();
        return q[0] + q[1];
    }

    /// <summary>The sum of the lanes in either precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T LanesOf<T>(Vector512<T> v)
        where T : unmanaged =>
        typeof(T) == typeof(float)
            ? Unsafe.BitCast<float, T>(Lanes(v.AsSingle()))
            : Unsafe.BitCast<double, T>(Lanes(v.AsDouble()));

    // The largest multiple of a block that is a power of two of blocks and at least half of the whole.
    private static int SplitAt(int length)
    {
        int half = Block;
        while (half < length - half)
            half *= 2;
        return half;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float BlockSum(ReadOnlySpan<float> x)
    {
        ref float start = ref MemoryMarshal.GetReference(x);
        Vector512<float> s0 = Vector512<float>.Zero, s1 = s0;
        int i = 0;
        for (; i + 32 <= x.Length; i += 32)
        {
            s0 += Vector512.LoadUnsafe(ref start, (nuint)i);
            s1 += Vector512.LoadUnsafe(ref start, (nuint)(i + 16));
        }

        float sum = Lanes(s0 + s1);
        for (; i < x.Length; i++)
            sum += x[i];
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double BlockSum(ReadOnlySpan<double> x)
    {
        ref double start = ref MemoryMarshal.GetReference(x);
        Vector512<double> s0 = Vector512<double>.Zero, s1 = s0;
        int i = 0;
        for (; i + 16 <= x.Length; i += 16)
        {
            s0 += Vector512.LoadUnsafe(ref start, (nuint)i);
            s1 += Vector512.LoadUnsafe(ref start, (nuint)(i + 8));
        }

        double sum = Lanes(s0 + s1);
        for (; i < x.Length; i++)
            sum += x[i];
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double BlockSumOfSquares(ReadOnlySpan<float> x)
    {
        ref float start = ref MemoryMarshal.GetReference(x);
        Vector512<float> s0 = Vector512<float>.Zero, s1 = s0;
        int i = 0;
        for (; i + 32 <= x.Length; i += 32)
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref start, (nuint)i);
            Vector512<float> b = Vector512.LoadUnsafe(ref start, (nuint)(i + 16));
            s0 = Vector512.FusedMultiplyAdd(a, a, s0);
            s1 = Vector512.FusedMultiplyAdd(b, b, s1);
        }

        double sum = Lanes(s0 + s1);
        for (; i < x.Length; i++)
            sum += (double)x[i] * x[i];
        return sum;
    }
}
