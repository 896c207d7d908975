using System.Numerics;

namespace FinML.Torch.Kernels;

/// <summary>The windows of a pooling along one axis: output i sees positions Starts[i], Starts[i] + Step, ... below
/// Ends[i], all inside the axis, of a window of Sizes[i] positions with its padding.</summary>
internal sealed record PoolingAxis(int Length, int[] Starts, int[] Ends, int[] Sizes, int Step)
{
    internal int Count => Starts.Length;

    /// <summary>Windows of one size at a stride. With <paramref name="ceiling"/> a last window may reach beyond the
    /// padded end, but must start inside it.</summary>
    internal static PoolingAxis Regular(int length, int size, int stride, int padding, int dilation, bool ceiling)
    {
        int reach = (dilation * (size - 1)) + 1, free = length + (2 * padding) - reach;
        int count = (free < 0 ? 0 : ((free + (ceiling ? stride - 1 : 0)) / stride) + 1);
        if (ceiling && count > 0 && (count - 1) * stride >= length + padding)
            count--;
        int[] starts = new int[count], ends = new int[count], sizes = new int[count];
        for (int i = 0; i < count; i++)
        {
            int start = (i * stride) - padding;
            sizes[i] = Math.Min(start + reach, length + padding) - start;
            ends[i] = Math.Min(start + reach, length);
            starts[i] = start >= 0 ? start : start + ((-start + dilation - 1) / dilation * dilation);
        }

        return new PoolingAxis(length, starts, ends, sizes, dilation);
    }

    /// <summary>So many windows, each from floor(i length / count) to ceil((i + 1) length / count).</summary>
    internal static PoolingAxis Adaptive(int length, int count)
    {
        int[] starts = new int[count], ends = new int[count], sizes = new int[count];
        for (int i = 0; i < count; i++)
        {
            starts[i] = (int)((long)i * length / count);
            ends[i] = (int)((((i + 1L) * length) + count - 1) / count);
            sizes[i] = ends[i] - starts[i];
        }

        return new PoolingAxis(length, starts, ends, sizes, 1);
    }
}

/// <summary>Largest and average of windows of planes (planes, rows, columns).</summary>
internal readonly record struct PoolingKernel(PoolingAxis Rows, PoolingAxis Columns)
{
    internal int Plane => Rows.Length * Columns.Length;

    internal int Windows => Rows.Count * Columns.Count;

    /// <summary>The largest element of each window and where in its plane it stands: the first of equals, the last NaN.
    /// </summary>
    internal void Largest<T>(ReadOnlySpan<T> x, Span<T> y, Span<long> indices)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int at = 0; at < indices.Length; at++)
        {
            ReadOnlySpan<T> plane = x.Slice(at / Windows * Plane, Plane);
            int i = at % Windows / Columns.Count, j = at % Columns.Count;
            int best = (Rows.Starts[i] * Columns.Length) + Columns.Starts[j];
            T largest = T.NegativeInfinity;
            for (int row = Rows.Starts[i]; row < Rows.Ends[i]; row += Rows.Step)
            {
                for (int column = Columns.Starts[j]; column < Columns.Ends[j]; column += Columns.Step)
                {
                    int place = (row * Columns.Length) + column;
                    if (plane[place] > largest || T.IsNaN(plane[place]))
                        (best, largest) = (place, plane[place]);
                }
            }

            indices[at] = best;
            y[at] = plane[best];
        }
    }

    /// <summary>dx += dy where the largest stood.</summary>
    internal void LargestBackward<T>(ReadOnlySpan<T> dy, ReadOnlySpan<long> indices, Span<T> dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int at = 0; at < dy.Length; at++)
            dx[(at / Windows * Plane) + (int)indices[at]] += dy[at];
    }

    /// <summary>y = factor * the sum of each window; factor (windows).</summary>
    internal void Sum<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> factor, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int at = 0; at < y.Length; at++)
        {
            ReadOnlySpan<T> plane = x.Slice(at / Windows * Plane, Plane);
            int i = at % Windows / Columns.Count, j = at % Columns.Count;
            T sum = T.Zero;
            for (int row = Rows.Starts[i]; row < Rows.Ends[i]; row++)
            {
                ReadOnlySpan<T> line = plane.Slice(row * Columns.Length, Columns.Length);
                foreach (T value in line[Columns.Starts[j]..Columns.Ends[j]])
                {
                    sum += value;
                }
            }

            y[at] = sum * factor[at % Windows];
        }
    }

    /// <summary>dx += the gradient of <see cref="Sum"/>.</summary>
    internal void SumBackward<T>(ReadOnlySpan<T> dy, ReadOnlySpan<T> factor, Span<T> dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int at = 0; at < dy.Length; at++)
        {
            Span<T> plane = dx.Slice(at / Windows * Plane, Plane);
            int i = at % Windows / Columns.Count, j = at % Columns.Count;
            T share = dy[at] * factor[at % Windows];
            for (int row = Rows.Starts[i]; row < Rows.Ends[i]; row++)
            {
                Span<T> line = plane.Slice(row * Columns.Length, Columns.Length);
                foreach (ref T value in line[Columns.Starts[j]..Columns.Ends[j]])
                {
                    value += share;
                }
            }
        }
    }
}
