using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>A function written once for both floating types, applied element by element.</summary>
internal interface IScalarFunction
{
    static abstract T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>True where the vector form is there.</summary>
    static virtual bool HasVector => false;

    static virtual Vector<T> Of<T>(Vector<T> x) where T : unmanaged, IFloatingPointIeee754<T> => default;
}

/// <summary>The loop of a scalar function.</summary>
internal readonly struct Each<TFunction> : IUnaryOperation where TFunction : struct, IScalarFunction
{
    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => Loop(x, y);

    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => Loop(x, y);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        if (TFunction.HasVector)
        {
            ref T from = ref MemoryMarshal.GetReference(x);
            ref T to = ref MemoryMarshal.GetReference(y);
            for (; i <= y.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                TFunction.Of(Vector.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
            }
        }

        for (; i < y.Length; i++)
        {
            y[i] = TFunction.Of(x[i]);
        }
    }
}

internal readonly struct ExpOperation : IUnaryOperation
{
    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => VectorMath.Exp(x, y);

    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => VectorMath.Exp(x, y);
}

internal readonly struct LogOperation : IUnaryOperation
{
    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => VectorMath.Log(x, y);

    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => VectorMath.Log(x, y);
}

internal readonly struct TanhOperation : IUnaryOperation
{
    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => VectorMath.Tanh(x, y);

    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => VectorMath.Tanh(x, y);
}

internal readonly struct SigmoidOperation : IUnaryOperation
{
    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => VectorMath.Sigmoid(x, y);

    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => VectorMath.Sigmoid(x, y);
}

internal readonly struct Log1pFunction : IScalarFunction
{
    /// <summary>Kahan's form: log1p in the base library loses small x to rounding.</summary>
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T u = T.One + x;
        return u == T.One ? x : T.IsPositiveInfinity(u) ? u : T.Log(u) * x / (u - T.One);
    }
}

internal readonly struct Expm1Function : IScalarFunction
{
    /// <summary>Kahan's form, for the same reason.</summary>
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T u = T.Exp(x);
        if (u == T.One)
        {
            return x;
        }

        T difference = u - T.One;
        return difference == -T.One || T.IsInfinity(u) ? difference : difference * x / T.Log(u);
    }
}

internal readonly struct SqrtFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Sqrt(x);

    public static bool HasVector => true;

    public static Vector<T> Of<T>(Vector<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Vector.SquareRoot(x);
}

internal readonly struct RsqrtFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.One / T.Sqrt(x);

    public static bool HasVector => true;

    public static Vector<T> Of<T>(Vector<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        Vector<T>.One / Vector.SquareRoot(x);
}

internal readonly struct SinFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Sin(x);
}

internal readonly struct CosFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Cos(x);
}

internal readonly struct AbsFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Abs(x);

    public static bool HasVector => true;

    public static Vector<T> Of<T>(Vector<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Vector.Abs(x);
}

internal readonly struct SignFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        x > T.Zero ? T.One : x < T.Zero ? -T.One : T.Zero;
}

internal readonly struct FloorFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Floor(x);
}

internal readonly struct CeilFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Ceiling(x);
}

internal readonly struct RoundFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.Round(x, MidpointRounding.ToEven);
}

internal readonly struct ErfFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateTruncating(ErrorFunction.Erf(double.CreateTruncating(x)));
}

public static partial class torch
{
    public static Tensor exp(Tensor input) => input.exp();

    public static Tensor log(Tensor input) => input.log();

    public static Tensor log1p(Tensor input) => input.log1p();

    public static Tensor expm1(Tensor input) => input.expm1();

    public static Tensor sqrt(Tensor input) => input.sqrt();

    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    public static Tensor sin(Tensor input) => input.sin();

    public static Tensor cos(Tensor input) => input.cos();

    public static Tensor abs(Tensor input) => input.abs();

    public static Tensor sign(Tensor input) => input.sign();

    public static Tensor floor(Tensor input) => input.floor();

    public static Tensor ceil(Tensor input) => input.ceil();

    public static Tensor square(Tensor input) => input.square();

    public static Tensor reciprocal(Tensor input) => input.reciprocal();

    public static Tensor erf(Tensor input) => input.erf();

