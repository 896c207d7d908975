using System.Runtime.CompilerServices;

namespace FinML.Torch;

public static partial class torch
{
    public static partial class distributions
    {
        /// <summary>Invertible maps of random variables.</summary>
        public static partial class transforms
        {
            /// <summary>An invertible map y = f(x) that knows log |dy/dx|.</summary>
            public abstract class Transform
            {
                // The x of a y that this map made, as long as somebody holds the y.
                private readonly ConditionalWeakTable<Tensor, Tensor> made = [];

                /// <summary>How many last axes one point has; 0 where each element is mapped by itself.</summary>
                public virtual int event_dim => 0;

                public virtual bool bijective => true;

                /// <summary>1 where the map rises, -1 where it falls.</summary>
                public Tensor sign => _sign();

                /// <summary>f(x).</summary>
                public Tensor forward(Tensor x) => Forward(x);

                /// <summary>log |dy/dx|, without the event's axes.</summary>
                protected internal abstract Tensor log_abs_det_jacobian(Tensor x, Tensor y);

                protected internal virtual Tensor _sign() => torch.ones([]);

                protected internal abstract Tensor _call(Tensor x);

                protected internal abstract Tensor _inverse(Tensor y);

                internal Tensor Forward(Tensor x)
                {
                    Tensor y = _call(x);
                    if (!ReferenceEquals(x, y))
                        made.AddOrUpdate(y, x);
                    return y;
                }

                /// <summary>The very x that <paramref name="y"/> was made from, or what the formula gives.</summary>
                internal Tensor Inverse(Tensor y) =>
                    made.TryGetValue(y, out Tensor? x) && !x.IsInvalid ? x : _inverse(y);
            }

            /// <summary>exp x.</summary>
            public sealed class ExpTransform : Transform
            {
                protected internal override Tensor log_abs_det_jacobian(Tensor x, Tensor y) => x;

                protected internal override Tensor _call(Tensor x) => x.exp();

                protected internal override Tensor _inverse(Tensor y) => y.log();
            }

            /// <summary>1 / (1 + exp(-x)).</summary>
            public sealed class SigmoidTransform : Transform
            {
                protected internal override Tensor log_abs_det_jacobian(Tensor x, Tensor y) =>
                    (x.neg().softplus(threshold: 40) + x.softplus(threshold: 40)).neg();

                protected internal override Tensor _call(Tensor x) => x.sigmoid();

                protected internal override Tensor _inverse(Tensor y)
                {
                    Tensor inside = Probabilities.Clamp(y);
                    return inside.log() - inside.neg().log1p();
                }
            }

            /// <summary>tanh x. At the ends, where y is -1 or 1 to the last digit, the inverse is that of the number
            /// next to it.</summary>
            public sealed class TanhTransform : Transform
            {
                /// <summary>log(1 - tanh^2 x) = 2 (log 2 - x - log(1 + exp(-2x))), exact where tanh is 1.</summary>
                protected internal override Tensor log_abs_det_jacobian(Tensor x, Tensor y) =>
                    (Math.Log(2) - x - (x * -2).softplus(threshold: 40)) * 2;

                protected internal override Tensor _call(Tensor x) => x.tanh();

                protected internal override Tensor _inverse(Tensor y)
                {
                    double end = y.dtype == ScalarType.Float32 ? MathF.BitDecrement(1) : Math.BitDecrement(1.0);
                    Tensor inside = y.clamp(-end, end);
                    return (inside.log1p() - inside.neg().log1p()) * 0.5;
                }
            }

            /// <summary>loc + scale x.</summary>
            public sealed class AffineTransform : Transform
            {
                private readonly Tensor? locs, scales;
                private readonly double loc, scale;
                private readonly int axes;

                /// <param name="loc">Added.</param>
                /// <param name="scale">Multiplied, not 0.</param>
                /// <param name="event_dim">Last axes that make one point.</param>
                public AffineTransform(double loc, double scale, int event_dim = 0)
                {
                    if (scale == 0)
                        throw new ArgumentException("AffineTransform: scale must not be 0.", nameof(scale));
                    ArgumentOutOfRangeException.ThrowIfNegative(event_dim);
                    (this.loc, this.scale, axes) = (loc, scale, event_dim);
                }

                /// <param name="loc">Added.</param>
                /// <param name="scale">Multiplied, not 0.</param>
                /// <param name="event_dim">Last axes that make one point.</param>
                public AffineTransform(Tensor loc, Tensor scale, int event_dim = 0)
                {
                    ArgumentNullException.ThrowIfNull(loc);
                    ArgumentNullException.ThrowIfNull(scale);
                    if (scale.detach().eq(0).any().ToBoolean())
                        throw new ArgumentException("AffineTransform: scale must not be 0.", nameof(scale));
                    ArgumentOutOfRangeException.ThrowIfNegative(event_dim);
                    (locs, scales, axes) = (loc, scale, event_dim);
                }

                public override int event_dim => axes;

                protected internal override Tensor log_abs_det_jacobian(Tensor x, Tensor y)
                {
                    Tensor logs = scales is null
                        ? full_like(x, Math.Log(Math.Abs(scale)))
                        : scales.abs().log().expand(Shapes.Broadcast("AffineTransform", x.Sizes, scales.Sizes));
                    return Probabilities.SumRightmost(logs, axes);
                }

                protected internal override Tensor _sign() => scales?.sign() ?? tensor((double)Math.Sign(scale));

                protected internal override Tensor _call(Tensor x) =>
                    scales is null ? (x * scale) + loc : (x * scales) + locs!;

                protected internal override Tensor _inverse(Tensor y) =>
                    scales is null ? (y - loc) / scale : (y - locs!) / scales;
            }

            /// <summary>Several maps, the first one first.</summary>
            public sealed class ComposeTransform : Transform
            {
                private readonly Transform[] parts;

                /// <param name="parts">The maps.</param>
                /// <param name="cache_size">Here for source compatibility.</param>
                public ComposeTransform(IEnumerable<Transform> parts, int cache_size = 0)
                {
                    ArgumentNullException.ThrowIfNull(parts);
                    this.parts = parts.ToArray();
                    if (this.parts.Length == 0)
                        throw new ArgumentException("ComposeTransform: at least one map is expected.", nameof(parts));
                }

                public override int event_dim => parts.Max(p => p.event_dim);

                protected internal override Tensor log_abs_det_jacobian(Tensor x, Tensor y)
                {
                    Tensor[] points = new Tensor[parts.Length + 1];
                    (points[0], points[^1]) = (x, y);
                    for (int i = 1; i < parts.Length; i++)
                        points[i] = parts[i - 1]._call(points[i - 1]);
                    return parts
                        .Select((part, i) => Probabilities.SumRightmost(
                            part.log_abs_det_jacobian(points[i], points[i + 1]), event_dim - part.event_dim))
                        .Aggregate((a, b) => a + b);
                }

                protected internal override Tensor _sign() => parts.Select(p => p._sign()).Aggregate((a, b) => a * b);

                protected internal override Tensor _call(Tensor x) => parts.Aggregate(x, (v, part) => part._call(v));

                protected internal override Tensor _inverse(Tensor y) =>
                    parts.Reverse().Aggregate(y, (v, part) => part._inverse(v));
            }
        }
    }
}
