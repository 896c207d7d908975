using System.Runtime.InteropServices;

namespace FinML.Torch;

public static partial class torch
{
    public static Tensor tensor(
        float scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Tensor.Of(scalar).to(dtype ?? ScalarType.Float32), requires_grad);

    public static Tensor tensor(
        double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Tensor.Of(scalar).to(dtype ?? ScalarType.Float64), requires_grad);

    public static Tensor tensor(
        long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Tensor.Of(scalar).to(dtype ?? ScalarType.Int64), requires_grad);

    public static Tensor tensor(
        int scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Tensor.Of(scalar).to(dtype ?? ScalarType.Int32), requires_grad);

    public static Tensor tensor(
        bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Tensor.Of(scalar).to(dtype ?? ScalarType.Bool), requires_grad);

    public static Tensor tensor(
        BFloat16 scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Tensor.Of(scalar).to(dtype ?? ScalarType.BFloat16), requires_grad);

    public static Tensor tensor(
        BFloat16[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<BFloat16>(rawArray, [rawArray.Length], dtype, requires_grad);

    public static Tensor tensor(
        float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<float>(rawArray, [rawArray.Length], dtype, requires_grad);

    public static Tensor tensor(
        double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<double>(rawArray, [rawArray.Length], dtype, requires_grad);

    public static Tensor tensor(
        long[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<long>(rawArray, [rawArray.Length], dtype, requires_grad);

    public static Tensor tensor(
        int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<int>(rawArray, [rawArray.Length], dtype, requires_grad);

    public static Tensor tensor(
        bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<bool>(rawArray, [rawArray.Length], dtype, requires_grad);

    /// <summary>A copy of an array, row by row, in the given shape.</summary>
    public static Tensor tensor(
        float[] rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Copy<float>(rawArray, dimensions, dtype, requires_grad);

    public static Tensor tensor(
        double[] rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Copy<double>(rawArray, dimensions, dtype, requires_grad);

    public static Tensor tensor(
        long[] rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Copy<long>(rawArray, dimensions, dtype, requires_grad);

    public static Tensor tensor(
        int[] rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Copy<int>(rawArray, dimensions, dtype, requires_grad);

    public static Tensor tensor(
        bool[] rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Copy<bool>(rawArray, dimensions, dtype, requires_grad);

    public static Tensor tensor(
        float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<float>(rawArray, dtype, requires_grad);

    public static Tensor tensor(
        float[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<float>(rawArray, dtype, requires_grad);

    public static Tensor tensor(
        float[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<float>(rawArray, dtype, requires_grad);

    public static Tensor tensor(
        double[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<double>(rawArray, dtype, requires_grad);

    public static Tensor tensor(
        double[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<double>(rawArray, dtype, requires_grad);

    public static Tensor tensor(
        double[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<double>(rawArray, dtype, requires_grad);

    public static Tensor tensor(
        long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<long>(rawArray, dtype, requires_grad);

    public static Tensor tensor(
        long[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<long>(rawArray, dtype, requires_grad);

    public static Tensor tensor(
        long[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<long>(rawArray, dtype, requires_grad);

    public static Tensor tensor(
        int[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<int>(rawArray, dtype, requires_grad);

    public static Tensor tensor(
        int[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<int>(rawArray, dtype, requires_grad);

    public static Tensor tensor(
        int[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<int>(rawArray, dtype, requires_grad);

    public static Tensor tensor(
        bool[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<bool>(rawArray, dtype, requires_grad);

    public static Tensor tensor(
        bool[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<bool>(rawArray, dtype, requires_grad);

    public static Tensor tensor(
        bool[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<bool>(rawArray, dtype, requires_grad);

    /// <summary>from_array of an array; a tensor itself, where it has the dtype.</summary>
    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) =>
        from_array(data, dtype, device);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        data.to(dtype ?? data.dtype);

    /// <summary>
    /// A tensor on an array: of one dimension it shares the elements (a write to either shows in both) unless the dtype
    /// differs; of more dimensions it is a copy.
    /// </summary>
    public static Tensor from_array(
        Array rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => rawArray switch
        {
            float[] data => Alias(data, dtype, requires_grad),
            double[] data => Alias(data, dtype, requires_grad),
            long[] data => Alias(data, dtype, requires_grad),
            int[] data => Alias(data, dtype, requires_grad),
            bool[] data => Alias(data, dtype, requires_grad),
            BFloat16[] data => Alias(data, dtype, requires_grad),
            _ => rawArray.GetType().GetElementType() switch
            {
                { } type when type == typeof(float) => CopyArray<float>(rawArray, dtype, requires_grad),
                { } type when type == typeof(double) => CopyArray<double>(rawArray, dtype, requires_grad),
                { } type when type == typeof(long) => CopyArray<long>(rawArray, dtype, requires_grad),
                { } type when type == typeof(int) => CopyArray<int>(rawArray, dtype, requires_grad),
                { } type when type == typeof(bool) => CopyArray<bool>(rawArray, dtype, requires_grad),
                { } type => throw new ArgumentException($"from_array: elements of type {type.Name} are not supported."),
                null => throw new ArgumentException("from_array: not an array."),
            },
        };

    /// <summary>A copy of a span, row by row, in the given shape.</summary>
    internal static Tensor FromSpan<T>(ReadOnlySpan<T> data, long[] sizes) where T : unmanaged =>
        Copy(data, sizes, null, false);

    private static Tensor Copy<T>(ReadOnlySpan<T> data, long[] sizes, ScalarType? dtype, bool requires_grad)
        where T : unmanaged
    {
        Shapes.Check("tensor", sizes);
        if (Shapes.Count(sizes) != data.Length)
        {
            throw new ArgumentException($"tensor: {data.Length} elements do not fill the shape {Shapes.Text(sizes)}.");
        }

        Tensor result = Tensor.Uninitialized((long[])sizes.Clone(), ScalarTypes.Of<T>());
        data.CopyTo(result.Span<T>());
        return Leaf(result.to(dtype ?? result.dtype), requires_grad);
    }

    private static Tensor CopyArray<T>(Array data, ScalarType? dtype, bool requires_grad) where T : unmanaged
    {
        long[] sizes = new long[data.Rank];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = data.GetLongLength(i);
        }

        ReadOnlySpan<T> elements = data.Length == 0
            ? default
            : MemoryMarshal.CreateReadOnlySpan(ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(
                ref MemoryMarshal.GetArrayDataReference(data)), data.Length);
        return Copy(elements, sizes, dtype, requires_grad);
    }

    private static Tensor Alias<T>(T[] data, ScalarType? dtype, bool requires_grad) where T : unmanaged
    {
        ScalarType type = ScalarTypes.Of<T>();
        return Leaf(new Tensor(new Storage<T>(type, data), [data.Length], null, 0).to(dtype ?? type), requires_grad);
    }
}
