using System.Numerics;

namespace FinML.Torch;

/// <summary>Running extremes and sums of exponentials; differences and integrals along an axis.</summary>
public static partial class torch
{
    public static (Tensor values, Tensor indices) cummax(Tensor input, long dim) => input.cummax(dim);

    public static (Tensor values, Tensor indices) cummin(Tensor input, long dim) => input.cummin(dim);

    public static Tensor logcumsumexp(Tensor input, long dim) => input.logcumsumexp(dim);

    public static Tensor diff(
        Tensor input, long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) =>
        input.diff(n, dim, prepend, append);

    public static Tensor trapezoid(Tensor y, double dx = 1, long dim = -1) => y.trapezoid(dx, dim);

    public static Tensor trapezoid(Tensor y, Tensor x, long dim = -1) => y.trapezoid(x, dim);

    public static Tensor cumulative_trapezoid(Tensor y, double dx = 1, long dim = -1) =>
        y.cumulative_trapezoid(dx, dim);

    public static Tensor cumulative_trapezoid(Tensor y, Tensor x, long dim = -1) => y.cumulative_trapezoid(x, dim);

    public partial class Tensor
    {
        /// <summary>The largest element so far (NaN from the first one on) and its position, the last of
        /// equals.</summary>
        public (Tensor values, Tensor indexes) cummax(long dim) => Running("cummax", dim, largest: true);

        /// <summary>The smallest element so far (NaN from the first one on) and its position, the last of
        /// equals.</summary>
        public (Tensor values, Tensor indexes) cummin(long dim) => Running("cummin", dim, largest: false);

        /// <summary>log of the running sums of exp(x).</summary>
        public Tensor logcumsumexp(long dim)
        {
            int axis = Shapes.Axis("logcumsumexp", dim, Sizes.Length);
            Tensor source = Elementwise.Floating(this);
            Tensor result = source.Scanned<LogAddExpOperation>("logcumsumexp", axis);
            if (Tracer.Recording)
                Tracer.Define([Doubled(source, axis, static (a, b) => a.logaddexp(b))], [result]);
            if (Node.Needed(source))
            {
                Node.Record("logcumsumexp", source, static (node, g, d) =>
                {
                    // d x_j = exp(x_j - y_j) s_j with s_j = g_j + exp(y_j - y_(j+1)) s_(j+1): no power exceeds 1
                    int along = (int)node.State!;
                    Tensor x = node.Saved(0), y = node.Saved(1);
                    if (x.count == 0 || x.Sizes.Length == 0)
                    {
                        d[0] = g[0];
                        return;
                    }

                    Tensor[] sums = y.unbind(along), gradients = g[0]!.unbind(along);
                    for (int j = sums.Length - 2; j >= 0; j--)
                        gradients[j] = gradients[j].add(Ratio(sums[j], sums[j + 1]).mul(gradients[j + 1]));
                    d[0] = Ratio(x, y).mul(stack(gradients, along));
                }, result).Save(source, result).State = axis;
                // d y_j = exp(y_(j-1) - y_j) d y_(j-1) + exp(x_j - y_j) d x_j
                Tangents.Carry(result, source, (source, result, axis), static (t, s) =>
                {
                    if (t.count == 0 || t.Sizes.Length == 0)
                        return t;
                    Tensor[] moved = t.mul(Ratio(s.source, s.result)).unbind(s.axis), y = s.result.unbind(s.axis);
                    for (int j = 1; j < moved.Length; j++)
                        moved[j] = Ratio(y[j - 1], y[j]).mul(moved[j - 1]).add(moved[j]);
                    return stack(moved, s.axis);
                });
            }

            return result;

            // exp(a - b), 1 where they are equal (both may be minus infinity)
            static Tensor Ratio(Tensor a, Tensor b) =>
                torch.where(a.detach().eq(b.detach()), torch.zeros_like(a), a.sub(b)).exp();
        }

        /// <summary>Differences of neighbours along an axis, <paramref name="n"/> times.</summary>
        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(n);
            if (Sizes.Length == 0)
                throw new ArgumentException("diff: needs at least 1 dimension.");
            int axis = Shapes.Axis("diff", dim, Sizes.Length);
            List<Tensor> parts = [this];
            if (prepend is not null)
                parts.Insert(0, prepend);
            if (append is not null)
                parts.Add(append);
            Tensor result = parts.Count == 1 ? this : cat(parts, axis);
            for (; n > 0 && result.Sizes[axis] > 0; n--)
            {
                long length = result.Sizes[axis] - 1;
                Tensor later = result.narrow(axis, 1, length), earlier = result.narrow(axis, 0, length);
                result = result.dtype == ScalarType.Bool ? later.logical_xor(earlier) : later.sub(earlier);
            }

            return ReferenceEquals(result, this) ? alias() : result;
        }

        /// <summary>The integral along an axis by the trapezoidal rule, points <paramref name="dx"/> apart.</summary>
        public Tensor trapezoid(double dx = 1, long dim = -1) => Trapezoids("trapezoid", dim).sum(dim).mul(dx / 2);

