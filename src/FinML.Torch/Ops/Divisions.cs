using System.Numerics;

namespace FinML.Torch;

/// <summary>The remainder of division towards zero: the sign of the dividend.</summary>
internal readonly struct FmodOperation : IBinaryOperation
{
    public static bool HasVector => false;

    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a % b;
}

internal readonly struct FloorDivideOperation : IBinaryOperation
{
    public static bool HasVector => false;

    /// <summary>(a - remainder) / b: where a / b rounds up to an integer, its floor would be one too large.</summary>
    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T>
    {
        bool floating = typeof(T) == typeof(float) || typeof(T) == typeof(double);
        if (floating && T.IsZero(b))
            return a / b;
        T rest = a % b, quotient = (a - rest) / b;
        quotient -= !T.IsZero(rest) && T.IsNegative(rest) != T.IsNegative(b) ? T.One : T.Zero;
        return floating ? T.CreateTruncating(Math.Round(double.CreateTruncating(quotient))) : quotient;
    }
}

/// <summary>Division with rounding, and remainders.</summary>
public static partial class torch
{
    /// <summary>What becomes of a quotient.</summary>
    public enum RoundingMode
    {
        /// <summary>Nothing: integers divide to floating numbers.</summary>
        None,

        /// <summary>Rounded towards zero.</summary>
        trunc,

        /// <summary>Rounded down.</summary>
        floor,
    }

    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div(right, rounding_mode);

    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div(right, rounding_mode);

