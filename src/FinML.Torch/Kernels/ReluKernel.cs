using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>max(x, 0) without branches: the signs of activations cannot be predicted.</summary>
internal static class ReluKernel
{
    /// <summary>x where positive or NaN, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Forward<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged
    {
        for (int i = 0; i < x.Length; i += Vector512<T>.Count)
        {
            Vector512<T> value = LanePart.Load(x, i);
            LanePart.Store(
                Vector512.AndNot(value, Vector512.LessThanOrEqual(value, Vector512<T>.Zero)), y, i);
        }
    }
}
