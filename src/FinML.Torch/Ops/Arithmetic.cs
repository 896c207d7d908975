using System.Numerics;

namespace FinML.Torch;

internal readonly struct AddOperation : IBinaryOperation
{
    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a + b;

    public static Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : unmanaged, INumber<T> => a + b;
}

internal readonly struct SubtractOperation : IBinaryOperation
{
    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a - b;

    public static Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : unmanaged, INumber<T> => a - b;
}

internal readonly struct ReverseSubtractOperation : IBinaryOperation
{
    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => b - a;

    public static Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : unmanaged, INumber<T> => b - a;
}

internal readonly struct MultiplyOperation : IBinaryOperation
{
    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a * b;

    public static Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : unmanaged, INumber<T> => a * b;
}

internal readonly struct DivideOperation : IBinaryOperation
{
    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a / b;

    public static Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : unmanaged, INumber<T> => a / b;
}

internal readonly struct ReverseDivideOperation : IBinaryOperation
{
    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => b / a;

    public static Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : unmanaged, INumber<T> => b / a;
}

public static partial class torch
{
    public static Tensor add(Tensor left, Tensor right) => left.add(right);

    public static Tensor add(Tensor left, Tensor right, Scalar alpha) => left.add(right, alpha);

    public static Tensor add(Tensor left, Scalar right) => left.add(right);

    public static Tensor sub(Tensor left, Tensor right) => left.sub(right);

