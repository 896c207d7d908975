using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// exp, log, tanh, sigmoid over spans. float32: polynomials after Moshier's Cephes (expf, logf, tanhf), fused and
/// lane-wise, so that the bits of an element depend on that element alone; float64: the runtime's functions.
/// Source and destination may be the same span.
/// </summary>
internal static unsafe partial class VectorMath
{
    private interface IFunction
    {
        static abstract Vector512<float> Apply(Vector512<float> x);
    }

    /// <summary>e^x: overflow to infinity, gradual underflow.</summary>
    internal static void Exp(ReadOnlySpan<float> x, Span<float> y) => Map<ExpFunction>(x, y);

    /// <summary>Natural logarithm: negative infinity at 0, NaN below.</summary>
    internal static void Log(ReadOnlySpan<float> x, Span<float> y) => Map<LogFunction>(x, y);

    /// <summary>Hyperbolic tangent with relative accuracy down to the denormals.</summary>
    internal static void Tanh(ReadOnlySpan<float> x, Span<float> y) => Map<TanhFunction>(x, y);

    /// <summary>1 / (1 + e^-x) with relative accuracy in both tails.</summary>
    internal static void Sigmoid(ReadOnlySpan<float> x, Span<float> y) => Map<SigmoidFunction>(x, y);

    /// <inheritdoc cref="Exp(ReadOnlySpan{float}, Span{float})"/>
    internal static void Exp(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = Math.Exp(x[i]);
    }

    /// <inheritdoc cref="Log(ReadOnlySpan{float}, Span{float})"/>
    internal static void Log(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = Math.Log(x[i]);
    }

    /// <inheritdoc cref="Tanh(ReadOnlySpan{float}, Span{float})"/>
    internal static void Tanh(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = Math.Tanh(x[i]);
    }

    /// <inheritdoc cref="Sigmoid(ReadOnlySpan{float}, Span{float})"/>
    internal static void Sigmoid(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = Sigmoid(x[i]);
    }

    internal static double Sigmoid(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return (x < 0 ? e : 1.0) / (1.0 + e);
    }

