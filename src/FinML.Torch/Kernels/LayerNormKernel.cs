using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// Layer normalisation of rows (Ba, Kiros and Hinton, 2016): y = (x - mean) / sqrt(var + eps) * w + b with the biased
/// variance, and its gradient.
/// </summary>
internal static class LayerNormKernel
{
    /// <summary>Empty <paramref name="weight"/> and <paramref name="bias"/> mean one and zero.</summary>
    /// <param name="x">(rows, size).</param>
    /// <param name="weight">(size) or empty.</param>
    /// <param name="bias">(size) or empty.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="y">(rows, size), written.</param>
    /// <param name="mean">(rows), written.</param>
    /// <param name="inverse">(rows), 1 / sqrt(var + eps), written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Forward<T>(
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Backward<T>(
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
}
