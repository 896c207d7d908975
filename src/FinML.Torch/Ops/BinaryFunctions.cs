using System.Numerics;

namespace FinML.Torch;

internal readonly struct Atan2Operation : IBinaryOperation
{
    public static bool HasVector => false;

    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> =>
        T.CreateTruncating(Math.Atan2(double.CreateTruncating(a), double.CreateTruncating(b)));
}

internal readonly struct HypotOperation : IBinaryOperation
{
    public static bool HasVector => false;

    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> =>
        T.CreateTruncating(double.Hypot(double.CreateTruncating(a), double.CreateTruncating(b)));
}

internal readonly struct CopySignOperation : IBinaryOperation
{
    public static bool HasVector => false;

    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => T.CopySign(a, b);
}

internal readonly struct LogAddExpOperation : IBinaryOperation
{
    public static bool HasVector => false;

    /// <summary>max + log1p(exp(-|a - b|)): no exponential overflows; equal infinities are themselves.</summary>
    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T>
    {
        double x = double.CreateTruncating(a), y = double.CreateTruncating(b);
        return x == y && double.IsInfinity(x)
            ? a
            : T.CreateTruncating(Math.Max(x, y) + Log1pFunction.Of(Math.Exp(-Math.Abs(x - y))));
    }
}

internal readonly struct XLogYOperation : IBinaryOperation
{
    public static bool HasVector => false;

    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => T.IsNaN(b) ? b
        : T.IsZero(a) ? T.Zero
        : T.CreateTruncating(double.CreateTruncating(a) * Math.Log(double.CreateTruncating(b)));
}

public static partial class torch
{
    public static Tensor atan2(Tensor input, Tensor other) => input.atan2(other);

    public static Tensor atan2_(Tensor input, Tensor other) => input.atan2_(other);

    public static Tensor arctan2(Tensor input, Tensor other) => input.atan2(other);

    public static Tensor arctan2_(Tensor input, Tensor other) => input.atan2_(other);

    public static Tensor hypot(Tensor left, Tensor right) => left.hypot(right);

    public static Tensor copysign(Tensor input, Tensor other) => input.copysign(other);

    public static Tensor copysign_(Tensor input, Tensor other) => input.copysign_(other);

    public static Tensor logaddexp(Tensor left, Tensor right) => left.logaddexp(right);

    public static Tensor logaddexp2(Tensor left, Tensor right) => left.logaddexp2(right);

    public static Tensor xlogy(Tensor x, Tensor y) => x.xlogy(y);

    public static Tensor xlogy_(Tensor x, Tensor y) => x.xlogy_(y);

    public static Tensor xlogy(Tensor x, Scalar y) => x.xlogy(y);

    public static Tensor xlogy_(Tensor x, Scalar y) => x.xlogy_(y);

    public static Tensor heaviside(Tensor input, Tensor values) => input.heaviside(values);

    public static Tensor heaviside_(Tensor input, Tensor values) => input.heaviside_(values);

    public static Tensor ldexp(Tensor input, Tensor other) => input.ldexp(other);

    public static Tensor ldexp_(Tensor input, Tensor other) => input.ldexp_(other);

    public static Tensor float_power(Tensor input, Tensor target) => input.float_power(target);

    public partial class Tensor
    {
        /// <summary>The angle of the point (other, this), in (-pi, pi].</summary>
        public Tensor atan2(Tensor other) => Floating<Atan2Operation>("atan2", other, static (node, g, d) =>
        {
            Tensor y = node.Saved(0), x = node.Saved(1), scaled = g[0]!.div(x.square().add(y.square()));
            d[0] = node.Needs(0) ? scaled.mul(x).SumTo(y.Sizes) : null;
            d[1] = node.Needs(1) ? scaled.mul(y).neg().SumTo(x.Sizes) : null;
        });

        public Tensor arctan2(Tensor other) => atan2(other);

        public Tensor arctan(Tensor other) => atan2(other);

        /// <summary>sqrt(this^2 + other^2), without overflow on the way.</summary>
        public Tensor hypot(Tensor other) => Floating<HypotOperation>("hypot", other, static (node, g, d) =>
        {
            Tensor a = node.Saved(0), b = node.Saved(1);
            Tensor scaled = g[0]!.div(a.hypot(b));
            d[0] = node.Needs(0) ? scaled.mul(a).SumTo(a.Sizes) : null;
            d[1] = node.Needs(1) ? scaled.mul(b).SumTo(b.Sizes) : null;
        });