        /// <summary>The integral along an axis by the trapezoidal rule, over the points x.</summary>
        public Tensor trapezoid(Tensor x, long dim = -1) =>
            Trapezoids("trapezoid", dim).mul(Widths(x, dim)).sum(dim).mul(0.5);

        /// <summary>The integral up to each point but the first.</summary>
        public Tensor cumulative_trapezoid(double dx = 1, long dim = -1) =>
            Trapezoids("cumulative_trapezoid", dim).cumsum(dim).mul(dx / 2);

        public Tensor cumulative_trapezoid(Tensor x, long dim = -1) =>
            Trapezoids("cumulative_trapezoid", dim).mul(Widths(x, dim)).cumsum(dim).mul(0.5);

        private Tensor Trapezoids(string name, long dim)
        {
            int axis = Shapes.Axis(name, dim, Sizes.Length);
            if (Sizes.Length == 0)
                throw new ArgumentException($"{name}: needs at least 1 dimension.");
            long length = Math.Max(0, Sizes[axis] - 1);
            return narrow(axis, Math.Min(1, Sizes[axis]), length).add(narrow(axis, 0, length));
        }

        /// <summary>Distances of the points of the axis, which a vector gives for all rows.</summary>
        private Tensor Widths(Tensor x, long dim)
        {
            if (x.Sizes.Length != 1 || Sizes.Length == 1)
                return x.diff(1, dim);
            long[] sizes = new long[Sizes.Length];
            Array.Fill(sizes, 1);
            sizes[Shapes.Axis("trapezoid", dim, Sizes.Length)] = x.count;
            return x.reshape(sizes).diff(1, dim);
        }

        private (Tensor Values, Tensor Indexes) Running(string name, long dim, bool largest)
        {
            int axis = Shapes.Axis(name, dim, Sizes.Length);
            if (Sizes.Length == 0)
                return (clone(), zeros([], ScalarType.Int64));
            Tensor source = dtype == ScalarType.Bool ? detach().to(ScalarType.Int32) : Widening.Wide(detach());
            Tensor rows = source.transpose(axis, -1).contiguous();
            Tensor positions = Uninitialized(rows.Sizes, ScalarType.Int64);
            RunningPositions(rows, positions, largest);
            positions = positions.transpose(axis, -1).contiguous();
            if (Tracer.Composing)
                Tracer.Define([ComposedPositions(source, axis, largest)], [positions]);
            else if (Tracer.Active)
                Tracer.Record(name, [source], positions, axis);
            return (gather(axis, positions), positions);
        }

        /// <summary>Positions in each row of the extremes so far.</summary>
        internal static void RunningPositions(Tensor rows, Tensor positions, bool largest)
        {
            switch (rows.dtype)
            {
                case ScalarType.Float32: Running<float>(rows, positions, largest); break;
                case ScalarType.Float64: Running<double>(rows, positions, largest); break;
                case ScalarType.Int64: Running<long>(rows, positions, largest); break;
                default: Running<int>(rows, positions, largest); break;
            }
        }

        /// <summary>A scan of operations that record: after k steps each place has combined the 2^k places up to it
        /// (Hillis and Steele, 1986).</summary>
        private static Tensor Doubled(Tensor x, int axis, Func<Tensor, Tensor, Tensor> combine)
        {
            long n = x.Sizes.Length == 0 ? 1 : x.Sizes[axis];
            for (long step = 1; step < n; step *= 2)
            {
                Tensor combined = combine(x.narrow(axis, 0, n - step), x.narrow(axis, step, n - step));
                x = cat([x.narrow(axis, 0, step), combined], axis);
            }

            return x;
        }

        /// <summary>RunningPositions by the same doubling.</summary>
        private static Tensor ComposedPositions(Tensor x, int axis, bool largest)
        {
            long n = x.Sizes[axis];
            long[] sizes = new long[x.Sizes.Length];
            Array.Fill(sizes, 1);
            sizes[axis] = n;
            Tensor best = x.eq(x).to(ScalarType.Int64).mul(0).add(arange(n).reshape(sizes));
            for (long step = 1; step < n; step *= 2)
            {
                Tensor value = x.gather(axis, best);
                Tensor before = value.narrow(axis, 0, n - step), own = value.narrow(axis, step, n - step);
                Tensor stays = (largest ? own.ge(before) : own.le(before)).logical_or(own.ne(own))
                    .logical_and(before.eq(before).logical_or(own.ne(own)));
                Tensor chosen = torch.where(stays, best.narrow(axis, step, n - step), best.narrow(axis, 0, n - step));
                best = cat([best.narrow(axis, 0, step), chosen], axis);
            }

            return best;
        }

        private static void Running<T>(Tensor rows, Tensor positions, bool largest)
            where T : unmanaged, INumber<T>
        {
            int n = (int)rows.Sizes[^1];
            ReadOnlySpan<T> x = rows.Span<T>();
            Span<long> to = positions.Span<long>();
            for (int start = 0; start < x.Length; start += n)
            {
                int best = 0;
                for (int i = 0; i < n; i++)
                {
                    T value = x[start + i], top = x[start + best];
                    best = T.IsNaN(value) || (!T.IsNaN(top) && (largest ? value >= top : value <= top)) ? i : best;
                    to[start + i] = best;
                }
            }
        }
    }
}
