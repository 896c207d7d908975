using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>Dropout's factors from uniform draws.</summary>
internal static class DropoutKernel
{
    /// <summary>Draws on [0, 1) become 0 below p, else 1 / (1 - p); p below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Factors<T>(Span<T> draws, double p)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector512<T> least = Vector512.Create(T.CreateTruncating(p));
        Vector512<T> factor = Vector512.Create(T.CreateTruncating(1 / (1 - p)));
        for (int i = 0; i < draws.Length; i += Vector512<T>.Count)
        {
            Vector512<T> kept = Vector512.GreaterThanOrEqual(LanePart.Load<T>(draws, i), least);
            LanePart.Store(Vector512.ConditionalSelect(kept, factor, Vector512<T>.Zero), draws, i);
        }
    }
}
