namespace FinML.Torch;

public static partial class torch
{
    public static Tensor max(Tensor input) => input.max();

    public static (Tensor values, Tensor indexes) max(Tensor input, long dim, bool keepdim = false) =>
        input.max(dim, keepdim);

    public static Tensor min(Tensor input) => input.min();

    public static (Tensor values, Tensor indexes) min(Tensor input, long dim, bool keepdim = false) =>
        input.min(dim, keepdim);

    public static Tensor amax(Tensor input, long[] dims, bool keepdim = false) => input.amax(dims, keepdim);

    public static Tensor amin(Tensor input, long[] dims, bool keepdim = false) => input.amin(dims, keepdim);

    public static (Tensor min, Tensor max) aminmax(Tensor input, long? dim = null, bool keepdim = false) =>
        input.aminmax(dim, keepdim);

    public static Tensor argmax(Tensor input) => input.argmax();

    public static Tensor argmax(Tensor input, long dim, bool keepdim = false) => input.argmax(dim, keepdim);

    public static Tensor argmin(Tensor input) => input.argmin();

    public static Tensor argmin(Tensor input, long dim, bool keepdim = false) => input.argmin(dim, keepdim);

    public partial class Tensor
    {
        /// <summary>The largest element (NaN where there is one); ties share the gradient evenly.</summary>
        public Tensor max() => Extremum("max", default, false, largest: true);

        public Tensor min() => Extremum("min", default, false, largest: false);

        /// <summary>The largest elements along axes; ties share the gradient evenly.</summary>
        public Tensor amax(long[] dims, bool keepdim = false) => Extremum("amax", dims, keepdim, largest: true);

        public Tensor amin(long[] dims, bool keepdim = false) => Extremum("amin", dims, keepdim, largest: false);

        /// <summary>The smallest and the largest element, of all or along an axis; ties share the gradient
        /// evenly.</summary>
        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false)
        {
            ReadOnlySpan<long> dims = dim is null ? default : [dim.Value];
            return (Extremum("aminmax", dims, keepdim, false), Extremum("aminmax", dims, keepdim, true));
        }

        /// <summary>The largest element along an axis and its first position, which takes all of the
        /// gradient.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Chosen("max", dim, keepdim, true);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) =>
            Chosen("min", dim, keepdim, false);

        /// <summary>Position of the largest element of the flattened tensor.</summary>
        public Tensor argmax() =>
            Reductions.Positions("argmax", this, new Reduction("argmax", this, default, false), true);

        public Tensor argmax(long dim, bool keepdim = false) =>
            Reductions.Positions("argmax", this, new Reduction("argmax", this, [dim], keepdim), true);

        public Tensor argmin() =>
            Reductions.Positions("argmin", this, new Reduction("argmin", this, default, false), false);

        public Tensor argmin(long dim, bool keepdim = false) =>
            Reductions.Positions("argmin", this, new Reduction("argmin", this, [dim], keepdim), false);

        private Tensor Extremum(string name, ReadOnlySpan<long> dims, bool keepdim, bool largest)
        {
            Reduction reduction = new(name, this, dims, keepdim);
            Tensor indexes = Reductions.Positions(name, this, reduction, largest), result;
            using (no_grad())
            {
                Tensor rows = permute(reduction.Order).reshape(reduction.Outer, reduction.Inner);
                result = rows.gather(1, indexes.reshape(reduction.Outer, 1)).reshape(reduction.Result);
            }

            if (Tracer.Active)
            {
                Tracer.Record(largest ? "amax" : "amin", [this], result, reduction.Axes);
            }

            if (Node.Needed(this))
            {
                Node.Record(name, this, static (node, g, d) =>
                {
                    long[] expanded = (long[])node.State!;
                    d[0] = g[0]!.reshape(expanded).mul(TieShares(node.Saved(0), node.Saved(1), expanded));
                }, result).Save(this, result).State = reduction.Expanded;
                Tangents.Carry(result, this, (x: this, result, reduction), static (t, s) =>
                    t.mul(TieShares(s.x, s.result, s.reduction.Expanded)).SumAlong(s.reduction.Axes));
            }

            return result;
        }

        /// <summary>1 / ties for each element that is the extreme, else 0.</summary>
        private static Tensor TieShares(Tensor input, Tensor extreme, long[] expanded)
        {
            Tensor x = input.detach(), top = extreme.detach().reshape(expanded);
            Tensor share = x.eq(top).logical_or(x.isnan().logical_and(top.isnan())).to(x.dtype);
            Tensor ties = share;
            for (int i = 0; i < expanded.Length; i++)
            {
                ties = expanded[i] == 1 ? ties.sum(i, keepdim: true) : ties;
            }

            return share.div(ties);
        }

        private (Tensor Values, Tensor Indexes) Chosen(string name, long dim, bool keepdim, bool largest)
        {
            int axis = Shapes.Axis(name, dim, Sizes.Length);
            if (Sizes.Length == 0)
            {
                return (clone(), zeros([], ScalarType.Int64));
            }

            Tensor kept = Reductions.Positions(name, this, new Reduction(name, this, [axis], true), largest);
            Tensor values = gather(axis, kept);
            return keepdim ? (values, kept) : (values.squeeze(axis), kept.squeeze(axis));
        }
    }
}
