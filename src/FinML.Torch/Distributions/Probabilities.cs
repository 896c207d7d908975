namespace FinML.Torch;

/// <summary>What distributions share.</summary>
internal static class Probabilities
{
    /// <summary>Kept one rounding away from 0 and 1.</summary>
    internal static Tensor Clamp(Tensor probabilities)
    {
        double eps = probabilities.dtype == ScalarType.Float32 ? 1.1920929e-7 : 2.220446049250313e-16;
        return probabilities.clamp(eps, 1 - eps);
    }

    /// <summary>Summed over the last axes.</summary>
    internal static Tensor SumRightmost(Tensor value, int axes) => axes == 0
        ? value
        : value.reshape([.. value.Sizes[..^axes], Shapes.Count(value.Sizes.AsSpan()[^axes..])]).sum(-1);
}
