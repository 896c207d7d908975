using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>Copies panels of B into scratch memory of the thread, in the order in which the tiles read them.</summary>
internal static unsafe class GemmPacking
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static byte[]? scratch;

    /// <summary>
    /// Panels of <paramref name="width"/> columns, one after another, each (depth, width) row-major; the last one is
    /// padded with zeros to <paramref name="lanes"/> or <paramref name="width"/> columns. Only that last, incomplete
    /// one where <paramref name="all"/> is false.
    /// </summary>
    internal static T* Panels<T>(
        T* b, nint bRow, nint bColumn, int depth, int columns, int width, int lanes, bool all)
        where T : unmanaged
    {
        int panels = (columns + width - 1) / width;
        T* start = (T*)Rent((long)(all ? panels : 1) * width * depth * sizeof(T));
        T* target = start;
        for (int panel = all ? 0 : panels - 1; panel < panels; panel++)
        {
            int first = panel * width;
            int used = Math.Min(width, columns - first);
            int padded = used > lanes ? width : lanes;
            T* source = b + (first * bColumn);
            if (bColumn == 1)
                CopyRows(source, bRow, depth, used, padded, target);
            else if (typeof(T) == typeof(float) && bRow == 1 && Vector256.IsHardwareAccelerated)
                TransposeSingle((float*)source, bColumn, depth, used, padded, (float*)target);
            else
                CopyElements(source, bRow, bColumn, depth, 0, used, padded, target);
            target += (nint)width * depth;
        }

        return start;
    }

    /// <summary>At least <paramref name="bytes"/> of this thread's scratch memory, aligned to 64 bytes.</summary>
    internal static void* Rent(long bytes)
    {
        if (scratch is null || scratch.Length < bytes + Alignment)
        {
            int length = checked((int)Math.Max(bytes + Alignment, 1 << 16));
            scratch = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        }

        nint address = (nint)Unsafe.AsPointer(ref scratch[0]);
        return (void*)((address + Alignment - 1) & ~(nint)(Alignment - 1));
    }

    private static void CopyRows<T>(T* source, nint row, int depth, int used, int padded, T* target)
        where T : unmanaged
    {
        for (int p = 0; p < depth; p++, source += row, target += padded)
        {
            new ReadOnlySpan<T>(source, used).CopyTo(new Span<T>(target, used));
            if (used < padded)
                new Span<T>(target + used, padded - used).Clear();
        }
    }

    private static void CopyElements<T>(
        T* source, nint row, nint column, int depth, int from, int used, int padded, T* target)
        where T : unmanaged
    {
        for (int p = 0; p < depth; p++)
        {
            for (int j = from; j < used; j++)
                target[(p * padded) + j] = source[(p * row) + (j * column)];
            if (used < padded)
                new Span<T>(target + (p * padded) + used, padded - used).Clear();
        }
    }

    // Columns of B are contiguous: blocks of 8 by 8 are transposed in registers, the rest element by element.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeSingle(float* source, nint column, int depth, int used, int padded, float* target)
    {
        int blockColumns = used & ~7;
        int blockDepth = depth & ~7;
        for (int j = 0; j < blockColumns; j += 8)
        {
            for (int p = 0; p < blockDepth; p += 8)
                Transpose8x8(source + (j * column) + p, column, target + ((nint)p * padded) + j, padded);
            for (int p = blockDepth; p < depth; p++)
            {
                for (int q = 0; q < 8; q++)
                    target[((nint)p * padded) + j + q] = source[((j + q) * column) + p];
            }
        }

        if (blockColumns < padded)
            CopyElements(source, 1, column, depth, blockColumns, used, padded, target);
    }

    /// <summary>target (8, 8) = source (8, 8) transposed; the strides are those of rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8x8(float* source, nint sourceRow, float* target, nint targetRow)
    {
        Vector256<float> r0 = Pair(source, sourceRow, 0), r1 = Pair(source, sourceRow, 1);
        Vector256<float> r2 = Pair(source, sourceRow, 2), r3 = Pair(source, sourceRow, 3);
        Transpose4x4Twice(ref r0, ref r1, ref r2, ref r3);
        Vector256<float> s0 = Pair(source + 4, sourceRow, 0), s1 = Pair(source + 4, sourceRow, 1);
        Vector256<float> s2 = Pair(source + 4, sourceRow, 2), s3 = Pair(source + 4, sourceRow, 3);
        Transpose4x4Twice(ref s0, ref s1, ref s2, ref s3);
        r0.Store(target);
        r1.Store(target + targetRow);
        r2.Store(target + (2 * targetRow));
        r3.Store(target + (3 * targetRow));
        s0.Store(target + (4 * targetRow));
        s1.Store(target + (5 * targetRow));
        s2.Store(target + (6 * targetRow));
        s3.Store(target + (7 * targetRow));
    }

    // Row i in the low half, row i + 4 in the high half: the 4 by 4 transpositions then stay inside halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(float* source, nint row, int i) =>
        Vector256.Create(Vector128.Load(source + (i * row)), Vector128.Load(source + ((i + 4) * row)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4x4Twice(
        ref Vector256<float> a, ref Vector256<float> b, ref Vector256<float> c, ref Vector256<float> d)
    {
        Vector256<float> ac0 = InterleaveLow(a, c), ac1 = InterleaveHigh(a, c);
        Vector256<float> bd0 = InterleaveLow(b, d), bd1 = InterleaveHigh(b, d);
        a = InterleaveLow(ac0, bd0);
        b = InterleaveHigh(ac0, bd0);
        c = InterleaveLow(ac1, bd1);
        d = InterleaveHigh(ac1, bd1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> InterleaveLow(Vector256<float> a, Vector256<float> b) =>
        System.Runtime.Intrinsics.X86.Avx.UnpackLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> InterleaveHigh(Vector256<float> a, Vector256<float> b) =>
        System.Runtime.Intrinsics.X86.Avx.UnpackHigh(a, b);
}
