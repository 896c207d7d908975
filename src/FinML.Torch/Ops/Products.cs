namespace FinML.Torch;

public static partial class torch
{
    public static Tensor prod(Tensor input) => input.prod();

    public partial class Tensor
    {
        /// <summary>The product of all elements.</summary>
        public Tensor prod() => flatten().prod(0);

        public Tensor prod(long dim, bool keepdim = false)
        {
            Reduction reduction = new("prod", this, [dim], keepdim);
            Tensor result = Reductions.Product(this, reduction);
            if (Tracer.Active)
            {
                Tracer.Record("prod", [this], result, reduction.Axes);
            }

            if (Node.Needed(this))
            {
                Node.Record("prod", this, static (node, g, d) =>
                {
                    (int axis, long[] expanded) = ((int, long[]))node.State!;
                    Tensor x = node.Saved(0);
                    d[0] = g[0]!.reshape(expanded).mul(OthersProduct(x, axis));
                }, result).Save(this).State = (Shapes.Axis("prod", dim, Sizes.Length), reduction.Expanded);
            }

            return result;
        }

        /// <summary>For each element the product of all others along an axis: no division, so zeros are no
        /// trouble.</summary>
        private static Tensor OthersProduct(Tensor x, int axis)
        {
            long n = x.Sizes.Length == 0 ? 1 : x.Sizes[axis];
            if (n <= 1)
            {
                return ones_like(x);
            }

            Tensor[] parts = x.split(1, axis), others = new Tensor[n];
            Tensor before = ones_like(parts[0]);
            for (int i = 0; i < n; i++)
            {
                others[i] = before;
                before = before.mul(parts[i]);
            }

            Tensor after = ones_like(parts[0]);
            for (long i = n - 1; i >= 0; i--)
            {
                others[i] = others[i].mul(after);
                after = after.mul(parts[i]);
            }

            return cat(others, axis);
        }
    }
}
