using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FinML.Torch;

internal readonly struct MaximumOperation : IBinaryOperation
{
    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a > b || T.IsNaN(a) ? a : b;

    public static Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : unmanaged, INumber<T> =>
        Vector.ConditionalSelect(Vector.GreaterThan(a, b) | ~Vector.Equals(a, a), a, b); // a itself where a is NaN
}

internal readonly struct MinimumOperation : IBinaryOperation
{
    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a < b || T.IsNaN(a) ? a : b;

    public static Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : unmanaged, INumber<T> =>
        Vector.ConditionalSelect(Vector.LessThan(a, b) | ~Vector.Equals(a, a), a, b);
}

internal readonly struct PowerOperation : IBinaryOperation
{
    public static bool HasVector => false;

    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> =>
        T.CreateSaturating(Math.Pow(double.CreateSaturating(a), double.CreateSaturating(b)));
}

internal readonly struct RemainderOperation : IBinaryOperation
{
    public static bool HasVector => false;

    /// <summary>Python's remainder: the sign of the divisor.</summary>
    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T>
    {
        T rest = a % b;
        return !T.IsZero(rest) && T.IsNegative(rest) != T.IsNegative(b) ? rest + b : rest;
    }
}

public static partial class torch
{
    /// <summary>x where the condition holds, else y; all three broadcast.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y)
    {
        if (condition.dtype != ScalarType.Bool)
        {
            throw new ArgumentException(
                $"where: the condition must be Bool, got {condition.dtype}{Shapes.Text(condition.Sizes)}.",
                nameof(condition));
        }

        ScalarType type = Elementwise.ResultType(x, y);
        Tensor a = x.to(type), b = y.to(type);
        long[] sizes = Shapes.Broadcast("where", Shapes.Broadcast("where", condition.Sizes, a.Sizes), b.Sizes);
        Tensor result = Tensor.Uninitialized(sizes, type);
        Copying.Copy(b, result);
        MaskedOperations.Select(condition, a, result);
        if (Tracer.Active)
        {
            Tracer.Record("where", [condition, a, b], result);
        }

        if (Node.Needed(a, b))
        {
            Node.Record("where", a, b, static (node, g, d) =>
            {
                Tensor mask = node.Saved(0);
                (long[] first, long[] second) = ((long[], long[]))node.State!;
                d[0] = node.Needs(0) ? torch.where(mask, g[0]!, 0).SumTo(first) : null;
                d[1] = node.Needs(1) ? torch.where(mask, 0, g[0]!).SumTo(second) : null;
            }, result).Save(condition).State = (a.Sizes, b.Sizes);
            Tangents.Carry(result, a, b, condition, static (ta, tb, mask) => ta is null
                ? torch.where(mask, 0, tb!)
                : tb is null ? torch.where(mask, ta, 0) : torch.where(mask, ta, tb));
        }

        return result;
    }

    public static Tensor where(Tensor condition, Tensor x, Scalar y) => torch.where(condition, x, Tensor.Number(y, x));

