namespace FinML.Torch;

/// <summary>Arithmetic on shapes.</summary>
internal static class Shapes
{
    internal const int MaxDimensions = 12;

    internal static long Count(ReadOnlySpan<long> sizes)
    {
        long count = 1;
        foreach (long size in sizes)
        {
            count *= size;
        }

        return count;
    }

    internal static bool Equal(ReadOnlySpan<long> a, ReadOnlySpan<long> b) => a.SequenceEqual(b);

    internal static string Text(ReadOnlySpan<long> sizes) => $"[{string.Join(", ", sizes.ToArray())}]";

    internal static long[] ContiguousStrides(ReadOnlySpan<long> sizes)
    {
        long[] strides = new long[sizes.Length];
        long step = 1;
        for (int i = sizes.Length - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= Math.Max(sizes[i], 1);
        }

        return strides;
    }

    internal static bool AreContiguous(ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides)
    {
        long step = 1;
        for (int i = sizes.Length - 1; i >= 0; i--)
        {
            if (sizes[i] == 0)
            {
                return true;
            }

            if (sizes[i] != 1 && strides[i] != step)
            {
                return false;
            }

            step *= sizes[i];
        }

        return true;
    }

    internal static void Check(string name, ReadOnlySpan<long> sizes)
    {
        foreach (long size in sizes)
        {
            if (size < 0)
            {
                throw new ArgumentException($"{name}: sizes must not be negative, got {Text(sizes)}.");
            }
        }

        if (sizes.Length > MaxDimensions)
        {
            throw new ArgumentException(
                $"{name}: at most {MaxDimensions} dimensions are supported, got {sizes.Length}.");
        }
    }

    /// <summary>An axis counted from the start; a negative one counts from the end.</summary>
    internal static int Axis(string name, long dim, int dimensions)
    {
        long limit = Math.Max(dimensions, 1);
        if (dim < -limit || dim >= limit)
        {
            throw new ArgumentOutOfRangeException(
                nameof(dim),
                dim,
                $"{name}: dim must be in [{-limit}, {limit - 1}] for a tensor of {dimensions} dimensions.");
        }

        return (int)(dim < 0 ? dim + limit : dim);
    }

    /// <summary>As <see cref="Axis(string, long, int)"/>, of a tensor that must have dimensions.</summary>
    internal static int AxisOf(string name, long dim, long[] sizes) => sizes.Length > 0
        ? Axis(name, dim, sizes.Length)
        : throw new ArgumentException($"{name}: a tensor without dimensions has no axis {dim}.", nameof(dim));

    /// <summary>As <see cref="Axes"/>, of a tensor that must have them.</summary>
    internal static int[] AxesOf(string name, ReadOnlySpan<long> dims, long[] sizes) =>
        dims.Length == 0 || sizes.Length > 0
            ? Axes(name, dims, sizes.Length)
            : throw new ArgumentException($"{name}: a tensor without dimensions has no axis {dims[0]}.", nameof(dims));

    internal static long[] Broadcast(string name, long[] a, long[] b)
    {
        if (Equal(a, b))
        {
            return a;
        }

        int n = Math.Max(a.Length, b.Length);
        long[] result = new long[n];
        for (int i = 1; i <= n; i++)
        {
            long x = i <= a.Length ? a[^i] : 1;
            long y = i <= b.Length ? b[^i] : 1;
            if (x != y && x != 1 && y != 1)
            {
                throw new ArgumentException(
                    $"{name}: shapes {Text(a)} and {Text(b)} do not broadcast: sizes {x} and {y} differ at dimension "
                    + $"{n - i}.");
            }

            result[^i] = x == 1 ? y : x;
        }

        return result;
    }

    /// <summary>A shape with one size of -1 solved for.</summary>
    internal static long[] Infer(string name, ReadOnlySpan<long> wanted, long count, ReadOnlySpan<long> from)
    {
        long[] result = wanted.ToArray();
        int unknown = -1;
        long known = 1;
        for (int i = 0; i < result.Length; i++)
        {
            if (result[i] == -1 && unknown < 0)
            {
                unknown = i;
            }
            else
            {
                known *= result[i];
            }
        }

        if (unknown >= 0 && known > 0)
        {
            result[unknown] = count / known;
        }

        if (Count(result) != count || (unknown >= 0 && result[unknown] < 0))
        {
            throw new ArgumentException(
                $"{name}: a tensor of shape {Text(from)} does not fit the shape {Text(wanted)}.");
        }

        return result;
    }

    internal static int[] Axes(string name, ReadOnlySpan<long> dims, int dimensions)
    {
        int[] axes = new int[dims.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            axes[i] = Axis(name, dims[i], dimensions);
            for (int j = 0; j < i; j++)
            {
                if (axes[j] == axes[i])
                {
                    throw new ArgumentException($"{name}: dimension {axes[i]} is named twice in {Text(dims)}.");
                }
            }
        }

        return axes;
    }
}
