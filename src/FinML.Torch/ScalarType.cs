namespace FinML.Torch;

public static partial class torch
{
    /// <summary>The element types, with TorchSharp's numbers. BFloat16 stores, and computes by way of float32; Byte,
    /// Int8, Int16 and Float16 are not supported.</summary>
    public enum ScalarType : sbyte
    {
        Int32 = 3,
        Int64 = 4,
        Float32 = 6,
        Float64 = 7,
        Bool = 11,
        BFloat16 = 15,
    }

    public const ScalarType int32 = ScalarType.Int32;
    public const ScalarType int64 = ScalarType.Int64;
    public const ScalarType float32 = ScalarType.Float32;
    public const ScalarType float64 = ScalarType.Float64;
    public const ScalarType @long = ScalarType.Int64;
    public const ScalarType @int = ScalarType.Int32;
    public const ScalarType bfloat16 = ScalarType.BFloat16;
    public const ScalarType @bool = ScalarType.Bool;

    private static ScalarType defaultType = ScalarType.Float32;

    /// <summary>The floating dtype of zeros, rand and the like when none is given; float32 at start.</summary>
    public static ScalarType get_default_dtype() => defaultType;

    /// <exception cref="ArgumentException">dtype is not a floating type.</exception>
    public static void set_default_dtype(ScalarType dtype)
    {
        if (dtype is not (ScalarType.Float32 or ScalarType.Float64))
        {
            throw new ArgumentException($"the default dtype must be Float32 or Float64, got {dtype}.", nameof(dtype));
        }

        defaultType = dtype;
    }

    public static bool is_floating_point(ScalarType type) => type.IsFloating();

    public static bool is_integral(ScalarType type) => !type.IsFloating() && type != ScalarType.Bool;
}

/// <summary>What the operations ask of a dtype.</summary>
internal static class ScalarTypes
{
    internal static bool IsFloating(this torch.ScalarType type) =>
        type is torch.ScalarType.Float32 or torch.ScalarType.Float64 or torch.ScalarType.BFloat16;

    /// <summary>Bytes of an element.</summary>
    internal static int ElementSize(this torch.ScalarType type) => type switch
    {
        torch.ScalarType.Bool => 1,
        torch.ScalarType.BFloat16 => 2,
        torch.ScalarType.Int32 or torch.ScalarType.Float32 => 4,
        _ => 8,
    };

    /// <summary>0 for bool, 1 for integers, 2 for floating types: a higher category wins a promotion.</summary>
    internal static int Category(this torch.ScalarType type) =>
        type.IsFloating() ? 2 : type == torch.ScalarType.Bool ? 0 : 1;

    internal static torch.ScalarType Of<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? torch.ScalarType.Float32
        : typeof(T) == typeof(double) ? torch.ScalarType.Float64
        : typeof(T) == typeof(long) ? torch.ScalarType.Int64
        : typeof(T) == typeof(int) ? torch.ScalarType.Int32
        : typeof(T) == typeof(bool) ? torch.ScalarType.Bool
        : typeof(T) == typeof(BFloat16) ? torch.ScalarType.BFloat16
        : throw new ArgumentException(
            $"elements of type {typeof(T).Name} are not supported: use float, double, long, int, bool or BFloat16.");

    /// <summary>The dtype of a result of two dtypes of equal rank (PyTorch's promotion).</summary>
    internal static torch.ScalarType Promote(torch.ScalarType a, torch.ScalarType b)
    {
        if (a == b)
        {
            return a;
        }

        if (a.Category() != b.Category())
        {
            return a.Category() > b.Category() ? a : b;
        }

        if (!a.IsFloating())
        {
            return torch.ScalarType.Int64;
        }

        return a == torch.ScalarType.Float64 || b == torch.ScalarType.Float64
            ? torch.ScalarType.Float64
            : torch.ScalarType.Float32;
    }
}