    /// <summary>e^x of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Exp(Vector512<float> x)
    {
        Vector512<float> clamped = Vector512.MaxNative(
            Vector512.MinNative(x, Vector512.Create(89f)), Vector512.Create(-104f));
        Vector512<float> p = Reduced(clamped, out Vector512<int> k);

        // 2^k in two factors: k reaches -150, and denormal results need the last rounding to be the product's.
        Vector512<int> half = k >> 1;
        Vector512<int> bias = Vector512.Create(127);
        Vector512<float> y = p * ((half + bias) << 23).AsSingle() * ((k - half + bias) << 23).AsSingle();
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), y, x);
    }

    /// <summary>e^r with x = k ln 2 + r, so that e^x = 2^k e^r: k = round(x / ln 2) and |r| is at most ln 2 / 2.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Reduced(Vector512<float> x, out Vector512<int> k)
    {
        // ln 2 in two parts keeps r exact.
        Vector512<float> n = Vector512.Round(x * Vector512.Create(1.44269504f));
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        Vector512<float> p = Vector512.Create(1.9875691500e-4f);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5f));
        k = Vector512.ConvertToInt32Native(n);
        return Vector512.FusedMultiplyAdd(p, r * r, r) + Vector512<float>.One;
    }

    /// <summary>Logarithm of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Log(Vector512<float> x)
    {
        // x = m 2^e with m in [sqrt(1/2), sqrt(2)); denormals are scaled up by 2^23 first.
        Vector512<float> tiny = Vector512.LessThan(x, Vector512.Create(1.17549435e-38f));
        Vector512<float> scaled = Vector512.ConditionalSelect(tiny, x * Vector512.Create(8388608f), x);
        Vector512<int> bits = scaled.AsInt32();
        Vector512<int> shifted = bits - Vector512.Create(0x3f3504f3);
        Vector512<int> exponent = shifted >> 23;
        Vector512<float> m = (bits - (exponent << 23)).AsSingle() - Vector512<float>.One;
        Vector512<float> e = Vector512.ConvertToSingle(exponent)
            - Vector512.ConditionalSelect(tiny, Vector512.Create(23f), Vector512<float>.Zero);
        Vector512<float> z = m * m;
        Vector512<float> p = Vector512.Create(7.0376836292e-2f);
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(-1.1514610310e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(1.1676998740e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(-1.2420140846e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(1.4249322787e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(-1.6668057665e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(2.0000714765e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(-2.4999993993e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(3.3333331174e-1f));
        Vector512<float> y = p * m * z;
        y = Vector512.FusedMultiplyAdd(e, Vector512.Create(-2.12194440e-4f), y);
        y = Vector512.FusedMultiplyAdd(z, Vector512.Create(-0.5f), y);
        y = Vector512.FusedMultiplyAdd(e, Vector512.Create(0.693359375f), m + y);

        Vector512<float> infinity = Vector512.Create(float.PositiveInfinity);
        y = Vector512.ConditionalSelect(Vector512.LessThan(x, infinity), y, x); // infinity and NaN pass through
        y = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), -infinity, y);
        return Vector512.ConditionalSelect(
            Vector512.LessThan(x, Vector512<float>.Zero), Vector512.Create(float.NaN), y);
    }

    /// <summary>Exponential of lanes in [0, 20], with the bits of <see cref="Exp(Vector512{float})"/> but without its
    /// edge cases.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ExpOfModerate(Vector512<float> x)
    {
        Vector512<float> y = Reduced(x, out Vector512<int> k);
        return y * ((k + Vector512.Create(127)) << 23).AsSingle();
    }

    /// <summary>Hyperbolic tangent of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Tanh(Vector512<float> x)
    {
        Vector512<float> magnitude = Vector512.Abs(x);
        Vector512<float> z = x * x;
        Vector512<float> p = Vector512.Create(-5.70498872745e-3f);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.06390887954e-2f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-5.37397155531e-2f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1.33314422036e-1f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-3.33332819422e-1f));
        Vector512<float> small = Vector512.FusedMultiplyAdd(p * z, x, x);

        // Beyond 10 the result is 1 to the last bit. NaN is not large: it comes out of the polynomial.
        Vector512<float> limited = Vector512.MinNative(magnitude, Vector512.Create(10f));
        Vector512<float> e = ExpOfModerate(limited + limited);
        Vector512<float> large = Vector512<float>.One - (Vector512.Create(2f) / (e + Vector512<float>.One));
        Vector512<float> isLarge = Vector512.GreaterThanOrEqual(magnitude, Vector512.Create(0.625f));
        return Vector512.CopySign(Vector512.ConditionalSelect(isLarge, large, small), x);
    }

    /// <summary>Logistic function of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Sigmoid(Vector512<float> x)
    {
        Vector512<float> e = Exp(-Vector512.Abs(x));
        Vector512<float> numerator = Vector512.ConditionalSelect(
            Vector512.LessThan(x, Vector512<float>.Zero), e, Vector512<float>.One);
        return numerator / (e + Vector512<float>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map<TFunction>(ReadOnlySpan<float> x, Span<float> y)
        where TFunction : struct, IFunction
    {
        if (y.Length < x.Length)
            throw new ArgumentException($"The destination holds {y.Length} elements, {x.Length} are needed.");
        ref float source = ref MemoryMarshal.GetReference(x);
        ref float target = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i + 16 <= x.Length; i += 16)
            TFunction.Apply(Vector512.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        if (i == x.Length)
            return;
        Span<float> rest = stackalloc float[16];
        rest.Clear();
        x[i..].CopyTo(rest);
        TFunction.Apply(Vector512.Create<float>(rest)).CopyTo(rest);
        rest[..(x.Length - i)].CopyTo(y[i..]);
    }

    private readonly struct ExpFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> x) => Exp(x);
    }

    private readonly struct LogFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> x) => Log(x);
    }

    private readonly struct TanhFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> x) => Tanh(x);
    }

    private readonly struct SigmoidFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> x) => Sigmoid(x);
    }
}
