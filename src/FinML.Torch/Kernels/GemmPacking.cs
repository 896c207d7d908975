using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FinML.Torch.Kernels;

/// <summary>Copies panels of B, or of A turned over, into scratch memory of the thread, in the order in which the tiles
/// read them.</summary>
internal static unsafe class GemmPacking
{
    /// <summary>Which scratch memory: a thread that reads packed columns of B may pack rows of A.</summary>
    internal const int ForA = 0, ForB = 1;

    /// <summary>Bytes behind a panel of 12 columns that packing it may overwrite.</summary>
    internal const int Overrun = 16;

    private const int Alignment = 64;
    private const int Slice = 16; // rows of B that a thread copies at a time

    [ThreadStatic]
    private static byte[]?[]? scratch;

    /// <summary>
    /// Panels of <paramref name="width"/> columns, one after another, each (depth, width) row-major; the last one is
    /// padded with zeros to <paramref name="lanes"/> or <paramref name="width"/> columns. Only that last, incomplete
    /// one where <paramref name="all"/> is false.
    /// </summary>
    internal static T* Panels<T>(
        T* b, nint bRow, nint bColumn, int depth, int columns, int width, int lanes, bool all, bool threads)
        where T : unmanaged
    {
        int panels = (columns + width - 1) / width;
        T* start = (T*)Rent((long)(all ? panels : 1) * width * depth * sizeof(T), ForB);
        if (all && bColumn == 1)
        {
            var rows = new Rows<T>(b, bRow, depth, columns, width, lanes, start);
            int slices = Threads.ChunksOf(depth, Slice);
            if (threads)
            {
                Threads.For(slices, rows);
                return start;
            }

            for (int slice = 0; slice < slices; slice++)
                rows.Run(slice);
            return start;
        }

        var part = new Part<T>(b, bRow, bColumn, depth, columns, width, lanes, all ? 0 : panels - 1, start);
        if (threads && all)
        {
            Threads.For(panels, part);
            return start;
        }

        for (int panel = 0; panel < (all ? panels : 1); panel++)
            part.Run(panel);
        return start;
    }

    /// <summary>target (depth, padded) = source (depth, used) of any strides, with zeros behind; where padded is 12,
    /// up to <see cref="Overrun"/> bytes behind the target are overwritten.</summary>
    internal static void Panel<T>(T* source, nint row, nint column, int depth, int used, int padded, T* target)
        where T : unmanaged
    {
        if (column == 1)
            CopyRows(source, row, depth, used, padded, target);
        else if (typeof(T) == typeof(float) && row == 1 && padded == 12 && used == 12 && depth % 4 == 0 &&
            Avx512F.IsSupported)
            TransposeTwelve((float*)source, column, depth, (float*)target);
        else if (typeof(T) == typeof(float) && row == 1 && Vector256.IsHardwareAccelerated)
            TransposeSingle((float*)source, column, depth, used, padded, (float*)target);
        else
            CopyElements(source, row, column, depth, 0, used, padded, target);
    }

    /// <summary>At least <paramref name="bytes"/> of this thread's scratch memory, aligned to 64 bytes.</summary>
    internal static void* Rent(long bytes, int use)
    {
        ref byte[]? memory = ref (scratch ??= new byte[2][])[use];
        if (memory is null || memory.Length < bytes + Alignment)
        {
            int length = checked((int)Math.Max(bytes + Alignment, 1 << 16));
            memory = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        }

        nint address = (nint)Unsafe.AsPointer(ref memory[0]);
        return (void*)((address + Alignment - 1) & ~(nint)(Alignment - 1));
    }

    // A chunk is a panel.
    private readonly struct Part<T>(
        T* b, nint bRow, nint bColumn, int depth, int columns, int width, int lanes, int firstPanel, T* start) : IChunks
        where T : unmanaged
    {
        public void Run(int chunk)
        {
            int first = (firstPanel + chunk) * width, used = Math.Min(width, columns - first);
            Panel(
                b + (first * bColumn), bRow, bColumn, depth, used, used > lanes ? width : lanes,
                start + ((nint)chunk * width * depth));
        }
    }

