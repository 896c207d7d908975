namespace FinML.Torch;

/// <summary>bfloat16 is a storage type: to compute, elements are widened to float32, and results rounded once - by each
/// operation, where one is made of several.</summary>
internal static class Widening
{
    /// <summary>A float32 copy of a bfloat16 tensor; another tensor itself. Not recorded.</summary>
    internal static Tensor Wide(Tensor x) => x.dtype == ScalarType.BFloat16 ? Converted(x, ScalarType.Float32) : x;

    /// <summary>A rounded copy, not recorded.</summary>
    internal static Tensor Rounded(Tensor x) => Converted(x, ScalarType.BFloat16);

    /// <summary>What <paramref name="compute"/> makes of the widened tensor, rounded.</summary>
    internal static Tensor Through(Tensor x, Func<Tensor, Tensor> compute)
    {
        using Tensor wide = Wide(x);
        using Tensor result = compute(wide);
        return Rounded(result);
    }

    /// <summary>Lets <paramref name="compute"/> change a widened copy of a bfloat16 target, and rounds it back.
    /// </summary>
    internal static void Into(Tensor target, Action<Tensor> compute)
    {
        using Tensor wide = Wide(target);
        compute(wide);
        Copying.Copy(wide, target);
    }

    private static Tensor Converted(Tensor x, ScalarType type)
    {
        Tensor result = Tensor.Uninitialized(x.Sizes, type);
        Copying.Copy(x, result);
        Tangents.Carry(result, x, static t => t);
        return result;
    }
}
