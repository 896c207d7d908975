using System.Numerics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

internal readonly struct ReluOperation : IUnaryOperation
{
    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => ReluKernel.Forward(x, y);

    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => ReluKernel.Forward(x, y);
}

/// <summary>a where b is positive, else zero: the gradient of relu.</summary>
internal readonly struct GateOperation : IBinaryOperation
{
    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => b > T.Zero ? a : T.Zero;

    public static Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : unmanaged, INumber<T> =>
        Vector.ConditionalSelect(Vector.GreaterThan(b, Vector<T>.Zero), a, Vector<T>.Zero);
}

/// <summary>a (1 - b^2) in one pass: the gradient of tanh from the gradient and the result.</summary>
internal readonly struct TanhSlope : IBinaryOperation
{
    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a - (a * b * b);

    public static Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : unmanaged, INumber<T> => a - (a * b * b);
}

/// <summary>a b (1 - b) in one pass: the gradient of the logistic function from the gradient and the result.</summary>
internal readonly struct SigmoidSlope : IBinaryOperation
{
    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a * (b - (b * b));

    public static Vector<T> Apply<T>(Vector<T> a, Vector<T> b) where T : unmanaged, INumber<T> => a * (b - (b * b));
}

internal readonly struct SoftplusFunction : IScalarFunction
{
    /// <summary>log(1 + e^x) = max(x, 0) + log1p(e^-|x|), which cannot overflow.</summary>
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.Max(x, T.Zero) + Log1pFunction.Of(T.Exp(-T.Abs(x)));
}