        /// <summary>The magnitude of this with the sign of other; other has no gradient.</summary>
        public Tensor copysign(Tensor other) => Floating<CopySignOperation>("copysign", other, static (node, g, d) =>
        {
            Tensor a = node.Saved(0).detach(), b = node.Saved(1).detach();
            Tensor same = a.sign().mul(torch.ones_like(b).copysign(b)); // zero where this is
            d[0] = node.Needs(0) ? g[0]!.mul(same).SumTo(a.Sizes) : null;
            d[1] = node.Needs(1) ? torch.zeros_like(b) : null;
        });

        /// <summary>log(exp(this) + exp(other)).</summary>
        public Tensor logaddexp(Tensor other) =>
            Floating<LogAddExpOperation>("logaddexp", other, static (node, g, d) =>
            {
                Tensor a = node.Saved(0), b = node.Saved(1);
                d[0] = node.Needs(0) ? g[0]!.mul(a.sub(b).sigmoid()).SumTo(a.Sizes) : null;
                d[1] = node.Needs(1) ? g[0]!.mul(b.sub(a).sigmoid()).SumTo(b.Sizes) : null;
            });

        /// <summary>log2(2^this + 2^other).</summary>
        public Tensor logaddexp2(Tensor other) =>
            mul(Math.Log(2)).logaddexp(other.mul(Math.Log(2))).div(Math.Log(2));

        /// <summary>this * log(y), zero where this is zero.</summary>
        public Tensor xlogy(Tensor y) => Floating<XLogYOperation>("xlogy", y, static (node, g, d) =>
        {
            Tensor a = node.Saved(0), b = node.Saved(1);
            if (node.Needs(0))
            {
                Tensor none = a.detach().eq(0).logical_and(b.detach().le(0));
                d[0] = g[0]!.mul(torch.where(none, 0, torch.where(none, 1, b).log())).SumTo(a.Sizes);
            }

            d[1] = node.Needs(1) ? g[0]!.mul(a).div(b).SumTo(b.Sizes) : null;
        });

        public Tensor xlogy(Scalar y) => xlogy(Number(y, this));

        /// <summary>0 below zero, 1 above, values at zero; no gradient.</summary>
        public Tensor heaviside(Tensor values)
        {
            Tensor x = detach(), at = values.detach();
            if (x.dtype != at.dtype)
            {
                throw new ArgumentException(
                    $"heaviside: needs two tensors of one dtype, got {x.dtype}{Shapes.Text(x.Sizes)} and "
                    + $"{at.dtype}{Shapes.Text(at.Sizes)}.");
            }

            return torch.where(x.isnan(), x, torch.where(x.eq(0), at, x.gt(0).to(x.dtype)));
        }

        /// <summary>this * 2^other.</summary>
        public Tensor ldexp(Tensor other) => mul(Elementwise.Floating(other).exp2());

        /// <summary>this to the power target, in float64.</summary>
        public Tensor float_power(Tensor target) => to(ScalarType.Float64).pow(target.to(ScalarType.Float64));

        public Tensor atan2_(Tensor other) => Written("atan2_", other, static (a, b) => a.atan2(b));

        public Tensor arctan2_(Tensor other) => atan2_(other);

        public Tensor copysign_(Tensor other) => Written("copysign_", other, static (a, b) => a.copysign(b));

        public Tensor xlogy_(Tensor y) => Written("xlogy_", y, static (a, b) => a.xlogy(b));

        public Tensor xlogy_(Scalar y) => Written("xlogy_", x => x.xlogy(y));

        public Tensor heaviside_(Tensor other) => Written("heaviside_", other, static (a, b) => a.heaviside(b));

        public Tensor ldexp_(Tensor other) => Written("ldexp_", other, static (a, b) => a.ldexp(b));

        public Tensor float_power_(Tensor target) => Written("float_power_", target, static (a, b) => a.float_power(b));

        /// <summary>A function of two floating tensors, which broadcast, whose derivative is written in both.</summary>
        private Tensor Floating<TOp>(string name, Tensor other, BackwardFunction backward)
            where TOp : struct, IBinaryOperation
        {
            (Tensor a, Tensor b) = Promoted(other);
            a = Elementwise.Floating(a);
            b = Elementwise.Floating(b);
            Tensor result = Elementwise.Binary<TOp>(name, a, b, a.dtype);
            if (Node.Needed(a, b))
            {
                Node.Record(name, a, b, backward, result).Save(a, b);
                Tangents.Carry(name, result, a, b, backward);
            }

            return result;
        }
    }
}