    // A chunk is a slice of rows, each read from end to end: panel by panel, every piece would wait for memory.
    private readonly struct Rows<T>(T* b, nint bRow, int depth, int columns, int width, int lanes, T* start) : IChunks
        where T : unmanaged
    {
        public void Run(int chunk)
        {
            int from = chunk * Slice, to = Math.Min(from + Slice, depth);
            int rest = columns % width, full = columns - rest, padded = rest > lanes ? width : lanes;
            nint panel = (nint)depth * width * sizeof(T), bytes = width * sizeof(T);
            for (int p = from; p < to; p++)
            {
                byte* source = (byte*)(b + (p * bRow)), end = source + ((nint)full * sizeof(T));
                for (byte* target = (byte*)start + (p * bytes); source < end; source += bytes, target += panel)
                    Copy(source, target, bytes);
            }

            if (rest > 0)
            {
                T* last = start + ((nint)full * depth) + ((nint)from * padded);
                CopyRows(b + (from * bRow) + full, bRow, to - from, rest, padded, last);
            }
        }
    }

    // Both registers of a panel's row: 128, 64 or 32 bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(byte* source, byte* target, nint bytes)
    {
        if (Vector512.IsHardwareAccelerated && bytes == 128)
        {
            Vector512<byte> left = Vector512.Load(source), right = Vector512.Load(source + 64);
            left.Store(target);
            right.Store(target + 64);
            return;
        }

        for (nint i = 0; i < bytes; i += 32)
            Vector256.Load(source + i).Store(target + i);
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

        if (used - blockColumns >= 4)
        {
            int fours = depth & ~3;
            float* corner = target + blockColumns;
            for (int p = 0; p < fours; p += 4)
                Transpose4x4(source + (blockColumns * column) + p, column, corner + ((nint)p * padded), padded);
            CopyElements(
                source + fours, 1, column, depth - fours, blockColumns, blockColumns + 4, padded,
                target + ((nint)fours * padded));
            blockColumns += 4;
        }

        if (blockColumns < padded)
            CopyElements(source, 1, column, depth, blockColumns, used, padded, target);
    }

    // Twelve rows of A, four columns at a time: rows 0 to 3, 4 to 7 and 8 to 11 in quarters of a register. Each store
    // writes 16 elements, the last four of which the next one overwrites.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeTwelve(float* source, nint column, int depth, float* target)
    {
        float* middle = source + (4 * column);
        float* low = source + (8 * column);
        nint second = column, third = 2 * column, fourth = 3 * column;
        for (int p = 0; p < depth; p += 4, target += 48)
        {
            Vector512<float> a = Twelve(source + p, middle + p, low + p);
            Vector512<float> b = Twelve(source + p + second, middle + p + second, low + p + second);
            Vector512<float> c = Twelve(source + p + third, middle + p + third, low + p + third);
            Vector512<float> d = Twelve(source + p + fourth, middle + p + fourth, low + p + fourth);
            Vector512<float> ac = Avx512F.UnpackLow(a, c), bd = Avx512F.UnpackLow(b, d);
            Avx512F.UnpackLow(ac, bd).Store(target);
            Avx512F.UnpackHigh(ac, bd).Store(target + 12);
            ac = Avx512F.UnpackHigh(a, c);
            bd = Avx512F.UnpackHigh(b, d);
            Avx512F.UnpackLow(ac, bd).Store(target + 24);
            Avx512F.UnpackHigh(ac, bd).Store(target + 36);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Twelve(float* top, float* middle, float* low) =>
        Avx512F.InsertVector128(
            Vector256.Create(Vector128.Load(top), Vector128.Load(middle)).ToVector512Unsafe(), Vector128.Load(low), 2);

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

    /// <summary>target (4, 4) = source (4, 4) transposed; the strides are those of rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4x4(float* source, nint sourceRow, float* target, nint targetRow)
    {
        Vector128<float> r0 = Vector128.Load(source), r1 = Vector128.Load(source + sourceRow);
        Vector128<float> r2 = Vector128.Load(source + (2 * sourceRow)), r3 = Vector128.Load(source + (3 * sourceRow));
        Vector128<float> s0 = Sse.UnpackLow(r0, r2), s1 = Sse.UnpackHigh(r0, r2);
        Vector128<float> t0 = Sse.UnpackLow(r1, r3), t1 = Sse.UnpackHigh(r1, r3);
        Sse.UnpackLow(s0, t0).Store(target);
        Sse.UnpackHigh(s0, t0).Store(target + targetRow);
        Sse.UnpackLow(s1, t1).Store(target + (2 * targetRow));
        Sse.UnpackHigh(s1, t1).Store(target + (3 * targetRow));
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
        Avx.UnpackLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> InterleaveHigh(Vector256<float> a, Vector256<float> b) =>
        Avx.UnpackHigh(a, b);
}