    public static Tensor divide(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div(right, rounding_mode);

    public static Tensor divide(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div(right, rounding_mode);

    public static Tensor true_divide(Tensor dividend, Tensor divisor) => dividend.div(divisor);

    public static Tensor floor_divide(Tensor input, Tensor other) => input.floor_divide(other);

    public static Tensor floor_divide_(Tensor input, Tensor other) => input.floor_divide_(other);

    public static Tensor fmod(Tensor left, Tensor right) => left.fmod(right);

    public static Tensor fmod_(Tensor left, Tensor right) => left.fmod_(right);

    public static Tensor fmod(Tensor left, Scalar right) => left.fmod(right);

    public static Tensor fmod_(Tensor left, Scalar right) => left.fmod_(right);

    public static Tensor remainder(Tensor left, Tensor right) => left.remainder(right);

    public static Tensor remainder(Tensor left, Scalar right) => left.remainder(right);

    public static Tensor remainder_(Tensor left, Tensor right) => left.remainder_(right);

    public static Tensor remainder_(Tensor left, Scalar right) => left.remainder_(right);

    public static Tensor gcd(Tensor left, Tensor right) => left.gcd(right);

    public static Tensor lcm(Tensor input, Tensor other) => input.lcm(other);

    public partial class Tensor
    {
        /// <summary>this / target, rounded as asked; a rounded quotient has no slope.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode) => rounding_mode switch
        {
            RoundingMode.None => div(target),
            RoundingMode.floor => FlooredQuotient(target),
            _ => TruncatedQuotient(target),
        };

        public Tensor div(Scalar target, RoundingMode rounding_mode) => rounding_mode == RoundingMode.None
            ? div(target)
            : div(Number(target, this), rounding_mode);

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            div(target, rounding_mode);

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            div(target, rounding_mode);

        public Tensor true_divide(Tensor other) => div(other);

        public Tensor true_divide(Scalar other) => div(other);

        /// <summary>The largest integer not above this / other; no gradient.</summary>
        public Tensor floor_divide(Tensor other)
        {
            (Tensor a, Tensor b) = detach().Promoted(other.detach());
            CheckDivisor("floor_divide", b);
            return Elementwise.Binary<FloorDivideOperation>("floor_divide", a, b, a.dtype);
        }

        public Tensor floor_divide(Scalar other) => floor_divide(Number(other, this));

        /// <summary>this - trunc(this / target) * target: the sign of this.</summary>
        public Tensor fmod(Tensor target) => Remainder<FmodOperation>("fmod", target, static q => q.trunc());

        public Tensor fmod(Scalar scalar) => fmod(Number(scalar, this));

        /// <summary>this - floor(this / target) * target: the sign of target.</summary>
        public Tensor remainder(Tensor target) =>
            Remainder<RemainderOperation>("remainder", target, static q => q.floor());

        public Tensor remainder(Scalar scalar) => remainder(Number(scalar, this));

        /// <summary>The greatest common divisor of integers.</summary>
        public Tensor gcd(Tensor other)
        {
            Tensor a = Integers("gcd", this).abs(), b = Integers("gcd", other).abs();
            a = a.broadcast_to(Shapes.Broadcast("gcd", a.Sizes, b.Sizes));
            while (b.any().ToBoolean())
            {
                Tensor zero = b.eq(0);
                (a, b) = (torch.where(zero, a, b), torch.where(zero, 0, a.fmod(torch.where(zero, 1, b))));
            }

            return a;
        }

        /// <summary>The least common multiple of integers.</summary>
        public Tensor lcm(Tensor other)
        {
            Tensor divisor = gcd(other);
            Tensor zero = divisor.eq(0);
            return torch.where(zero, 0, floor_divide(torch.where(zero, 1, divisor)).mul(other).abs());
        }

        public Tensor div_(Tensor target, RoundingMode rounding_mode) =>
            Written("div_", target, (a, b) => a.div(b, rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode) =>
            Written("div_", x => x.div(target, rounding_mode));

        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            div_(target, rounding_mode);

        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            div_(target, rounding_mode);

        public Tensor true_divide_(Tensor other) => div_(other);

        public Tensor true_divide_(Scalar other) => div_(other);

        public Tensor floor_divide_(Tensor other) =>
            Written("floor_divide_", other, static (a, b) => a.floor_divide(b));

        public Tensor floor_divide_(Scalar other) => Written("floor_divide_", x => x.floor_divide(other));

        public Tensor fmod_(Tensor target) => Written("fmod_", target, static (a, b) => a.fmod(b));

        public Tensor fmod_(Scalar scalar) => Written("fmod_", x => x.fmod(scalar));

        public Tensor remainder_(Tensor target) => Written("remainder_", target, static (a, b) => a.remainder(b));

        public Tensor remainder_(Scalar scalar) => Written("remainder_", x => x.remainder(scalar));

        public Tensor gcd_(Tensor other) => Written("gcd_", other, static (a, b) => a.gcd(b));

        public Tensor lcm_(Tensor other) => Written("lcm_", other, static (a, b) => a.lcm(b));

        private Tensor FlooredQuotient(Tensor target)
        {
            Tensor result = floor_divide(target);
            if (Node.Needed(this, target))
            {
                Node.Record("div", this, target, static (node, g, d) =>
                {
                    (long[] first, long[] second) = ((long[], long[]))node.State!;
                    d[0] = node.Needs(0) ? zeros(first, g[0]!.dtype) : null;
                    d[1] = node.Needs(1) ? zeros(second, g[0]!.dtype) : null;
                }, result).State = (Sizes, target.Sizes);
                Tangents.Carry(result, this, target, 0, static (_, _, _) => null);
            }

            return result;
        }

        private Tensor TruncatedQuotient(Tensor target)
        {
            (Tensor a, Tensor b) = Promoted(target);
            CheckDivisor("div", b);
            return a.dtype.IsFloating()
                ? a.div(b).trunc()
                : Elementwise.Binary<DivideOperation>("div", a, b, a.dtype);
        }

        private Tensor Remainder<TOp>(string name, Tensor other, Func<Tensor, Tensor> rounded)
            where TOp : struct, IBinaryOperation
        {
            (Tensor a, Tensor b) = Promoted(other);
            CheckDivisor(name, b);
            Tensor result = Elementwise.Binary<TOp>(name, a, b, a.dtype);
            if (Node.Needed(a, b))
            {
                Node.Record(name, a, b, static (node, g, d) =>
                {
                    (long[] sizes, Func<Tensor, Tensor> rounded) = ((long[], Func<Tensor, Tensor>))node.State!;
                    Tensor divisor = node.Saved(1);
                    d[0] = node.Needs(0) ? g[0]!.SumTo(sizes) : null;
                    d[1] = node.Needs(1)
                        ? g[0]!.mul(rounded(node.Saved(0).detach().div(divisor.detach()))).neg().SumTo(divisor.Sizes)
                        : null;
                }, result).Save(a, b).State = (a.Sizes, rounded);
                Tangents.Carry(result, a, b, (a, b, rounded), static (ta, tb, s) =>
                    Tangents.Sum(ta, tb?.mul(s.rounded(s.a.detach().div(s.b.detach()))).neg()));
            }

            return result;
        }

        private static void CheckDivisor(string name, Tensor divisor)
        {
            if (!divisor.dtype.IsFloating() && divisor.eq(0).any().ToBoolean())
            {
                throw new ArgumentException(
                    $"{name}: an integer divisor of shape {Shapes.Text(divisor.Sizes)} contains zero.");
            }
        }

        private static Tensor Integers(string name, Tensor tensor) => tensor.dtype.Category() == 1
            ? tensor
            : throw new ArgumentException(
                $"{name}: needs integers, got {tensor.dtype}{Shapes.Text(tensor.Sizes)}.");
    }
}
