using System.Numerics;

namespace FinML.Torch;

internal readonly struct Exp2Function : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Exp2(x);
}

internal readonly struct Log2Function : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Log2(x);
}

internal readonly struct Log10Function : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Log10(x);
}

internal readonly struct ErfcFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateTruncating(ErrorFunction.Erfc(double.CreateTruncating(x)));
}

internal readonly struct ErfinvFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateTruncating(ErrorFunction.Inverse(double.CreateTruncating(x)));
}

internal readonly struct LogGammaFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateTruncating(GammaFunctions.LogGamma(double.CreateTruncating(x)));
}

internal readonly struct DigammaFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateTruncating(GammaFunctions.Digamma(double.CreateTruncating(x)));
}

public static partial class torch
{
    public static Tensor exp2(Tensor input) => input.exp2();

    public static Tensor exp2_(Tensor input) => input.exp2_();

    public static Tensor log2(Tensor input) => input.log2();

    public static Tensor log2_(Tensor input) => input.log2_();

    public static Tensor log10(Tensor input) => input.log10();

    public static Tensor log10_(Tensor input) => input.log10_();

    public static Tensor erfc(Tensor input) => input.erfc();

    public static Tensor erfc_(Tensor input) => input.erfc_();

    public static Tensor erfinv(Tensor input) => input.erfinv();

    public static Tensor erfinv_(Tensor input) => input.erfinv_();

    public static Tensor lgamma(Tensor input) => input.lgamma();

    public static Tensor lgamma_(Tensor input) => input.lgamma_();

    public static Tensor digamma(Tensor input) => input.digamma();

    public static Tensor digamma_(Tensor input) => input.digamma_();

    public static Tensor erf_(Tensor input) => input.erf_();

    public static Tensor polygamma(Tensor input, long p) => input.polygamma(p);

    public static Tensor polygamma_(Tensor input, long p) => input.polygamma_(p);

    public static Tensor mvlgamma(Tensor input, long p) => input.mvlgamma(p);

    public static Tensor mvlgamma_(Tensor input, long p) => input.mvlgamma_(p);

    public static Tensor logit(Tensor input, double? eps = null) => input.logit(eps);

    public static Tensor logit_(Tensor input, double? eps = null) => input.logit_(eps);

    public partial class Tensor
    {
        /// <summary>2^x.</summary>
        public Tensor exp2() => Function<Each<Exp2Function>>("exp2", saveResult: true, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0)).mul(Math.Log(2)));

        /// <summary>The logarithm to base 2.</summary>
        public Tensor log2() => Function<Each<Log2Function>>("log2", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.div(node.Saved(0)).div(Math.Log(2)));

        /// <summary>The logarithm to base 10.</summary>
        public Tensor log10() => Function<Each<Log10Function>>("log10", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.div(node.Saved(0)).div(Math.Log(10)));

        /// <summary>1 - erf(x), to relative precision.</summary>
        public Tensor erfc() => Function<Each<ErfcFunction>>("erfc", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).square().neg().exp()).mul(-2 / Math.Sqrt(Math.PI)));

        /// <summary>The number whose erf this is; infinite at -1 and 1, NaN beyond.</summary>
        public Tensor erfinv() => Function<Each<ErfinvFunction>>("erfinv", saveResult: true, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).square().exp()).mul(Math.Sqrt(Math.PI) / 2));

        /// <summary>log |Gamma(x)|.</summary>
        public Tensor lgamma() => Function<Each<LogGammaFunction>>("lgamma", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).digamma()));

        /// <summary>The derivative of lgamma.</summary>
        public Tensor digamma() => Function<Each<DigammaFunction>>("digamma", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).polygamma(1)));

        /// <summary>The p-th derivative of digamma.</summary>
        public Tensor polygamma(long p)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(p);
            if (p == 0)
                return digamma();
            Tensor source = Elementwise.Floating(this), result = Uninitialized(Sizes, source.dtype);
            using Tensor wide = source.detach().to(ScalarType.Float64).clone();
            foreach (ref double x in wide.Span<double>())
                x = GammaFunctions.Polygamma((int)p, x);
            Copying.Copy(wide, result);
            if (Node.Needed(source))
            {
                Node.Record("polygamma", source, static (node, g, d) =>
                    d[0] = g[0]!.mul(node.Saved(0).polygamma((long)node.State! + 1)), result).Save(source).State = p;
                Tangents.Carry(result, source, (source, p), static (t, s) => t.mul(s.source.polygamma(s.p + 1)));
            }

            return result;
        }

        /// <summary>log of the multivariate gamma function of p dimensions: p (p - 1) / 4 log(pi) + the sum over i
        /// below p of lgamma(x - i / 2).</summary>
        public Tensor mvlgamma(long p)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(p, 1);
            Tensor total = lgamma();
            for (long i = 1; i < p; i++)
                total = total.add(sub(i / 2.0).lgamma());
            return total.add(p * (p - 1) / 4.0 * Math.Log(Math.PI));
        }

        /// <summary>log(x / (1 - x)), of x limited to [eps, 1 - eps] where eps is given.</summary>
        public Tensor logit(double? eps = null)
        {
            Tensor x = eps is null ? Elementwise.Floating(this) : clamp(eps, 1 - eps);
            return x.div(1 - x).log();
        }

        public Tensor erf_() => Written("erf_", static x => x.erf());

        public Tensor exp2_() => Written("exp2_", static x => x.exp2());

        public Tensor log2_() => Written("log2_", static x => x.log2());

        public Tensor log10_() => Written("log10_", static x => x.log10());

        public Tensor erfc_() => Written("erfc_", static x => x.erfc());

        public Tensor erfinv_() => Written("erfinv_", static x => x.erfinv());

        public Tensor lgamma_() => Written("lgamma_", static x => x.lgamma());

        public Tensor digamma_() => Written("digamma_", static x => x.digamma());

        public Tensor polygamma_(long p) => Written("polygamma_", x => x.polygamma(p));

        public Tensor mvlgamma_(long p) => Written("mvlgamma_", x => x.mvlgamma(p));

        public Tensor logit_(double? eps = null) => Written("logit_", x => x.logit(eps));
    }
}
