using System.Numerics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>A reduction: the reduced axes are brought to the end, then each row gives one number.</summary>
internal sealed class ReduceStep : PlanStep
{
    private readonly string name;
    private readonly Tensor source, rows, y; // rows: the elements as (results, reduced), contiguous
    private readonly int inner;

    internal ReduceStep(string name, Tensor x, ReducedAxes axes, Tensor y)
    {
        (this.name, this.y) = (name, y);
        int[] reduced = [.. axes.Axes.Select(a => (int)a)];
        int[] order = [.. Enumerable.Range(0, x.Sizes.Length).Except(reduced), .. reduced];
        source = PlanMemory.Permuted(x, order);
        inner = (int)reduced.Aggregate(1L, (product, axis) => product * x.Sizes[axis]);
        ScalarType type = y.dtype == ScalarType.Int64 && !x.dtype.IsFloating() ? ScalarType.Int64 : x.dtype;
        rows = source.IsContiguous && type == x.dtype ? source : PlanMemory.Own(source.Sizes, type);
    }

    internal override void Execute()
    {
        if (!ReferenceEquals(rows, source))
            Copying.Copy(source, rows);
        switch (rows.dtype)
        {
            case ScalarType.Float32: Reduce<float>(); break;
            case ScalarType.Float64: Reduce<double>(); break;
            case ScalarType.Int64: Reduce<long>(); break;
            case ScalarType.Int32: Reduce<int>(); break;
            default: throw new InvalidOperationException($"{name}: not defined for {rows.dtype}.");
        }
    }

    private void Reduce<T>()
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> from = rows.Span<T>();
        if (name is "argmax" or "argmin")
        {
            Span<long> positions = y.Span<long>();
            for (int i = 0; i < positions.Length; i++)
                positions[i] = Extremum(from.Slice(i * inner, inner), name == "argmax");
            return;
        }

        Span<T> to = y.Span<T>();
        for (int i = 0; i < to.Length; i++)
        {
            ReadOnlySpan<T> row = from.Slice(i * inner, inner);
            to[i] = name switch
            {
                "sum" => Sum(row),
                "prod" => Product(row),
                _ => row[Extremum(row, name == "amax")],
            };
        }
    }

    private static T Sum<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
            return VectorSum.SumOf(row);
        T sum = T.Zero;
        foreach (T value in row)
            sum += value;
        return sum;
    }

    private static T Product<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>
    {
        T product = T.One;
        foreach (T value in row)
            product *= value;
        return product;
    }

    /// <summary>The first position of the largest or smallest element; of the first NaN, where there is one.</summary>
    private static int Extremum<T>(ReadOnlySpan<T> row, bool largest)
        where T : unmanaged, INumber<T>
    {
        int best = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (T.IsNaN(row[i]))
                return i;
            if (largest ? row[i] > row[best] : row[i] < row[best])
                best = i;
        }

        return best;
    }
}
