using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FinML.Torch;

// Relations of elements.
internal static partial class Elementwise
{
    /// <summary>A bool tensor of the relation, with broadcasting.</summary>
    internal static Tensor Compare<TOp>(string name, Tensor a, Tensor b) where TOp : struct, IComparison
    {
        Tensor result = Tensor.Uninitialized(Shapes.Broadcast(name, a.Sizes, b.Sizes), ScalarType.Bool);
        ScalarType type = ResultType(a, b);
        type = type == ScalarType.Bool ? ScalarType.Int32 : type == ScalarType.BFloat16 ? ScalarType.Float32 : type;
        Tensor x = a.to(type), y = b.to(type);
        CompareInto<TOp>(x, y, result);
        if (Tracer.Active)
        {
            Tracer.Record(CompareKernel<TOp>.Instance, [x, y], result);
        }

        return result;
    }

    /// <summary>target = the relation of two tensors of one numeric dtype, with broadcasting.</summary>
    internal static void CompareInto<TOp>(Tensor x, Tensor y, Tensor target) where TOp : struct, IComparison
    {
        switch (x.dtype)
        {
            case ScalarType.Float32: Relate<TOp, float>(x, y, target); break;
            case ScalarType.Float64: Relate<TOp, double>(x, y, target); break;
            case ScalarType.Int64: Relate<TOp, long>(x, y, target); break;
            default: Relate<TOp, int>(x, y, target); break;
        }
    }

    /// <summary>A bool tensor of the relation with a number.</summary>
    internal static Tensor Compare<TOp>(string name, Tensor a, Scalar b) where TOp : struct, IComparison
    {
        using Tensor number = Tensor.Of(b.Double);
        using Tensor typed = Tensor.Uninitialized([], ResultType(a, b));
        Copying.Copy(number, typed);
        return Compare<TOp>(name, a, Tracer.Constant(typed));
    }

    private static void Relate<TOp, T>(Tensor a, Tensor b, Tensor target)
        where TOp : struct, IComparison
        where T : unmanaged, INumber<T>
    {
        Span<long> strideA = stackalloc long[Shapes.MaxDimensions], strideB = stackalloc long[Shapes.MaxDimensions];
        Copying.BroadcastStrides(a, target.Sizes, strideA);
        Copying.BroadcastStrides(b, target.Sizes, strideB);
        int n = target.Sizes.Length;
        Rows rows = new(target.Sizes, strideA[..n], a.Offset, strideB[..n], b.Offset, target.Strides, target.Offset);
        T[] x = a.Items<T>(), y = b.Items<T>();
        bool[] z = target.Items<bool>();
        while (rows.Next())
        {
            if (rows.StrideC == 1 && rows.StrideA == 1 && rows.StrideB is (0 or 1))
            {
                RelateRow<TOp, T>(
                    x.AsSpan(rows.OffsetA, rows.Length),
                    y.AsSpan(rows.OffsetB, rows.StrideB == 0 ? 1 : rows.Length),
                    z.AsSpan(rows.OffsetC, rows.Length));
                continue;
            }

            int i = rows.OffsetA, j = rows.OffsetB, k = rows.OffsetC;
            for (int at = 0; at < rows.Length; at++, i += rows.StrideA, j += rows.StrideB, k += rows.StrideC)
            {
                z[k] = TOp.Apply(x[i], y[j]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RelateRow<TOp, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<bool> c)
        where TOp : struct, IComparison
        where T : unmanaged, INumber<T>
    {
        if (b.Length == 1)
        {
            T number = b[0];
            for (int i = 0; i < c.Length; i++)
            {
                c[i] = TOp.Apply(a[i], number);
            }

            return;
        }

        for (int i = 0; i < c.Length; i++)
        {
            c[i] = TOp.Apply(a[i], b[i]);
        }
    }
}
