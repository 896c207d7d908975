using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>The plain recurrent cell (Elman, 1990): h' = f(x W_ih^T + b_ih + h W_hh^T + b_hh).</summary>
/// <typeparam name="TFunction">f, and its derivative by its value.</typeparam>
internal readonly struct RnnKernel<TFunction> : IRecurrentCell
    where TFunction : struct, IRnnFunction
{
    public static int Blocks => 1;

    public static int Weights => 1;

    public static int Shared => 1;

    public static int Memory => 0;

    public static bool PassesState => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(
        Span<T> gates, ReadOnlySpan<T> bias, ReadOnlySpan<T> previous, Span<T> h, Span<T> c, Span<T> memory)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < h.Length; j += Vector512<T>.Count)
        {
            Vector512<T> value = TFunction.Value(LanePart.Load<T>(gates, j) + LanePart.Load(bias, j));
            LanePart.Store(value, gates, j);
            LanePart.Store(value, h, j);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<T>(
        ReadOnlySpan<T> gates, Span<T> dGates, ReadOnlySpan<T> previous, ReadOnlySpan<T> memory,
        ReadOnlySpan<T> dOutput, Span<T> dh, Span<T> dc)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < dh.Length; j += Vector512<T>.Count)
        {
            Vector512<T> up = LanePart.Load<T>(dh, j) + LanePart.Load(dOutput, j);
            LanePart.Store(TFunction.Gradient(LanePart.Load(gates, j), up), dGates, j);
        }
    }
}

/// <summary>The function of a plain recurrent cell.</summary>
internal interface IRnnFunction
{
    static abstract Vector512<T> Value<T>(Vector512<T> x)
        where T : unmanaged;

    /// <summary>The gradient of x, from f(x) and the gradient of that.</summary>
    static abstract Vector512<T> Gradient<T>(Vector512<T> value, Vector512<T> up)
        where T : unmanaged;
}

/// <summary>tanh.</summary>
internal readonly struct RnnTanh : IRnnFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Value<T>(Vector512<T> x)
        where T : unmanaged => VectorMath.TanhOf(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Gradient<T>(Vector512<T> value, Vector512<T> up)
        where T : unmanaged => up * (Vector512<T>.One - (value * value));
}

/// <summary>max(x, 0), with the gradient 0 at 0.</summary>
internal readonly struct RnnRelu : IRnnFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Value<T>(Vector512<T> x)
        where T : unmanaged => Vector512.Max(x, Vector512<T>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Gradient<T>(Vector512<T> value, Vector512<T> up)
        where T : unmanaged =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(value, Vector512<T>.Zero), up, Vector512<T>.Zero);
}
