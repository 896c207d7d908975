using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FinML.Torch;

/// <summary>A function of one floating number, element by element.</summary>
internal interface IUnaryOperation
{
    static abstract void Apply(ReadOnlySpan<float> x, Span<float> y);

    static abstract void Apply(ReadOnlySpan<double> x, Span<double> y);
}

/// <summary>A function of two numbers of one type.</summary>
internal interface IBinaryOperation
{
    static abstract T Apply<T>(T a, T b) where T : unmanaged, INumber<T>;

    static virtual bool HasVector => true;

    static virtual Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : unmanaged, INumber<T> => default;
}

/// <summary>A relation between two numbers of one type.</summary>
internal interface IComparison
{
    static abstract bool Apply<T>(T a, T b) where T : unmanaged, INumber<T>;
}

/// <summary>The loops of elementwise operations: broadcast, promote, walk, vectorise.</summary>
internal static partial class Elementwise
{
    /// <summary>y = op(x); integers are read as the default floating dtype.</summary>
    internal static Tensor Unary<TOp>(Tensor x) where TOp : struct, IUnaryOperation
    {
        Tensor source = Floating(x);
        if (source.dtype == ScalarType.BFloat16)
        {
            return Widening.Through(source, static wide => Unary<TOp>(wide));
        }

        Tensor result = Tensor.Uninitialized(x.Sizes, source.dtype);
        if (!source.IsContiguous)
        {
            Copying.Copy(source, result);
            source = result;
        }

        if (result.dtype == ScalarType.Float32)
        {
            ElementwiseChunks.Unary<TOp, float>(source, result);
        }
        else
        {
            ElementwiseChunks.Unary<TOp, double>(source, result);
        }

        if (Tracer.Active)
        {
            Tracer.Record(UnaryKernel<TOp>.Instance, [Floating(x)], result);
        }

        return result;
    }

    /// <summary>x = op(x), without version or graph.</summary>
    internal static void UnaryInPlace<TOp>(string name, Tensor x) where TOp : struct, IUnaryOperation
    {
        if (!x.dtype.IsFloating())
        {
            throw new ArgumentException($"{name}: needs a floating tensor, got {x.dtype}{Shapes.Text(x.Sizes)}.");
        }

        if (!x.IsContiguous || x.dtype == ScalarType.BFloat16)
        {
            using Tensor result = Unary<TOp>(x.detach());
            Copying.Copy(result, x);
        }
        else if (x.dtype == ScalarType.Float32)
        {
            ElementwiseChunks.Unary<TOp, float>(x, x);
        }
        else
        {
            ElementwiseChunks.Unary<TOp, double>(x, x);
        }
    }

    internal static Tensor Floating(Tensor x) => x.dtype.IsFloating() ? x : x.to(get_default_dtype());

    /// <summary>The dtype of a result: a tensor with dimensions outranks one without of the same category.</summary>
    internal static ScalarType ResultType(Tensor a, Tensor b)
    {
        ScalarType x = a.dtype, y = b.dtype;
        if (x == y)
        {
            return x;
        }

        bool aDims = a.Sizes.Length > 0, bDims = b.Sizes.Length > 0;
        if (aDims == bDims)
        {
            return ScalarTypes.Promote(x, y);
        }

        (ScalarType ranked, ScalarType scalar) = aDims ? (x, y) : (y, x);
        return scalar.Category() > ranked.Category() ? scalar : ranked;
    }

    /// <summary>The dtype of a tensor with a number: a floating number makes an integer tensor floating.</summary>
    internal static ScalarType ResultType(Tensor a, Scalar b) =>
        b.Type.Category() <= a.dtype.Category() ? a.dtype
        : b.Type.IsFloating() ? get_default_dtype() : ScalarType.Int64;

