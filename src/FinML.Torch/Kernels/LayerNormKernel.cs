using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// Layer normalisation of rows (Ba, Kiros and Hinton, 2016): y = (x - mean) / sqrt(var + eps) * w + b with the biased
/// variance, and its gradient.
/// </summary>
internal static unsafe class LayerNormKernel
{
    // Elements of a chunk, about; rows of a chunk depend on the size alone, and so does every sum over rows.
    private const int Chunk = 1 << 14;


    /// <summary>Empty <paramref name="weight"/> and <paramref name="bias"/> mean one and zero.</summary>
    /// <param name="x">(rows, size).</param>
    /// <param name="weight">(size) or empty.</param>
    /// <param name="bias">(size) or empty.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="y">(rows, size), written.</param>
    /// <param name="mean">(rows), written.</param>
    /// <param name="inverse">(rows), 1 / sqrt(var + eps), written.</param>
    internal static void Forward<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, double epsilon, Span<T> y, Span<T> mean,
        Span<T> inverse)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = mean.Length, size = rows == 0 ? 0 : x.Length / rows;
        fixed (T* px = x, pw = weight, pb = bias, py = y, pm = mean, pi = inverse)
        {
            var part = new ForwardPart<T>(rows, size, px, pw, pb, epsilon, py, pm, pi);
            Threads.For(Threads.ChunksOf(rows, ChunkRows(size)), part);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardRows<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, double epsilon, Span<T> y, Span<T> mean,
        Span<T> inverse)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = mean.Length;
        int size = rows == 0 ? 0 : x.Length / rows;
        T count = T.CreateTruncating(size), eps = T.CreateTruncating(epsilon);
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<T> row = x.Slice(r * size, size);
            Span<T> target = y.Slice(r * size, size);
            Vector512<T> sum = Vector512<T>.Zero;
            int i = 0;
            for (; i < size; i += Vector512<T>.Count)
                sum += LanePart.Load(row, i);
            T centre = VectorSum.LanesOf(sum) / count;
            Vector512<T> squares = Vector512<T>.Zero, shift = Vector512.Create(centre);
            int full = size - (size % Vector512<T>.Count);
            for (i = 0; i < full; i += Vector512<T>.Count)
            {
                Vector512<T> d = LanePart.Load(row, i) - shift;
                squares = VectorMath.MultiplyAdd(d, d, squares);
            }

            T spread = VectorSum.LanesOf(squares);
            for (; i < size; i++)
                spread += (row[i] - centre) * (row[i] - centre);
            T scale = T.One / T.Sqrt((spread / count) + eps);
            mean[r] = centre;
            inverse[r] = scale;
            Vector512<T> factor = Vector512.Create(scale);
            for (i = 0; i < size; i += Vector512<T>.Count)
            {
                Vector512<T> value = (LanePart.Load(row, i) - shift) * factor;
                if (!weight.IsEmpty)
                    value *= LanePart.Load(weight, i);
                if (!bias.IsEmpty)
                    value += LanePart.Load(bias, i);
                LanePart.Store(value, target, i);
            }
        }
    }

    /// <summary>
    /// With g = dy w and n = (x - mean) / sd: dx = (g - average(g) - n average(g n)) / sd, dw += sum dy n,
    /// db += sum dy. Empty <paramref name="dWeight"/> or <paramref name="dBias"/> are not wanted.
    /// </summary>
    internal static void Backward<T>(
        ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ReadOnlySpan<T> weight, ReadOnlySpan<T> mean, ReadOnlySpan<T> inverse,
        Span<T> dx, Span<T> dWeight, Span<T> dBias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = mean.Length, size = rows == 0 ? 0 : x.Length / rows;
        int chunks = Threads.ChunksOf(rows, ChunkRows(size));
        if (chunks <= 1)
        {
            BackwardRows(dy, x, weight, mean, inverse, dx, dWeight, dBias);
            return;
        }

        // Each chunk sums dw and db over its rows; the chunks' sums are added in order.
        int length = chunks * size;
        T[] weightSums = BufferPool<T>.Rent(dWeight.IsEmpty ? 0 : length);
        T[] biasSums = BufferPool<T>.Rent(dBias.IsEmpty ? 0 : length);
        fixed (T* pdy = dy, px = x, pw = weight, pm = mean, pi = inverse, pdx = dx, pdw = weightSums, pdb = biasSums)
        {
            var part = new BackwardPart<T>(
                rows, size, pdy, px, pw, pm, pi, dx.IsEmpty ? null : pdx, dWeight.IsEmpty ? null : pdw,
                dBias.IsEmpty ? null : pdb);
            Threads.For(chunks, part);
        }

        if (!dWeight.IsEmpty)
            VectorSum.AddRows<T>(weightSums.AsSpan(0, length), dWeight);
        if (!dBias.IsEmpty)
            VectorSum.AddRows<T>(biasSums.AsSpan(0, length), dBias);
        BufferPool<T>.Return(weightSums);
        BufferPool<T>.Return(biasSums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardRows<T>(
        ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ReadOnlySpan<T> weight, ReadOnlySpan<T> mean, ReadOnlySpan<T> inverse,
        Span<T> dx, Span<T> dWeight, Span<T> dBias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = mean.Length;
        int size = rows == 0 ? 0 : x.Length / rows;
        T count = T.CreateTruncating(size);
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<T> row = x.Slice(r * size, size), above = dy.Slice(r * size, size);
            Vector512<T> shift = Vector512.Create(mean[r]), factor = Vector512.Create(inverse[r]);
            Vector512<T> sum = Vector512<T>.Zero, product = sum;
            for (int i = 0; i < size; i += Vector512<T>.Count)
            {
                // Past the end d and g are zero, whatever n is there.
                Vector512<T> d = LanePart.Load(above, i);
                Vector512<T> g = weight.IsEmpty ? d : d * LanePart.Load(weight, i);
                Vector512<T> n = (LanePart.Load(row, i) - shift) * factor;
                sum += g;
                product = VectorMath.MultiplyAdd(g, n, product);
                if (!dWeight.IsEmpty)
                    LanePart.Store(VectorMath.MultiplyAdd(d, n, LanePart.Load<T>(dWeight, i)), dWeight, i);
                if (!dBias.IsEmpty)
                    LanePart.Store(d + LanePart.Load<T>(dBias, i), dBias, i);
            }

            if (dx.IsEmpty)
                continue;
            Span<T> target = dx.Slice(r * size, size);
            Vector512<T> average = Vector512.Create(VectorSum.LanesOf(sum) / count);
            Vector512<T> averageProduct = Vector512.Create(VectorSum.LanesOf(product) / count);
            for (int i = 0; i < size; i += Vector512<T>.Count)
            {
                Vector512<T> d = LanePart.Load(above, i);
                Vector512<T> g = weight.IsEmpty ? d : d * LanePart.Load(weight, i);
                Vector512<T> n = (LanePart.Load(row, i) - shift) * factor;
                LanePart.Store((g - average - (n * averageProduct)) * factor, target, i);
            }
        }
    }

    private static int ChunkRows(int size) => Math.Max(1, Chunk / Math.Max(size, 1));

    private static Span<T> At<T>(T* start, int from, int count)
        where T : unmanaged => start is null ? default : new Span<T>(start + from, count);

    private readonly struct ForwardPart<T>(
        int rows, int size, T* x, T* weight, T* bias, double epsilon, T* y, T* mean, T* inverse) : IChunks
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int chunk)
        {
            int first = chunk * ChunkRows(size), count = Math.Min(ChunkRows(size), rows - first);
            ForwardRows<T>(
                At(x, first * size, count * size), At(weight, 0, size), At(bias, 0, size), epsilon,
                At(y, first * size, count * size), At(mean, first, count), At(inverse, first, count));
        }
    }

    private readonly struct BackwardPart<T>(
        int rows, int size, T* dy, T* x, T* weight, T* mean, T* inverse, T* dx, T* weightSums, T* biasSums) : IChunks
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int chunk)
        {
            int first = chunk * ChunkRows(size), count = Math.Min(ChunkRows(size), rows - first);
            Span<T> dWeight = At(weightSums, chunk * size, size), dBias = At(biasSums, chunk * size, size);
            dWeight.Clear();
            dBias.Clear();
            BackwardRows<T>(
                At(dy, first * size, count * size), At(x, first * size, count * size), At(weight, 0, size),
                At(mean, first, count), At(inverse, first, count), At(dx, first * size, count * size), dWeight, dBias);
        }
    }
}