public static partial class torch
{
    public static Tensor tanh(Tensor input) => input.tanh();

    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);

    public partial class Tensor
    {
        public Tensor tanh() => Function<TanhOperation>("tanh", saveResult: true, static (node, g, d) =>
            d[0] = g[0]!.TanhGradient(node.Saved(0)));

        /// <summary>1 / (1 + exp(-x)).</summary>
        public Tensor sigmoid() => Function<SigmoidOperation>("sigmoid", saveResult: true, static (node, g, d) =>
        {
            // d sigmoid = s (1 - s)
            Tensor s = node.Saved(0);
            d[0] = Node.Needed(g[0]!, s)
                ? g[0]!.mul(s.sub(s.mul(s)))
                : Elementwise.Binary<SigmoidSlope>("sigmoid_backward", g[0]!, s, s.dtype);
        });

        /// <summary>max(x, 0); the gradient at zero is zero.</summary>
        public Tensor relu() => Function<ReluOperation>("relu", saveResult: true, static (node, g, d) =>
            d[0] = g[0]!.Gate(node.Saved(0).detach()));

        public Tensor relu_() => FunctionInPlace<ReluOperation>("relu_", static x => x.relu());

        /// <summary>x where positive, else negative_slope * x.</summary>
        public Tensor leaky_relu(Scalar negative_slope) => torch.where(detach().gt(0), this, mul(negative_slope));

        /// <summary>x where positive, else alpha * (exp(x) - 1).</summary>
        public Tensor elu(Scalar? alpha = null)
        {
            // The untaken branch is clamped, so that exp of a large x cannot turn the gradient into inf * 0.
            Tensor negative = clamp(max: 0).expm1();
            return torch.where(detach().gt(0), this, alpha is null ? negative : negative.mul(alpha.Value));
        }

        public Tensor elu(double alpha) => elu((Scalar?)alpha);

        /// <summary>x * Phi(x), exactly (not the tanh form).</summary>
        public Tensor gelu() => mul(mul(1 / Math.Sqrt(2)).erf().add(1)).mul(0.5);

        /// <summary>x * sigmoid(x).</summary>
        public Tensor silu() => mul(sigmoid());

        /// <summary>log(1 + exp(beta x)) / beta; x itself where beta x is above <paramref name="threshold"/>.</summary>
        public Tensor softplus(double beta = 1, double threshold = 20)
        {
            Tensor scaled = beta == 1 ? this : mul(beta);
            Tensor soft = scaled.Function<Each<SoftplusFunction>>("softplus", saveResult: false, static (node, g, d) =>
                d[0] = g[0]!.mul(node.Saved(0).sigmoid()));
            soft = beta == 1 ? soft : soft.div(beta);
            return torch.where(scaled.detach().gt(threshold), this, soft);
        }

        /// <summary>exp(x) / sum exp(x) along an axis, shifted by the largest element.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null)
        {
            Tensor source = Elementwise.Floating(dtype is null ? this : to(dtype.Value));
            int axis = Shapes.Axis("softmax", dim, Sizes.Length);
            if (source.dtype == ScalarType.BFloat16)
            {
                return AutocastMode.Raised(source, x => x.softmax(axis));
            }

            Tensor result = Normalised(source, axis, logarithm: false);
            if (Tracer.Active)
            {
                Tracer.Record("softmax", [source], result, axis);
            }

            if (Node.Needed(source))
            {
                // dx = y (g - sum(g y)), its own transpose
                BackwardFunction backward = static (node, g, d) =>
                {
                    Tensor y = node.Saved(0), weighted = g[0]!.mul(y);
                    d[0] = weighted.sub(y.mul(weighted.sum((int)node.State!, keepdim: true)));
                };
                Node node = Node.Record("softmax", source, backward, result).Save(result);
                node.State = axis;
                Tangents.Carry("softmax", result, source, backward, node.State, result);
            }

            return result;
        }

        /// <summary>log softmax(x), computed as x - logsumexp(x).</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null)
        {
            Tensor source = Elementwise.Floating(dtype is null ? this : to(dtype.Value));
            int axis = Shapes.Axis("log_softmax", dim, Sizes.Length);
            if (source.dtype == ScalarType.BFloat16)
            {
                return AutocastMode.Raised(source, x => x.log_softmax(axis));
            }

            Tensor result = Normalised(source, axis, logarithm: true);
            if (Tracer.Active)
            {
                Tracer.Record("log_softmax", [source], result, axis);
            }

            if (Node.Needed(source))
            {
                // dx = g - softmax(x) sum(g)
                Node.Record("log_softmax", source, static (node, g, d) =>
                    d[0] = g[0]!.sub(node.Saved(0).exp().mul(g[0]!.sum((int)node.State!, keepdim: true))), result)
                    .Save(result).State = axis;
                // dy = dx - sum(softmax(x) dx)
                Tangents.Carry(result, source, (result, axis), static (t, s) =>
                    t.sub(s.result.exp().mul(t).sum(s.axis, keepdim: true)));
            }

            return result;
        }

        private static void NormaliseRows<T>(Tensor x, Tensor y, bool logarithm)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            int rows = x.Count / (int)x.Sizes[^1];
            if (logarithm)
            {
                SoftmaxKernel.LogForwardOnThreads<T>(rows, x.Span<T>(), y.Span<T>());
            }
            else
            {
                SoftmaxKernel.ForwardOnThreads<T>(rows, x.Span<T>(), y.Span<T>());
            }
        }

        /// <summary>g (1 - y^2) for this g, the gradient of y = tanh x.</summary>
        private Tensor TanhGradient(Tensor y)
        {
            Tensor result = Elementwise.Binary<TanhSlope>("tanh_backward", this, y, y.dtype);
            if (Node.Needed(this, y))
            {
                Node.Record("tanh_backward", this, y, static (node, h, d) =>
                {
                    Tensor g = node.Saved(0), y = node.Saved(1);
                    d[0] = node.Needs(0) ? h[0]!.TanhGradient(y) : null;
                    d[1] = node.Needs(1) ? h[0]!.mul(g).mul(y).mul(-2) : null;
                }, result).Save(this, y);
                Tangents.Carry(result, this, y, (g: this, y), static (tg, ty, s) =>
                    Tangents.Sum(tg?.TanhGradient(s.y), ty?.mul(s.g).mul(s.y).mul(-2)));
            }

            return result;
        }

        /// <summary>This where <paramref name="open"/>, a constant, is positive, else zero.</summary>
        private Tensor Gate(Tensor open)
        {
            Tensor result = Elementwise.Binary<GateOperation>("relu_backward", this, open, dtype);
            if (Node.Needed(this))
            {
                Node.Record("relu_backward", this, static (node, g, d) => d[0] = g[0]!.Gate(node.Saved(0)), result)
                    .Save(open);
                Tangents.Carry(result, this, open, static (t, o) => t.Gate(o));
            }

            return result;
        }

        /// <summary>Values of (log) softmax, without graph.</summary>
        private static Tensor Normalised(Tensor x, int axis, bool logarithm)
        {
            if (x.Count == 0)
            {
                return Uninitialized(x.Sizes, x.dtype);
            }

            if (x.Sizes.Length > 0 && axis == x.Sizes.Length - 1 && x.IsContiguous)
            {
                Tensor rows = Uninitialized(x.Sizes, x.dtype);
                if (x.dtype == ScalarType.Float32)
                {
                    NormaliseRows<float>(x, rows, logarithm);
                }
                else
                {
                    NormaliseRows<double>(x, rows, logarithm);
                }

                return rows;
            }

            using (no_grad())
            {
                if (x.Sizes.Length == 0)
                {
                    return (logarithm ? torch.zeros_like(x) : torch.ones_like(x)).add(x.sub(x)); // NaN stays NaN
                }

                using Tensor top = x.amax([axis], keepdim: true);
                Tensor shifted = x.sub(top);
                if (!logarithm)
                {
                    shifted.exp_();
                    using Tensor total = shifted.sum(axis, keepdim: true);
                    return shifted.div_(total);
                }

                using Tensor powers = shifted.exp();
                using Tensor sum = powers.sum(axis, keepdim: true);
                using Tensor log = sum.log();
                return shifted.sub_(log);
            }
        }
    }
}
