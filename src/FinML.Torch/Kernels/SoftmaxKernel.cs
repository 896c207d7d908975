using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>Softmax and its logarithm along contiguous rows, shifted by the row's maximum.</summary>
internal static unsafe class SoftmaxKernel
{
    private const int Chunk = 1 << 13; // elements, about: some 10 microseconds

    /// <summary>As <see cref="Forward"/>, the rows divided among threads.</summary>
    internal static void ForwardOnThreads<T>(int rows, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => OnThreads(rows, x, y, logarithm: false);

    /// <summary>As <see cref="LogForward"/>, the rows divided among threads.</summary>
    internal static void LogForwardOnThreads<T>(int rows, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => OnThreads(rows, x, y, logarithm: true);

    private static void OnThreads<T>(int rows, ReadOnlySpan<T> x, Span<T> y, bool logarithm)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = rows == 0 ? 0 : x.Length / rows, chunk = Math.Max(1, Chunk / Math.Max(size, 1));
        fixed (T* source = x, target = y)
            Threads.For(Threads.ChunksOf(rows, chunk), new Part<T>(rows, size, chunk, source, target, logarithm));
    }

    private readonly struct Part<T>(int rows, int size, int chunkRows, T* x, T* y, bool logarithm) : IChunks
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int chunk)
        {
            int first = chunk * chunkRows, count = Math.Min(chunkRows, rows - first);
            ReadOnlySpan<T> from = new(x + ((nint)first * size), count * size);
            Span<T> to = new(y + ((nint)first * size), count * size);
            if (logarithm)
                LogForward(count, from, to);
            else
                Forward(count, from, to);
        }
    }


    /// <summary>y = e^(x - max) / sum; x and y (rows, size).</summary>
    internal static void Forward<T>(int rows, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = rows == 0 ? 0 : x.Length / rows;
        for (int r = 0; r < rows; r++)
        {
            Span<T> target = y.Slice(r * size, size);
            T sum = ExpShifted(x.Slice(r * size, size), target, out _);
            Vector512<T> factor = Vector512.Create(T.One / sum);
            for (int i = 0; i < size; i += Vector512<T>.Count)
                LanePart.Store(LanePart.Load<T>(target, i) * factor, target, i);
        }
    }

    /// <summary>y = x - max - log sum e^(x - max); x and y (rows, size).</summary>
    internal static void LogForward<T>(int rows, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = rows == 0 ? 0 : x.Length / rows;
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<T> row = x.Slice(r * size, size);
            Span<T> target = y.Slice(r * size, size);
            T sum = ExpShifted(row, target, out T largest);
            Vector512<T> shift = Vector512.Create(largest), log = Vector512.Create(T.Log(sum));
            for (int i = 0; i < size; i += Vector512<T>.Count)
                LanePart.Store(LanePart.Load(row, i) - shift - log, target, i);
        }
    }

    /// <summary>Writes e^(x - max) and returns its sum; a row with NaN is NaN throughout, as is one of +infinity. The
    /// spans may be the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T ExpShifted<T>(ReadOnlySpan<T> x, Span<T> y, out T largest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        largest = Largest(x);
        Vector512<T> shift = Vector512.Create(largest), sum = Vector512<T>.Zero;
        int i = 0;
        for (; i + Vector512<T>.Count <= x.Length; i += Vector512<T>.Count)
        {
            Vector512<T> value = VectorMath.ExpOf(LanePart.Load(x, i) - shift);
            LanePart.Store(value, y, i);
            sum += value;
        }

        if (i < x.Length)
        {
            LanePart.Store(VectorMath.ExpOf(LanePart.Load(x, i) - shift), y, i);
            sum += LanePart.Load<T>(y, i);
        }

        return VectorSum.LanesOf(sum);
    }

    // NaN where there is one: the vector's maximum keeps it.
    private static T Largest<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector512<T> most = Vector512.Create(T.NegativeInfinity);
        int i = 0;
        for (; i + Vector512<T>.Count <= x.Length; i += Vector512<T>.Count)
            most = Vector512.Max(most, LanePart.Load(x, i));
        T largest = T.NegativeInfinity;
        for (int lane = 0; lane < Vector512<T>.Count && i > 0; lane++)
            largest = T.Max(largest, most[lane]);
        for (; i < x.Length; i++)
            largest = T.Max(largest, x[i]);
        return largest;
    }
}
