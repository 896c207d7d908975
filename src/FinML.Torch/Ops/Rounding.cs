using System.Numerics;

namespace FinML.Torch;

internal readonly struct TruncateFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Truncate(x);
}

/// <summary>Rounding, signs, limits, and the second names of operations.</summary>
public static partial class torch
{
    public static Tensor trunc(Tensor input) => input.trunc();

    public static Tensor trunc_(Tensor input) => input.trunc_();

    public static Tensor fix(Tensor input) => input.fix();

    public static Tensor fix_(Tensor input) => input.fix_();

    public static Tensor frac(Tensor input) => input.frac();

    public static Tensor frac_(Tensor input) => input.frac_();

    public static Tensor absolute(Tensor input) => input.absolute();

    public static Tensor absolute_(Tensor input) => input.absolute_();

    public static Tensor sgn(Tensor input) => input.sgn();

    public static Tensor sgn_(Tensor input) => input.sgn_();

    public static Tensor negative(Tensor input) => input.neg();

    public static Tensor negative_(Tensor input) => input.neg_();

    public static Tensor positive(Tensor input) => input.positive();

    public static Tensor signbit(Tensor input) => input.signbit();

    public static Tensor neg_(Tensor input) => input.neg_();

    public static Tensor floor_(Tensor input) => input.floor_();

    public static Tensor ceil_(Tensor input) => input.ceil_();

    public static Tensor sign_(Tensor input) => input.sign_();

    public static Tensor exp_(Tensor input) => input.exp_();

    public static Tensor expm1_(Tensor input) => input.expm1_();

    public static Tensor log_(Tensor input) => input.log_();

    public static Tensor log1p_(Tensor input) => input.log1p_();

    public static Tensor sqrt_(Tensor input) => input.sqrt_();

    public static Tensor rsqrt_(Tensor input) => input.rsqrt_();

    public static Tensor reciprocal_(Tensor input) => input.reciprocal_();

    public static Tensor abs_(Tensor input) => input.abs_();

    public static Tensor tanh_(Tensor input) => input.tanh_();

    public static Tensor sigmoid_(Tensor input) => input.sigmoid_();

    public static Tensor round(Tensor input, long decimals = 0L) => input.round(decimals);

    public static Tensor round_(Tensor input, long decimals = 0L) => input.round_(decimals);

    public static Tensor nan_to_num(Tensor input, double nan = 0d, double? posinf = null, double? neginf = null) =>
        input.nan_to_num(nan, posinf, neginf);

    public static Tensor nan_to_num_(Tensor input, double nan = 0d, double? posinf = null, double? neginf = null) =>
        input.nan_to_num_(nan, posinf, neginf);

    public partial class Tensor
    {
        /// <summary>Towards zero; its gradient is zero.</summary>
        public Tensor trunc() => Step<Each<TruncateFunction>>("trunc");

        public Tensor fix() => trunc();

        /// <summary>x - trunc(x).</summary>
        public Tensor frac() => sub(trunc());

        /// <summary>To so many decimals, halves to the even digit; negative counts round to tens, hundreds,
        /// ...</summary>
        public Tensor round(long decimals = 0L)
        {
            if (decimals == 0 || !dtype.IsFloating())
                return Step<Each<RoundFunction>>("round");
            double unit = Math.Pow(10, Math.Abs(decimals));
            return decimals > 0 ? mul(unit).round().div(unit) : div(unit).round().mul(unit);
        }

        public Tensor absolute() => abs();

        public Tensor negative() => neg();

        /// <summary>The tensor itself.</summary>
        public Tensor positive() => dtype == ScalarType.Bool
            ? throw new ArgumentException("positive: not defined for bool tensors.")
            : alias();

        public Tensor sgn() => sign();

        /// <summary>True where the sign bit is set: below zero, and at -0.</summary>
        public Tensor signbit() => dtype.IsFloating()
            ? torch.ones_like(this).copysign(detach()).lt(0)
            : lt(0);

        /// <summary>NaN and the infinities replaced: by <paramref name="nan"/>, and by the dtype's largest and smallest
        /// number where no other is given.</summary>
        public Tensor nan_to_num(double nan = 0d, double? posinf = null, double? neginf = null)
        {
            if (!dtype.IsFloating())
                return clone();
            double largest = dtype == ScalarType.Float32 ? float.MaxValue : double.MaxValue;
            Tensor x = detach();
            Tensor result = torch.where(x.isnan(), nan, this);
            result = torch.where(x.isposinf(), posinf ?? largest, result);
            return torch.where(x.isneginf(), neginf ?? -largest, result);
        }

        public Tensor trunc_() => Written("trunc_", static x => x.trunc());

        public Tensor fix_() => trunc_();

        public Tensor frac_() => Written("frac_", static x => x.frac());

        public Tensor floor_() => Written("floor_", static x => x.floor());

        public Tensor ceil_() => Written("ceil_", static x => x.ceil());

        public Tensor round_(long decimals = 0L) => Written("round_", x => x.round(decimals));

        public Tensor absolute_() => abs_();

        public Tensor sign_() => Written("sign_", static x => x.sign());

        public Tensor sgn_() => sign_();

        public Tensor expm1_() => Written("expm1_", static x => x.expm1());

        public Tensor log1p_() => Written("log1p_", static x => x.log1p());

        public Tensor rsqrt_() => Written("rsqrt_", static x => x.rsqrt());

        public Tensor reciprocal_() => Written("reciprocal_", static x => x.reciprocal());

        public Tensor nan_to_num_(double nan = 0d, double? posinf = null, double? neginf = null) =>
            Written("nan_to_num_", x => x.nan_to_num(nan, posinf, neginf));

        /// <summary>this = function(this). What the graph may save of the old elements is a copy.</summary>
        private Tensor Written(string name, Func<Tensor, Tensor> function) =>
            InPlace.Replace(name, this, function(Node.Needed(this) ? clone() : this));

        /// <summary>this = function(this, other).</summary>
        private Tensor Written(string name, Tensor other, Func<Tensor, Tensor, Tensor> function) =>
            InPlace.Replace(name, this, function(Node.Needed(this, other) ? clone() : this, other));
    }
}
