using System.Runtime.CompilerServices;

namespace FinML.Torch;

/// <summary>
/// Walks up to three tensors of one (broadcast) shape at once, row by row: neighbouring dimensions that all operands
/// lay out alike are merged, and the last merged one is the row. The caller loops over rows with the strides A, B, C.
/// </summary>
internal struct Rows
{
    private readonly int outer;
    private bool started;
    private Longs sizes;
    private Longs index;
    private Longs stepA;
    private Longs stepB;
    private Longs stepC;

    /// <summary>Operands as (sizes of the walk, strides of each, offsets of each).</summary>
    internal Rows(
        ReadOnlySpan<long> shape,
        ReadOnlySpan<long> stridesA,
        int offsetA,
        ReadOnlySpan<long> stridesB = default,
        int offsetB = 0,
        ReadOnlySpan<long> stridesC = default,
        int offsetC = 0)
    {
        int count = 0; // merged dimensions so far, last dimension first
        Longs size = default, a = default, b = default, c = default;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            if (shape[i] == 0)
            {
                outer = -1;
                return;
            }

            if (shape[i] == 1)
            {
                continue;
            }

            long sa = At(stridesA, i, shape.Length), sb = At(stridesB, i, shape.Length);
            long sc = At(stridesC, i, shape.Length);
            int last = count - 1;
            if (last >= 0 && sa == a[last] * size[last] && sb == b[last] * size[last] && sc == c[last] * size[last])
            {
                size[last] *= shape[i];
                continue;
            }

            size[count] = shape[i];
            a[count] = sa;
            b[count] = sb;
            c[count] = sc;
            count++;
        }

        Length = count == 0 ? 1 : (int)size[0];
        StrideA = count == 0 ? 1 : (int)a[0];
        StrideB = count == 0 ? 1 : (int)b[0];
        StrideC = count == 0 ? 1 : (int)c[0];
        OffsetA = offsetA;
        OffsetB = offsetB;
        OffsetC = offsetC;
        outer = Math.Max(count - 1, 0);
        for (int i = 0; i < outer; i++)
        {
            sizes[i] = size[i + 1];
            stepA[i] = a[i + 1];
            stepB[i] = b[i + 1];
            stepC[i] = c[i + 1];
        }
    }

    /// <summary>Elements in a row.</summary>
    internal int Length { get; }

    internal int StrideA { get; }

    internal int StrideB { get; }

    internal int StrideC { get; }

    internal int OffsetA { get; private set; }

    internal int OffsetB { get; private set; }

    internal int OffsetC { get; private set; }

    /// <summary>Moves to the next row; false at the end.</summary>
    internal bool Next()
    {
        if (!started)
        {
            started = true;
            return outer >= 0;
        }

        for (int i = 0; i < outer; i++)
        {
            if (++index[i] < sizes[i])
            {
                OffsetA += (int)stepA[i];
                OffsetB += (int)stepB[i];
                OffsetC += (int)stepC[i];
                return true;
            }

            index[i] = 0;
            OffsetA -= (int)(stepA[i] * (sizes[i] - 1));
            OffsetB -= (int)(stepB[i] * (sizes[i] - 1));
            OffsetC -= (int)(stepC[i] * (sizes[i] - 1));
        }

        return false;
    }

    /// <summary>The stride of an operand with fewer or equal dimensions; callers zero those it broadcasts.</summary>
    private static long At(ReadOnlySpan<long> strides, int i, int dimensions)
    {
        int own = i - (dimensions - strides.Length);
        return own < 0 ? 0 : strides[own];
    }

    [InlineArray(Shapes.MaxDimensions)]
    private struct Longs
    {
        private long first;
    }
}