    public static Tensor where(Tensor condition, Scalar x, Tensor y) => torch.where(condition, Tensor.Number(x, y), y);

    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);

    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);

    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);

    public static Tensor pow(Tensor left, Tensor exponent) => left.pow(exponent);

    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);

    public partial class Tensor
    {
        /// <summary>The larger of two, NaN where either is; ties share the gradient in halves.</summary>
        public Tensor maximum(Tensor other) => Extreme<MaximumOperation>("maximum", other, static (a, b) => a.gt(b));

        /// <summary>The smaller of two, NaN where either is; ties share the gradient in halves.</summary>
        public Tensor minimum(Tensor other) => Extreme<MinimumOperation>("minimum", other, static (a, b) => a.lt(b));

        /// <summary>Limited to [min, max]; the gradient passes where the element is inside, limits included.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null)
        {
            if (min is null && max is null)
            {
                throw new ArgumentException("clamp: needs min, max or both.");
            }

            ScalarType type = dtype;
            type = min is null ? type : ScalarTypes.Promote(type, Elementwise.ResultType(this, min.Value));
            type = max is null ? type : ScalarTypes.Promote(type, Elementwise.ResultType(this, max.Value));
            Tensor source = to(type);
            Tensor result = Uninitialized(Sizes, type);
            Copying.Copy(source, result);
            Limit(result, min, max);
            if (Tracer.Active)
            {
                Tracer.Record("clamp", [source], result, new Limits(min, max));
            }

            if (Node.Needed(source))
            {
                BackwardFunction backward = static (node, g, d) =>
                {
                    (Scalar? low, Scalar? high) = ((Scalar?, Scalar?))node.State!;
                    Tensor x = node.Saved(0).detach(), gradient = g[0]!;
                    gradient = low is null ? gradient : torch.where(x.ge(low.Value), gradient, 0);
                    d[0] = high is null ? gradient : torch.where(x.le(high.Value), gradient, 0);
                };
                Node node = Node.Record("clamp", source, backward, result).Save(source);
                node.State = (min, max);
                Tangents.Carry("clamp", result, source, backward, node.State, source);
            }

            return result;
        }

        public Tensor clamp_min(Scalar min) => clamp(min: min);

        public Tensor clamp_max(Scalar max) => clamp(max: max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null)
        {
            if (Node.Needed(this) || Tracer.Recording)
            {
                return InPlace.Replace("clamp_", this, clone().clamp(min, max));
            }

            Limit(this, min, max);
            return MarkWritten("clamp_");
        }

        /// <summary>x to a number; 2, 1/2, -1 and 1 are computed exactly.</summary>
        public Tensor pow(Scalar exponent)
        {
            double p = exponent.Double;
            if (p == 2)
            {
                return square();
            }

            if (p == 1)
            {
                return clone();
            }

            if (!dtype.IsFloating() && p < 0)
            {
                throw new ArgumentException(
                    $"pow: integers have no negative power, got {exponent}; convert to a floating dtype.");
            }

            if (dtype.IsFloating() && (p == 0.5 || p == -1))
            {
                return p == 0.5 ? sqrt() : reciprocal();
            }

            ScalarType type = Elementwise.ResultType(this, exponent);
            Tensor source = to(type), result = Elementwise.Binary<PowerOperation>("pow", source, exponent, type);
            if (Node.Needed(source))
            {
                BackwardFunction backward = static (node, g, d) =>
                {
                    double power = (double)node.State!;
                    d[0] = power == 0 ? torch.zeros_like(g[0]!) : g[0]!.mul(node.Saved(0).pow(power - 1)).mul(power);
                };
                Node node = Node.Record("pow", source, backward, result).Save(source);
                node.State = p;
                Tangents.Carry("pow", result, source, backward, node.State, source);
            }

            return result;
        }

        /// <summary>x to the power of a tensor.</summary>
        public Tensor pow(Tensor exponent)
        {
            (Tensor a, Tensor b) = Promoted(exponent);
            Tensor result = Elementwise.Binary<PowerOperation>("pow", a, b, a.dtype);
            if (Node.Needed(a, b))
            {
                // d x^p = p x^(p-1) dx + x^p log(x) dp, where 0^p has no slope in p
                BackwardFunction backward = static (node, g, d) =>
                {
                    Tensor x = node.Saved(0), p = node.Saved(1);
                    if (node.Needs(0))
                    {
                        Tensor slope = torch.where(p.detach().eq(0), torch.zeros_like(p), p.mul(x.pow(p.sub(1))));
                        d[0] = g[0]!.mul(slope).SumTo(x.Sizes);
                    }

                    if (node.Needs(1))
                    {
                        Tensor log = torch.where(x.detach().eq(0), torch.ones_like(x), x).log();
                        Tensor slope = torch.where(x.detach().eq(0), 0, x.pow(p).mul(log));
                        d[1] = g[0]!.mul(slope).SumTo(p.Sizes);
                    }
                };
                Node.Record("pow", a, b, backward, result).Save(a, b);
                Tangents.Carry("pow", result, a, b, backward);
            }

            return result;
        }

        /// <summary>A number as a tensor without dimensions, in the dtype that it takes beside
        /// <paramref name="beside"/>.</summary>
        internal static Tensor Number(Scalar value, Tensor beside) =>
            Tracer.Constant(Uninitialized([], Elementwise.ResultType(beside, value)).FillWith(value));

        private static void Limit(Tensor target, Scalar? min, Scalar? max)
        {
            if (min is not null)
            {
                Elementwise.ScalarInto<MaximumOperation>("clamp", target, min.Value, target);
            }

            if (max is not null)
            {
                Elementwise.ScalarInto<MinimumOperation>("clamp", target, max.Value, target);
            }
        }

        private Tensor Extreme<TOp>(string name, Tensor other, Func<Tensor, Tensor, Tensor> wins)
            where TOp : struct, IBinaryOperation
        {
            (Tensor a, Tensor b) = Promoted(other);
            Tensor result = Elementwise.Binary<TOp>(name, a, b, a.dtype);
            if (Node.Needed(a, b))
            {
                BackwardFunction backward = static (node, g, d) =>
                {
                    Func<Tensor, Tensor, Tensor> beats = (Func<Tensor, Tensor, Tensor>)node.State!;
                    Tensor x = node.Saved(0).detach(), y = node.Saved(1).detach();
                    Tensor first = beats(x, y).to(x.dtype).add(x.eq(y).to(x.dtype).mul(0.5)); // 1, 1/2 or 0
                    d[0] = node.Needs(0) ? g[0]!.mul(first).SumTo(x.Sizes) : null;
                    d[1] = node.Needs(1) ? g[0]!.mul(1 - first).SumTo(y.Sizes) : null;
                };
                Node.Record(name, a, b, backward, result).Save(a, b).State = wins;
                Tangents.Carry(name, result, a, b, backward, wins);
            }

            return result;
        }
    }
}

