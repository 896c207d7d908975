using System.Numerics;
using System.Runtime.InteropServices;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>Elementwise loops over contiguous tensors that are long enough for several threads.</summary>
internal static class ElementwiseChunks
{
    // Some 20 microseconds of work: an addition takes 0.15 ns an element, a function such as tanh 0.6.
    private const int FewestOfArithmetic = 1 << 17, FewestOfFunction = 1 << 15;
    private const int Arithmetic = 1 << 15, Function = 1 << 13;

    /// <summary>target = op(a, b).</summary>
    internal static void VectorVector<TOp, T>(Tensor a, Tensor b, Tensor target)
        where TOp : struct, IBinaryOperation
        where T : unmanaged, INumber<T>
    {
        int length = target.Count;
        if (length < FewestOfArithmetic)
        {
            Elementwise.VectorVector<TOp, T>(a.Span<T>(), b.Span<T>(), target.Span<T>());
            return;
        }

        Threads.For(
            Threads.ChunksOf(length, Arithmetic),
            new Pairs<TOp, T>(
                length, a.Items<T>(), a.Offset, b.Items<T>(), b.Offset, target.Items<T>(), target.Offset));
    }

    /// <summary>target = op(a, b) with one b for all.</summary>
    internal static void VectorScalar<TOp, T>(Tensor a, T b, Tensor target)
        where TOp : struct, IBinaryOperation
        where T : unmanaged, INumber<T>
    {
        int length = target.Count;
        if (length < FewestOfArithmetic)
        {
            Elementwise.VectorScalar<TOp, T>(a.Span<T>(), b, target.Span<T>());
            return;
        }

        Threads.For(
            Threads.ChunksOf(length, Arithmetic),
            new Singles<TOp, T>(length, a.Items<T>(), a.Offset, b, target.Items<T>(), target.Offset));
    }

    /// <summary>target = op(a, b) where all elements of a are one, as in the gradient of a sum; false where they are
    /// not, or b is not contiguous.</summary>
    internal static bool ScalarVector<TOp, T>(Tensor a, Tensor b, Tensor target)
        where TOp : struct, IBinaryOperation
        where T : unmanaged, INumber<T>
    {
        int length = target.Count;
        if (length == 0 || a.Count == 0 || b.Count != length || !b.IsContiguous || !target.IsContiguous)
            return false;
        for (int axis = 0; axis < a.Sizes.Length; axis++)
        {
            if (a.Sizes[axis] > 1 && a.Strides[axis] != 0)
                return false;
        }

        T[] same = BufferPool<T>.Rent(Math.Min(length, Arithmetic));
        same.AsSpan(0, Math.Min(length, Arithmetic)).Fill(a.Items<T>()[a.Offset]);
        var chunks = new Repeated<TOp, T>(length, same, b.Items<T>(), b.Offset, target.Items<T>(), target.Offset);
        int count = Threads.ChunksOf(length, Arithmetic);
        if (length >= FewestOfArithmetic)
            Threads.For(count, chunks);
        for (int chunk = 0; length < FewestOfArithmetic && chunk < count; chunk++)
            chunks.Run(chunk);
        BufferPool<T>.Return(same);
        return true;
    }

    /// <summary>y = op(x); they may be the same.</summary>
    internal static void Unary<TOp, T>(Tensor x, Tensor y)
        where TOp : struct, IUnaryOperation
        where T : unmanaged
    {
        int length = y.Count;
        if (length < FewestOfFunction)
        {
            Apply<TOp, T>(x.Span<T>(), y.Span<T>());
            return;
        }

        Threads.For(
            Threads.ChunksOf(length, Function),
            new Functions<TOp, T>(length, x.Items<T>(), x.Offset, y.Items<T>(), y.Offset));
    }

    private static void Apply<TOp, T>(ReadOnlySpan<T> x, Span<T> y)
        where TOp : struct, IUnaryOperation
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            TOp.Apply(MemoryMarshal.Cast<T, float>(x), MemoryMarshal.Cast<T, float>(y));
        else
            TOp.Apply(MemoryMarshal.Cast<T, double>(x), MemoryMarshal.Cast<T, double>(y));
    }

    private readonly struct Pairs<TOp, T>(int length, T[] a, int aFrom, T[] b, int bFrom, T[] c, int cFrom) : IChunks
        where TOp : struct, IBinaryOperation
        where T : unmanaged, INumber<T>
    {
        public void Run(int chunk)
        {
            int from = chunk * Arithmetic, count = Math.Min(Arithmetic, length - from);
            Elementwise.VectorVector<TOp, T>(
                a.AsSpan(aFrom + from, count), b.AsSpan(bFrom + from, count), c.AsSpan(cFrom + from, count));
        }
    }

    private readonly struct Repeated<TOp, T>(int length, T[] same, T[] b, int bFrom, T[] c, int cFrom) : IChunks
        where TOp : struct, IBinaryOperation
        where T : unmanaged, INumber<T>
    {
        public void Run(int chunk)
        {
            int from = chunk * Arithmetic, count = Math.Min(Arithmetic, length - from);
            Elementwise.VectorVector<TOp, T>(
                same.AsSpan(0, count), b.AsSpan(bFrom + from, count), c.AsSpan(cFrom + from, count));
        }
    }

    private readonly struct Singles<TOp, T>(int length, T[] a, int aFrom, T b, T[] c, int cFrom) : IChunks
        where TOp : struct, IBinaryOperation
        where T : unmanaged, INumber<T>
    {
        public void Run(int chunk)
        {
            int from = chunk * Arithmetic, count = Math.Min(Arithmetic, length - from);
            Elementwise.VectorScalar<TOp, T>(a.AsSpan(aFrom + from, count), b, c.AsSpan(cFrom + from, count));
        }
    }

    private readonly struct Functions<TOp, T>(int length, T[] x, int xFrom, T[] y, int yFrom) : IChunks
        where TOp : struct, IUnaryOperation
        where T : unmanaged
    {
        public void Run(int chunk)
        {
            int from = chunk * Function, count = Math.Min(Function, length - from);
            Apply<TOp, T>(x.AsSpan(xFrom + from, count), y.AsSpan(yFrom + from, count));
        }
    }
}
