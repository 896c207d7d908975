using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>The functions in either precision, for kernels that state a formula once: float32 by polynomials, float64
/// lane by lane through the runtime.</summary>
internal static unsafe partial class VectorMath
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> ExpOf<T>(Vector512<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float)
            ? Exp(x.AsSingle()).As<float, T>()
            : ByLane(x.AsDouble(), &Math.Exp).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> LogOf<T>(Vector512<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float)
            ? Log(x.AsSingle()).As<float, T>()
            : ByLane(x.AsDouble(), &Math.Log).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> TanhOf<T>(Vector512<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float)
            ? Tanh(x.AsSingle()).As<float, T>()
            : ByLane(x.AsDouble(), &Math.Tanh).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> SigmoidOf<T>(Vector512<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float)
            ? Sigmoid(x.AsSingle()).As<float, T>()
            : ByLane(x.AsDouble(), &Sigmoid).As<double, T>();

    /// <summary>a b + c with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> MultiplyAdd<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c)
        where T : unmanaged =>
        Lanes512<T>.MultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<double> ByLane(Vector512<double> x, delegate*<double, double> function)
    {
        double* lanes = stackalloc double[Vector512<double>.Count];
        x.Store(lanes);
        for (int i = 0; i < Vector512<double>.Count; i++)
            lanes[i] = function(lanes[i]);
        return Vector512.Load(lanes);
    }
}