    /// <summary>op(a, b) with broadcasting; <paramref name="type"/> is the dtype to compute in.</summary>
    internal static Tensor Binary<TOp>(string name, Tensor a, Tensor b, ScalarType type)
        where TOp : struct, IBinaryOperation
    {
        Tensor result = Tensor.Uninitialized(Shapes.Broadcast(name, a.Sizes, b.Sizes), type);
        Tensor x = a.to(type), y = b.to(type);
        BinaryInto<TOp>(name, x, y, result);
        if (Tracer.Active)
        {
            Tracer.Record(BinaryKernel<TOp>.Instance, [x, y], result);
        }

        return result;
    }

    /// <summary>target = op(a, b), all of one dtype; target may be a or b.</summary>
    internal static void BinaryInto<TOp>(string name, Tensor a, Tensor b, Tensor target)
        where TOp : struct, IBinaryOperation
    {
        switch (target.dtype)
        {
            case ScalarType.Float32: Into<TOp, float>(a, b, target); break;
            case ScalarType.Float64: Into<TOp, double>(a, b, target); break;
            case ScalarType.Int64: Into<TOp, long>(a, b, target); break;
            case ScalarType.Int32: Into<TOp, int>(a, b, target); break;
            case ScalarType.BFloat16: BinaryNarrow<TOp>(a, b, target); break;
            default:
                throw new ArgumentException(
                    $"{name}: not defined for bool tensors of shapes {Shapes.Text(a.Sizes)} and "
                    + $"{Shapes.Text(b.Sizes)}; "
                    + "use logical_and, logical_or or convert.");
        }
    }

    /// <summary>target = op(a, number), of one dtype and shape; target may be a.</summary>
    internal static void ScalarInto<TOp>(string name, Tensor a, Scalar b, Tensor target)
        where TOp : struct, IBinaryOperation
    {
        switch (target.dtype)
        {
            case ScalarType.Float32: Into<TOp, float>(a, b.To<float>(), target); break;
            case ScalarType.Float64: Into<TOp, double>(a, b.To<double>(), target); break;
            case ScalarType.Int64: Into<TOp, long>(a, b.To<long>(), target); break;
            case ScalarType.Int32: Into<TOp, int>(a, b.To<int>(), target); break;
            case ScalarType.BFloat16: ScalarNarrow<TOp>(a, b, target); break;
            default:
                throw new ArgumentException($"{name}: not defined for a bool tensor of shape {Shapes.Text(a.Sizes)}.");
        }
    }

    /// <summary>op(a, number).</summary>
    internal static Tensor Binary<TOp>(string name, Tensor a, Scalar b, ScalarType type)
        where TOp : struct, IBinaryOperation
    {
        Tensor result = Tensor.Uninitialized(a.Sizes, type), x = a.to(type);
        ScalarInto<TOp>(name, x, b, result);
        if (Tracer.Active)
        {
            Tracer.Record(new ScalarKernel<TOp>(b), [x], result);
        }

        return result;
    }

    private static void BinaryNarrow<TOp>(Tensor a, Tensor b, Tensor target)
        where TOp : struct, IBinaryOperation
    {
        using Tensor x = Widening.Wide(a), y = Widening.Wide(b);
        using Tensor z = Tensor.Uninitialized(target.Sizes, ScalarType.Float32);
        Into<TOp, float>(x, y, z);
        Copying.Copy(z, target);
    }

    private static void ScalarNarrow<TOp>(Tensor a, Scalar b, Tensor target)
        where TOp : struct, IBinaryOperation
    {
        using Tensor x = Widening.Wide(a);
        using Tensor z = Tensor.Uninitialized(target.Sizes, ScalarType.Float32);
        Into<TOp, float>(x, b.To<float>(), z);
        Copying.Copy(z, target);
    }

    private static void Into<TOp, T>(Tensor a, Tensor b, Tensor target)
        where TOp : struct, IBinaryOperation
        where T : unmanaged, INumber<T>
    {
        bool flat = target.IsContiguous && a.IsContiguous && a.Count == target.Count;
        if (flat && b.IsContiguous && b.Count == target.Count)
        {
            ElementwiseChunks.VectorVector<TOp, T>(a, b, target);
            return;
        }

        if (flat && b.Count == 1 && target.Count > 0)
        {
            ElementwiseChunks.VectorScalar<TOp, T>(a, b.Span<T>()[0], target);
            return;
        }

        if (!ElementwiseChunks.ScalarVector<TOp, T>(a, b, target))
            Strided<TOp, T>(a, b, target);
    }

