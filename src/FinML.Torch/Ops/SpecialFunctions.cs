using System.Numerics;

namespace FinML.Torch;

internal readonly struct LgammaFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateTruncating(GammaFunctions.LogGamma(double.CreateTruncating(x)));
}

internal readonly struct DigammaFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateTruncating(GammaFunctions.Digamma(double.CreateTruncating(x)));
}

internal readonly struct ErfinvFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateTruncating(ErrorFunction.Inverse(double.CreateTruncating(x)));
}

public static partial class torch
{
    /// <summary>log |Gamma(x)|.</summary>
    public static Tensor lgamma(Tensor input) => input.lgamma();

    /// <summary>The derivative of log Gamma.</summary>
    public static Tensor digamma(Tensor input) => input.digamma();

    /// <summary>Derivative number <paramref name="p"/> of digamma.</summary>
    public static Tensor polygamma(Tensor input, long p) => input.polygamma(p);

    /// <summary>The inverse of erf on [-1, 1]; NaN outside.</summary>
    public static Tensor erfinv(Tensor input) => input.erfinv();

    public partial class Tensor
    {
        /// <summary>log |Gamma(x)|.</summary>
        public Tensor lgamma() => Function<Each<LgammaFunction>>("lgamma", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).digamma()));

        /// <summary>The derivative of log Gamma.</summary>
        public Tensor digamma() => Function<Each<DigammaFunction>>("digamma", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).polygamma(1)));

        /// <summary>The inverse of erf on [-1, 1]; NaN outside.</summary>
        public Tensor erfinv() => Function<Each<ErfinvFunction>>("erfinv", saveResult: true, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).square().exp()).mul(Math.Sqrt(Math.PI) / 2));

        /// <summary>Derivative number <paramref name="p"/> of digamma, p in [0, 100].</summary>
        public Tensor polygamma(long p)
        {
            if (p is < 0 or > 100)
                throw new ArgumentOutOfRangeException(nameof(p), p, $"polygamma: p must be in [0, 100], got {p}.");
            if (p == 0)
                return digamma();
            Tensor source = Elementwise.Floating(this).contiguous();
            Tensor result = Uninitialized(source.Sizes, source.dtype);
            if (source.dtype == ScalarType.Float32)
                Fill(source.Span<float>(), result.Span<float>(), (int)p);
            else
                Fill(source.Span<double>(), result.Span<double>(), (int)p);
            if (Node.Needed(source))
            {
                Node.Record("polygamma", source, static (node, g, d) =>
                    d[0] = g[0]!.mul(node.Saved(0).polygamma((long)node.State! + 1)), result).Save(source).State = p;
            }

            return result;

            static void Fill<T>(ReadOnlySpan<T> x, Span<T> y, int n)
                where T : unmanaged, IFloatingPointIeee754<T>
            {
                for (int i = 0; i < x.Length; i++)
                    y[i] = T.CreateTruncating(GammaFunctions.Polygamma(n, double.CreateTruncating(x[i])));
            }
        }
    }
}