    public static Tensor sub(Tensor left, Scalar right) => left.sub(right);

    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);

    public static Tensor mul(Tensor left, Scalar right) => left.mul(right);

    public static Tensor neg(Tensor input) => input.neg();

    public static Tensor addcmul(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) =>
        input.addcmul(tensor1, tensor2, value);

    public static Tensor addcdiv(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) =>
        input.addcdiv(tensor1, tensor2, value);

    public static Tensor lerp(Tensor input, Tensor end, Scalar weight) => input.lerp(end, weight);

    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);

    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        public static Tensor operator -(Scalar left, Tensor right) => right.SubtractFrom(left);

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        public static Tensor operator /(Scalar left, Tensor right) => right.DivideInto(left);

        public static Tensor operator -(Tensor tensor) => tensor.neg();

        /// <summary>this + target, broadcasting.</summary>
        public Tensor add(Tensor target)
        {
            (Tensor a, Tensor b) = Promoted(target);
            Tensor result = Elementwise.Binary<AddOperation>("add", a, b, a.dtype);
            if (Node.Needed(a, b))
            {
                Node.Record("add", a, b, static (node, g, d) =>
                {
                    (long[] first, long[] second) = ((long[], long[]))node.State!;
                    d[0] = node.Needs(0) ? g[0]!.SumTo(first) : null;
                    d[1] = node.Needs(1) ? g[0]!.SumTo(second) : null;
                }, result).State = (a.Sizes, b.Sizes);
                Tangents.Carry(result, a, b, 0, static (ta, tb, _) => Tangents.Sum(ta, tb));
            }

            return result;
        }

        /// <summary>this + alpha * target.</summary>
        public Tensor add(Tensor target, Scalar alpha) => add(target.mul(alpha));

        public Tensor add(Scalar scalar)
        {
            ScalarType type = Elementwise.ResultType(this, scalar);
            Tensor result = Elementwise.Binary<AddOperation>("add", this, scalar, type);
            if (Node.Needed(this))
            {
                Node.Record("add", this, static (_, g, d) => d[0] = g[0], result);
                Tangents.Carry(result, this, static t => t);
            }

            return result;
        }

        /// <summary>this - target, broadcasting.</summary>
        public Tensor sub(Tensor target)
        {
            (Tensor a, Tensor b) = Promoted(target);
            Tensor result = Elementwise.Binary<SubtractOperation>("sub", a, b, a.dtype);
            if (Node.Needed(a, b))
            {
                Node.Record("sub", a, b, static (node, g, d) =>
                {
                    (long[] first, long[] second) = ((long[], long[]))node.State!;
                    d[0] = node.Needs(0) ? g[0]!.SumTo(first) : null;
                    d[1] = node.Needs(1) ? g[0]!.SumTo(second).neg() : null;
                }, result).State = (a.Sizes, b.Sizes);
                Tangents.Carry(result, a, b, 0, static (ta, tb, _) => Tangents.Sum(ta, tb?.neg()));
            }

            return result;
        }

        public Tensor sub(Scalar target) => add(target.Negated());

        /// <summary>this * target, broadcasting.</summary>
        public Tensor mul(Tensor target)
        {
            (Tensor a, Tensor b) = Promoted(target);
            Tensor result = Elementwise.Binary<MultiplyOperation>("mul", a, b, a.dtype);
            if (Node.Needed(a, b))
            {
                Node.Record("mul", a, b, static (node, g, d) =>
                {
                    Tensor first = node.Saved(0), second = node.Saved(1);
                    d[0] = node.Needs(0) ? g[0]!.mul(second).SumTo(first.Sizes) : null;
                    d[1] = node.Needs(1) ? g[0]!.mul(first).SumTo(second.Sizes) : null;
                }, result).Save(a, b);
                Tangents.Carry(result, a, b, (a, b), static (ta, tb, s) =>
                    Tangents.Sum(ta?.mul(s.b), tb?.mul(s.a)));
            }

            return result;
        }

        public Tensor mul(Scalar target)
        {
            ScalarType type = Elementwise.ResultType(this, target);
            Tensor result = Elementwise.Binary<MultiplyOperation>("mul", this, target, type);
            if (Node.Needed(this))
            {
                Node.Record("mul", this, static (node, g, d) => d[0] = g[0]!.mul((Scalar)node.State!), result)
                    .State = target;
                Tangents.Carry(result, this, target, static (t, factor) => t.mul(factor));
            }

            return result;
        }

        /// <summary>this / target, broadcasting; integers divide to floating numbers.</summary>
        public Tensor div(Tensor target)
        {
            (Tensor a, Tensor b) = Promoted(target);
            a = Elementwise.Floating(a);
            b = Elementwise.Floating(b);
            Tensor result = Elementwise.Binary<DivideOperation>("div", a, b, a.dtype);
            if (Node.Needed(a, b))
            {
                Node.Record("div", a, b, static (node, g, d) =>
                {
                    Tensor first = node.Saved(0), second = node.Saved(1);
                    Tensor quotient = g[0]!.div(second);
                    d[0] = node.Needs(0) ? quotient.SumTo(first.Sizes) : null;
                    d[1] = node.Needs(1) ? quotient.mul(first).div(second).neg().SumTo(second.Sizes) : null;
                }, result).Save(a, b);
                // d (a / b) = (da - (a / b) db) / b
                Tangents.Carry(result, a, b, (b, result), static (ta, tb, s) =>
                    Tangents.Sum(ta, tb?.mul(s.result).neg())!.div(s.b));
            }

            return result;
        }

        public Tensor div(Scalar target)
        {
            Tensor source = Elementwise.Floating(this);
            Tensor result = Elementwise.Binary<DivideOperation>("div", source, target, source.dtype);
            if (Node.Needed(source))
            {
                Node.Record("div", source, static (node, g, d) => d[0] = g[0]!.div((Scalar)node.State!), result)
                    .State = target;
                Tangents.Carry(result, source, target, static (t, divisor) => t.div(divisor));
            }

            return result;
        }

        public Tensor neg() => dtype.IsFloating() ? mul(-1) : SubtractFrom(0);

        /// <summary>this + value * tensor1 * tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => add(tensor1.mul(tensor2).mul(value));

        /// <summary>this + value * tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => add(tensor1.div(tensor2).mul(value));

        /// <summary>this + weight * (end - this).</summary>
        public Tensor lerp(Tensor end, Scalar weight) => add(end.sub(this).mul(weight));

        public Tensor lerp(Tensor end, Tensor weight) => add(end.sub(this).mul(weight));

        public Tensor add_(Tensor target) => BinaryInPlace<AddOperation>("add_", target, static (a, b) => a.add(b));

        public Tensor add_(Tensor target, Scalar alpha)
        {
            using Tensor? scaled = Node.Needed(this, target) || Tracer.Recording ? null : target.mul(alpha);
            return scaled is null ? InPlace.Replace("add_", this, add(target, alpha)) : add_(scaled);
        }

        public Tensor add_(Scalar scalar) => ScalarInPlace<AddOperation>("add_", scalar, static (a, b) => a.add(b));

        public Tensor sub_(Tensor target) =>
            BinaryInPlace<SubtractOperation>("sub_", target, static (a, b) => a.sub(b));

        public Tensor sub_(Scalar target) =>
            ScalarInPlace<SubtractOperation>("sub_", target, static (a, b) => a.sub(b));

        public Tensor mul_(Tensor target) =>
            BinaryInPlace<MultiplyOperation>("mul_", target, static (a, b) => a.clone().mul(b));

        public Tensor mul_(Scalar target) =>
            ScalarInPlace<MultiplyOperation>("mul_", target, static (a, b) => a.mul(b));

        public Tensor div_(Tensor target) =>
            BinaryInPlace<DivideOperation>("div_", target, static (a, b) => a.clone().div(b));

        public Tensor div_(Scalar target) => ScalarInPlace<DivideOperation>("div_", target, static (a, b) => a.div(b));

        public Tensor neg_() => ScalarInPlace<MultiplyOperation>("neg_", -1, static (a, b) => a.mul(b));

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            InPlace.Replace("addcmul_", this, addcmul(tensor1, tensor2, value));

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            InPlace.Replace("addcdiv_", this, addcdiv(tensor1, tensor2, value));

        public Tensor lerp_(Tensor end, Scalar weight) => InPlace.Replace("lerp_", this, lerp(end, weight));

        /// <summary>number - this.</summary>
        private Tensor SubtractFrom(Scalar number)
        {
            ScalarType type = Elementwise.ResultType(this, number);
            Tensor result = Elementwise.Binary<ReverseSubtractOperation>("sub", this, number, type);
            if (Node.Needed(this))
            {
                Node.Record("rsub", this, static (_, g, d) => d[0] = g[0]!.neg(), result);
                Tangents.Carry(result, this, static t => t.neg());
            }

            return result;
        }

        /// <summary>number / this.</summary>
        private Tensor DivideInto(Scalar number)
        {
            Tensor source = Elementwise.Floating(this);
            Tensor result = Elementwise.Binary<ReverseDivideOperation>("div", source, number, source.dtype);
            if (Node.Needed(source))
            {
                Node.Record("rdiv", source, static (node, g, d) =>
                    d[0] = g[0]!.mul(node.Saved(1)).div(node.Saved(0)).neg(), result).Save(source, result);
                // d (c / x) = -(c / x) / x
                Tangents.Carry(result, source, (source, result), static (t, s) =>
                    t.mul(s.result).div(s.source).neg());
            }

            return result;
        }

        /// <summary>Both operands in the dtype of the result, through the graph.</summary>
        private (Tensor A, Tensor B) Promoted(Tensor other)
        {
            if (dtype == other.dtype && dtype != ScalarType.Bool)
            {
                return (this, other);
            }

            ScalarType type = Elementwise.ResultType(this, other);
            type = type == ScalarType.Bool ? ScalarType.Int64 : type;
            return (to(type), other.to(type));
        }

        /// <remarks>The recorded form saves operands: mul_ and div_ keep a copy of what they overwrite.</remarks>
        private Tensor BinaryInPlace<TOp>(string name, Tensor other, Func<Tensor, Tensor, Tensor> recorded)
            where TOp : struct, IBinaryOperation
        {
            if (Node.Needed(this, other) || Tracer.Recording || dtype != other.dtype || dtype == ScalarType.Bool
                || (!dtype.IsFloating() && typeof(TOp) == typeof(DivideOperation))
                || (ReferenceEquals(Storage, other.Storage) && !ReferenceEquals(this, other)))
            {
                return InPlace.Replace(name, this, recorded(this, other));
            }

            if (!Shapes.Equal(Sizes, other.Sizes))
            {
                InPlace.Fits(name, this, Shapes.Broadcast(name, Sizes, other.Sizes), dtype);
            }

            Elementwise.BinaryInto<TOp>(name, this, other, this);
            return MarkWritten(name);
        }

        private Tensor ScalarInPlace<TOp>(string name, Scalar other, Func<Tensor, Scalar, Tensor> recorded)
            where TOp : struct, IBinaryOperation
        {
            if (Node.Needed(this) || Tracer.Recording || !dtype.IsFloating())
            {
                return InPlace.Replace(name, this, recorded(this, other));
            }

            Elementwise.ScalarInto<TOp>(name, this, other, this);
            return MarkWritten(name);
        }
    }
}