    private static void Strided<TOp, T>(Tensor a, Tensor b, Tensor target)
        where TOp : struct, IBinaryOperation
        where T : unmanaged, INumber<T>
    {
        Span<long> strideA = stackalloc long[Shapes.MaxDimensions], strideB = stackalloc long[Shapes.MaxDimensions];
        Copying.BroadcastStrides(a, target.Sizes, strideA);
        Copying.BroadcastStrides(b, target.Sizes, strideB);
        int n = target.Sizes.Length;
        Rows rows = new(target.Sizes, strideA[..n], a.Offset, strideB[..n], b.Offset, target.Strides, target.Offset);
        T[] x = a.Items<T>(), y = b.Items<T>(), z = target.Items<T>();
        while (rows.Next())
        {
            int length = rows.Length;
            if (rows.StrideC == 1 && rows.StrideA == 1 && rows.StrideB == 1)
            {
                VectorVector<TOp, T>(
                    x.AsSpan(rows.OffsetA, length), y.AsSpan(rows.OffsetB, length), z.AsSpan(rows.OffsetC, length));
            }
            else if (rows.StrideC == 1 && rows.StrideA == 1 && rows.StrideB == 0)
            {
                VectorScalar<TOp, T>(x.AsSpan(rows.OffsetA, length), y[rows.OffsetB], z.AsSpan(rows.OffsetC, length));
            }
            else
            {
                int i = rows.OffsetA, j = rows.OffsetB, k = rows.OffsetC;
                for (int at = 0; at < length; at++, i += rows.StrideA, j += rows.StrideB, k += rows.StrideC)
                {
                    z[k] = TOp.Apply(x[i], y[j]);
                }
            }
        }
    }

    private static void Into<TOp, T>(Tensor a, T b, Tensor target)
        where TOp : struct, IBinaryOperation
        where T : unmanaged, INumber<T>
    {
        if (a.IsContiguous && target.IsContiguous)
        {
            ElementwiseChunks.VectorScalar<TOp, T>(a, b, target);
            return;
        }

        Rows rows = new(target.Sizes, a.Strides, a.Offset, target.Strides, target.Offset);
        T[] x = a.Items<T>(), z = target.Items<T>();
        while (rows.Next())
        {
            for (int at = 0, i = rows.OffsetA, k = rows.OffsetB;
                at < rows.Length;
                at++, i += rows.StrideA, k += rows.StrideB)
            {
                z[k] = TOp.Apply(x[i], b);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void VectorVector<TOp, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c)
        where TOp : struct, IBinaryOperation
        where T : unmanaged, INumber<T>
    {
        int i = 0;
        if (TOp.HasVector)
        {
            ref T x = ref MemoryMarshal.GetReference(a);
            ref T y = ref MemoryMarshal.GetReference(b);
            ref T z = ref MemoryMarshal.GetReference(c);
            for (; i <= c.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                TOp.Apply(Vector.LoadUnsafe(ref x, (nuint)i), Vector.LoadUnsafe(ref y, (nuint)i))
                    .StoreUnsafe(ref z, (nuint)i);
            }
        }

        for (; i < c.Length; i++)
        {
            c[i] = TOp.Apply(a[i], b[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void VectorScalar<TOp, T>(ReadOnlySpan<T> a, T b, Span<T> c)
        where TOp : struct, IBinaryOperation
        where T : unmanaged, INumber<T>
    {
        int i = 0;
        if (TOp.HasVector)
        {
            ref T x = ref MemoryMarshal.GetReference(a);
            ref T z = ref MemoryMarshal.GetReference(c);
            Vector<T> y = new(b);
            for (; i <= c.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                TOp.Apply(Vector.LoadUnsafe(ref x, (nuint)i), y).StoreUnsafe(ref z, (nuint)i);
            }
        }

        for (; i < c.Length; i++)
        {
            c[i] = TOp.Apply(a[i], b);
        }
    }
}