    public partial class Tensor
    {
        public Tensor exp() => Function<ExpOperation>("exp", saveResult: true, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0)));

        public Tensor log() => Function<LogOperation>("log", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.div(node.Saved(0)));

        /// <summary>log(1 + x), exact to rounding for small x.</summary>
        public Tensor log1p() => Function<Each<Log1pFunction>>("log1p", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.div(node.Saved(0).add(1)));

        /// <summary>exp(x) - 1, exact to rounding for small x.</summary>
        public Tensor expm1() => Function<Each<Expm1Function>>("expm1", saveResult: true, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).add(1)));

        public Tensor sqrt() => Function<Each<SqrtFunction>>("sqrt", saveResult: true, static (node, g, d) =>
            d[0] = g[0]!.div(node.Saved(0)).mul(0.5));

        /// <summary>1 / sqrt(x).</summary>
        public Tensor rsqrt() => Function<Each<RsqrtFunction>>("rsqrt", saveResult: true, static (node, g, d) =>
        {
            Tensor y = node.Saved(0);
            d[0] = g[0]!.mul(y.mul(y).mul(y)).mul(-0.5);
        });

        public Tensor sin() => Function<Each<SinFunction>>("sin", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).cos()));

        public Tensor cos() => Function<Each<CosFunction>>("cos", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).sin()).neg());

        public Tensor abs() => dtype.IsFloating()
            ? Function<Each<AbsFunction>>("abs", saveResult: false, static (node, g, d) =>
                d[0] = g[0]!.mul(node.Saved(0).sign()))
            : maximum(neg());

        /// <summary>-1, 0 or 1 (0 for NaN); its gradient is zero.</summary>
        public Tensor sign() => Step<Each<SignFunction>>("sign");

        public Tensor floor() => Step<Each<FloorFunction>>("floor");

        public Tensor ceil() => Step<Each<CeilFunction>>("ceil");

        public Tensor square() => mul(this);

        /// <summary>1 / x.</summary>
        public Tensor reciprocal() => DivideInto(1);

        /// <summary>The error function.</summary>
        public Tensor erf() => Function<Each<ErfFunction>>("erf", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).square().neg().exp()).mul(2 / Math.Sqrt(Math.PI)));

        public Tensor exp_() => FunctionInPlace<ExpOperation>("exp_", static x => x.exp());

        public Tensor log_() => FunctionInPlace<LogOperation>("log_", static x => x.clone().log());

        public Tensor sqrt_() => FunctionInPlace<Each<SqrtFunction>>("sqrt_", static x => x.sqrt());

        public Tensor abs_() => FunctionInPlace<Each<AbsFunction>>("abs_", static x => x.clone().abs());

        public Tensor tanh_() => FunctionInPlace<TanhOperation>("tanh_", static x => x.tanh());

        public Tensor sigmoid_() => FunctionInPlace<SigmoidOperation>("sigmoid_", static x => x.sigmoid());

        /// <summary>A function of each element whose derivative is written in the input, or in the result.</summary>
        private Tensor Function<TOp>(string name, bool saveResult, BackwardFunction backward)
            where TOp : struct, IUnaryOperation
        {
            Tensor source = Elementwise.Floating(this);
            Tensor result = Elementwise.Unary<TOp>(source);
            if (Node.Needed(source))
            {
                Tensor saved = saveResult ? result : source;
                Node.Record(name, source, backward, result).Save(saved);
                Tangents.Carry(name, result, source, backward, null, saved);
            }

            return result;
        }

        /// <summary>A function whose derivative is zero almost everywhere.</summary>
        private Tensor Step<TOp>(string name) where TOp : struct, IUnaryOperation
        {
            Tensor source = Elementwise.Floating(this);
            Tensor result = Elementwise.Unary<TOp>(source);
            if (Node.Needed(source))
            {
                Node.Record(name, source, static (_, g, d) => d[0] = torch.zeros_like(g[0]!), result);
                Tangents.Carry(result, source, static t => torch.zeros_like(t));
            }

            return dtype.IsFloating() ? result : result.to(dtype);
        }

        private Tensor FunctionInPlace<TOp>(string name, Func<Tensor, Tensor> recorded)
            where TOp : struct, IUnaryOperation
        {
            if (Node.Needed(this) || Tracer.Recording)
            {
                return InPlace.Replace(name, this, recorded(this));
            }

            Elementwise.UnaryInPlace<TOp>(name, this);
            return MarkWritten(name);
        }
    }
}