/// <summary>Loops over a bool mask.</summary>
internal static class MaskedOperations
{
    /// <summary>target[i] = values[i] where mask[i]; mask and values broadcast.</summary>
    internal static void Select(Tensor mask, Tensor values, Tensor target)
    {
        switch (target.dtype)
        {
            case ScalarType.Float32: Select<float>(mask, values, target); break;
            case ScalarType.Float64: Select<double>(mask, values, target); break;
            case ScalarType.Int64: Select<long>(mask, values, target); break;
            case ScalarType.Int32: Select<int>(mask, values, target); break;
            case ScalarType.BFloat16: Select<BFloat16>(mask, values, target); break;
            default: Select<bool>(mask, values, target); break;
        }
    }

    private static void Select<T>(Tensor mask, Tensor values, Tensor target) where T : unmanaged
    {
        Span<long> strideA = stackalloc long[Shapes.MaxDimensions], strideB = stackalloc long[Shapes.MaxDimensions];
        Copying.BroadcastStrides(mask, target.Sizes, strideA);
        Copying.BroadcastStrides(values, target.Sizes, strideB);
        int n = target.Sizes.Length;
        Rows rows = new(
            target.Sizes, strideA[..n], mask.Offset, strideB[..n], values.Offset, target.Strides, target.Offset);
        bool[] chosen = mask.Items<bool>();
        T[] from = values.Items<T>(), to = target.Items<T>();
        while (rows.Next())
        {
            if (rows.StrideA == 1 && rows.StrideC == 1 && rows.StrideB is (0 or 1))
            {
                Row(
                    chosen.AsSpan(rows.OffsetA, rows.Length),
                    from.AsSpan(rows.OffsetB, rows.StrideB == 0 ? 1 : rows.Length),
                    to.AsSpan(rows.OffsetC, rows.Length));
                continue;
            }

            int i = rows.OffsetA, j = rows.OffsetB, k = rows.OffsetC;
            for (int at = 0; at < rows.Length; at++, i += rows.StrideA, j += rows.StrideB, k += rows.StrideC)
            {
                if (chosen[i])
                {
                    to[k] = from[j];
                }
            }
        }
    }

    /// <summary>A row without gaps. The choice is made by bits, not by a branch that random masks mispredict.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<T>(ReadOnlySpan<bool> mask, ReadOnlySpan<T> from, Span<T> to) where T : unmanaged
    {
        int step = from.Length == 1 ? 0 : 1;
        if (Unsafe.SizeOf<T>() == sizeof(int))
        {
            ReadOnlySpan<byte> chosen = MemoryMarshal.Cast<bool, byte>(mask); // 0 or 1
            ReadOnlySpan<int> source = MemoryMarshal.Cast<T, int>(from);
            Span<int> target = MemoryMarshal.Cast<T, int>(to);
            for (int i = 0; i < target.Length; i++)
            {
                int keep = chosen[i] - 1; // all ones where the mask is false
                target[i] = (target[i] & keep) | (source[i * step] & ~keep);
            }

            return;
        }

        for (int i = 0; i < to.Length; i++)
        {
            to[i] = mask[i] ? from[i * step] : to[i];
        }
    }
}
