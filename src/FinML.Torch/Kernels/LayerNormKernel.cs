using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// Layer normalisation of rows (Ba, Kiros and Hinton, 2016), of a residual too: with s = x + added, y = (s - mean) /
/// sqrt(var + eps) * w + b with the biased variance, and its gradient.
/// </summary>
/// <remarks>Rows are taken in groups and each step is done for a whole group: within a row each step waits for a sum
/// over lanes, those of different rows run side by side.</remarks>
internal static unsafe class LayerNormKernel
{
    // Elements of a chunk, about; rows of a chunk depend on the size alone, and so does every sum over rows.
    private const int Chunk = 1 << 14;

    /// <summary>Empty <paramref name="weight"/> and <paramref name="bias"/> mean one and zero.</summary>
    /// <param name="x">(rows, size).</param>
    /// <param name="added">(rows, size), or empty for zero.</param>
    /// <param name="weight">(size) or empty.</param>
    /// <param name="bias">(size) or empty.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="y">(rows, size), written.</param>
    /// <param name="mean">(rows), written.</param>
    /// <param name="inverse">(rows), 1 / sqrt(var + eps), written.</param>
    internal static void Forward<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> added, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, double epsilon,
        Span<T> y, Span<T> mean, Span<T> inverse)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = mean.Length, size = rows == 0 ? 0 : x.Length / rows;
        fixed (T* px = x, pa = added, pw = weight, pb = bias, py = y, pm = mean, pi = inverse)
        {
            var part = new ForwardPart<T>(rows, size, px, pa, pw, pb, T.CreateTruncating(epsilon), py, pm, pi);
            Threads.For(Threads.ChunksOf(rows, ChunkRows(size)), part);
        }
    }

    /// <summary>
    /// With g = dy w and n = (s - mean) / sd: ds = (g - average(g) - n average(g n)) / sd, dw += sum dy n,
    /// db += sum dy; ds is the gradient of x and of added. Empty <paramref name="dWeight"/> or
    /// <paramref name="dBias"/> are not wanted.
    /// </summary>
    internal static void Backward<T>(
        ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ReadOnlySpan<T> added, ReadOnlySpan<T> weight, ReadOnlySpan<T> mean,
        ReadOnlySpan<T> inverse, Span<T> dx, Span<T> dWeight, Span<T> dBias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = mean.Length, size = rows == 0 ? 0 : x.Length / rows;
        int chunks = Threads.ChunksOf(rows, ChunkRows(size));

        // Each chunk sums dw and db over its rows; the chunks' sums are added in order.
        int length = chunks * size;
        T[] weightSums = BufferPool<T>.Rent(length), biasSums = BufferPool<T>.Rent(length);
        T[] normal = BufferPool<T>.Rent(length); // a row of each chunk
        fixed (T* pdy = dy, px = x, pa = added, pw = weight, pm = mean, pi = inverse, pdx = dx)
        fixed (T* pdw = weightSums, pdb = biasSums, pn = normal)
        {
            Threads.For(chunks, new BackwardPart<T>(rows, size, pdy, px, pa, pw, pm, pi, pdx, pdw, pdb, pn));
        }

        if (!dWeight.IsEmpty)
            VectorSum.AddRows<T>(weightSums.AsSpan(0, length), dWeight);
        if (!dBias.IsEmpty)
            VectorSum.AddRows<T>(biasSums.AsSpan(0, length), dBias);
        BufferPool<T>.Return(weightSums);
        BufferPool<T>.Return(biasSums);
        BufferPool<T>.Return(normal);
    }

    private static int ChunkRows(int size) => Math.Max(1, Chunk / Math.Max(size, 1));

    // target = a + b
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<T>(T* a, T* b, int length, T* target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i + Vector512<T>.Count <= length; i += Vector512<T>.Count)
            (Vector512.Load(a + i) + Vector512.Load(b + i)).Store(target + i);
        for (; i < length; i++)
            target[i] = a[i] + b[i];
    }

    // The average of a row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Mean<T>(T* row, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector512<T> lanes = Vector512<T>.Zero;
        int i = 0;
        for (; i + Vector512<T>.Count <= size; i += Vector512<T>.Count)
            lanes += Vector512.Load(row + i);
        T sum = VectorSum.LanesOf(lanes);
        for (; i < size; i++)
            sum += row[i];
        return sum / T.CreateTruncating(size);
    }

    // The average of (x - centre)^2 of a row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Variance<T>(T* row, int size, T centre)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector512<T> lanes = Vector512<T>.Zero, shift = Vector512.Create(centre);
        int i = 0;
        for (; i + Vector512<T>.Count <= size; i += Vector512<T>.Count)
        {
            Vector512<T> d = Vector512.Load(row + i) - shift;
            lanes = VectorMath.MultiplyAdd(d, d, lanes);
        }

        T sum = VectorSum.LanesOf(lanes);
        for (; i < size; i++)
            sum += (row[i] - centre) * (row[i] - centre);
        return sum / T.CreateTruncating(size);
    }

    private readonly struct ForwardPart<T>(
        int rows, int size, T* x, T* added, T* weight, T* bias, T epsilon, T* y, T* mean, T* inverse) : IChunks
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private const int Group = 8;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int chunk)
        {
            int from = chunk * ChunkRows(size), end = Math.Min(rows, from + ChunkRows(size));
            for (int first = from; first < end; first += Group)
            {
                int next = Math.Min(end, first + Group);
                T* source = x;
                if (added is not null)
                {
                    source = y;
                    nint at = (nint)first * size;
                    Sum(x + at, added + at, (next - first) * size, y + at);
                }

                for (int r = first; r < next; r++)
                    mean[r] = Mean(source + ((nint)r * size), size);
                for (int r = first; r < next; r++)
                    inverse[r] = Variance(source + ((nint)r * size), size, mean[r]);
                for (int r = first; r < next; r++)
                    inverse[r] = T.One / T.Sqrt(inverse[r] + epsilon);
                for (int r = first; r < next; r++)
                    Normalise(source + ((nint)r * size), mean[r], inverse[r], y + ((nint)r * size));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Normalise(T* row, T centre, T scale, T* target)
        {
            Vector512<T> shift = Vector512.Create(centre), factor = Vector512.Create(scale);
            int i = 0;
            for (; i + Vector512<T>.Count <= size; i += Vector512<T>.Count)
            {
                Vector512<T> value = (Vector512.Load(row + i) - shift) * factor;
                if (weight is not null)
                    value *= Vector512.Load(weight + i);
                if (bias is not null)
                    value += Vector512.Load(bias + i);
                value.Store(target + i);
            }

            for (; i < size; i++)
            {
                T value = (row[i] - centre) * scale;
                value = weight is null ? value : value * weight[i];
                target[i] = bias is null ? value : value + bias[i];
            }
        }
    }

    private readonly struct BackwardPart<T>(
        int rows, int size, T* dy, T* x, T* added, T* weight, T* mean, T* inverse, T* dx, T* weightSums, T* biasSums,
        T* normal) : IChunks
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int chunk)
        {
            nint own = (nint)chunk * size;
            T* dWeight = weightSums + own, dBias = biasSums + own, n = normal + own;
            new Span<T>(dWeight, size).Clear();
            new Span<T>(dBias, size).Clear();
            int from = chunk * ChunkRows(size), end = Math.Min(rows, from + ChunkRows(size));
            T count = T.CreateTruncating(size);
            for (int r = from; r < end; r++)
            {
                nint at = (nint)r * size;
                Sums(r, dy + at, n, dWeight, dBias, out T sum, out T product);
                if (dx is not null)
                    Gradient(dy + at, n, inverse[r], sum / count, product / count, dx + at);
            }
        }

        // n of the row, what it adds to dw and db, and its sums of g and g n
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Sums(int r, T* above, T* n, T* dWeight, T* dBias, out T sum, out T product)
        {
            T* row = x + ((nint)r * size), more = added is null ? null : added + ((nint)r * size);
            T centre = mean[r], scale = inverse[r];
            Vector512<T> shift = Vector512.Create(centre), factor = Vector512.Create(scale);
            Vector512<T> sums = Vector512<T>.Zero, products = sums;
            int i = 0;
            for (; i + Vector512<T>.Count <= size; i += Vector512<T>.Count)
            {
                Vector512<T> d = Vector512.Load(above + i), value = Vector512.Load(row + i);
                if (more is not null)
                    value += Vector512.Load(more + i);
                value = (value - shift) * factor;
                value.Store(n + i);
                VectorMath.MultiplyAdd(d, value, Vector512.Load(dWeight + i)).Store(dWeight + i);
                (d + Vector512.Load(dBias + i)).Store(dBias + i);
                if (weight is not null)
                    d *= Vector512.Load(weight + i);
                sums += d;
                products = VectorMath.MultiplyAdd(d, value, products);
            }

            (sum, product) = (VectorSum.LanesOf(sums), VectorSum.LanesOf(products));
            for (; i < size; i++)
            {
                n[i] = ((more is null ? row[i] : row[i] + more[i]) - centre) * scale;
                dWeight[i] += above[i] * n[i];
                dBias[i] += above[i];
                T g = weight is null ? above[i] : above[i] * weight[i];
                sum += g;
                product += g * n[i];
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Gradient(T* above, T* n, T scale, T average, T averageProduct, T* target)
        {
            Vector512<T> shift = Vector512.Create(average), slope = Vector512.Create(averageProduct);
            Vector512<T> factor = Vector512.Create(scale);
            int i = 0;
            for (; i + Vector512<T>.Count <= size; i += Vector512<T>.Count)
            {
                Vector512<T> g = Vector512.Load(above + i);
                if (weight is not null)
                    g *= Vector512.Load(weight + i);
                ((g - shift - (Vector512.Load(n + i) * slope)) * factor).Store(target + i);
            }

            for (; i < size; i++)
            {
                T g = weight is null ? above[i] : above[i] * weight[i];
                target[i] = (g - average - (n[i] * averageProduct)) * scale;
            }
        }
    }
}
