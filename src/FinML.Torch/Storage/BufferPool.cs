using System.Numerics;

namespace FinML.Torch;

/// <summary>
/// Arrays by size class (four to each power of two, so at most a quarter is wasted), one cache a thread: renting takes
/// no lock. What a cache holds is bounded, so memory stays flat; an array over the bound is left to the collector.
/// </summary>
internal static class BufferPool<T> where T : unmanaged
{
    private const int Smallest = 16;
    private const long BytesPerClass = 32L << 20;
    private const int ArraysPerClass = 256;
    private const int Classes = 128;

    [ThreadStatic]
    private static Stack<T[]>?[]? caches;

    internal static unsafe T[] Rent(int length)
    {
        if (length == 0)
        {
            return [];
        }

        int sizeClass = ClassOf(length, out int capacity);
        Stack<T[]>? cache = caches?[sizeClass];
        return cache is { Count: > 0 } ? cache.Pop() : GC.AllocateUninitializedArray<T>(capacity);
    }

    internal static unsafe void Return(T[] items)
    {
        if (items.Length == 0)
        {
            return;
        }

        int sizeClass = ClassOf(items.Length, out int _);
        caches ??= new Stack<T[]>?[Classes];
        Stack<T[]> cache = caches[sizeClass] ??= new Stack<T[]>();
        long limit = Math.Clamp(BytesPerClass / ((long)items.Length * sizeof(T)), 2, ArraysPerClass);
        if (cache.Count < limit)
        {
            cache.Push(items);
        }
    }

    private static int ClassOf(int length, out int capacity)
    {
        if (length <= Smallest)
        {
            capacity = Smallest;
            return 0;
        }

        // length - 1 = 1xx... in binary: the two bits under the leading one choose the quarter.
        int log = BitOperations.Log2((uint)(length - 1));
        int shift = log - 2;
        int quarter = ((length - 1) >> shift) + 1; // 5..8 quarters of 2^(log-2)
        capacity = quarter << shift;
        return ((log - 3) * 4) + (quarter - 4);
    }
}
