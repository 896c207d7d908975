namespace FinML.Torch;

public static partial class torch
{
    public static Tensor prod(Tensor input, ScalarType? type = null) => input.prod(type);

    public static Tensor prod(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) =>
        input.prod(dim, keepdim, type);

    public static Tensor cumprod(Tensor input, long dim, ScalarType? dtype = null) => input.cumprod(dim, dtype);

    public partial class Tensor
    {
        /// <summary>The product of all elements.</summary>
        public Tensor prod(ScalarType? type = null) => flatten().prod(0L, false, type);

        /// <summary>As the overload of long: without it, prod(0) would read 0 as a dtype.</summary>
        public Tensor prod(int dim, bool keepdim = false, ScalarType? type = null) => prod((long)dim, keepdim, type);

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null)
        {
            Tensor source = type is null ? this : to(type.Value);
            Reduction reduction = new("prod", source, [dim], keepdim);
            Tensor result = Reductions.Product(source, reduction);
            if (Tracer.Active)
            {
                Tracer.Record("prod", [source], result, reduction.Axes);
            }

            if (Node.Needed(source))
            {
                Node.Record("prod", source, static (node, g, d) =>
                {
                    (int axis, long[] expanded) = ((int, long[]))node.State!;
                    Tensor x = node.Saved(0);
                    d[0] = g[0]!.reshape(expanded).mul(OthersProduct(x, axis));
                }, result).Save(source).State = (Shapes.Axis("prod", dim, Sizes.Length), reduction.Expanded);
                Tangents.Carry(result, source, (source, dim, keepdim), static (t, s) =>
                    t.mul(OthersProduct(s.source, Shapes.Axis("prod", s.dim, t.Sizes.Length))).sum(s.dim, s.keepdim));
            }

            return type is { } wanted && result.dtype != wanted ? result.to(wanted) : result;
        }

        /// <summary>Running products along an axis.</summary>
        public Tensor cumprod(long dim, ScalarType? type = null)
        {
            int axis = Shapes.Axis("cumprod", dim, Sizes.Length);
            Tensor source = to(type ?? (dtype.IsFloating() ? dtype : ScalarType.Int64));
            Tensor result = source.Scanned<MultiplyOperation>("cumprod", axis);
            if (Tracer.Composing)
                Tracer.Define([Doubled(source, axis, static (a, b) => a.mul(b))], [result]);
            else if (Tracer.Active)
                Tracer.Record("cumprod", [source], result, axis);

            if (Node.Needed(source))
            {
                Node.Record("cumprod", source, static (node, g, d) =>
                {
                    // d x_j = (x_0 ... x_(j-1)) s_j with s_j = g_j + x_(j+1) s_(j+1): no division by a zero
                    int along = (int)node.State!;
                    Tensor x = node.Saved(0);
                    if (x.count == 0 || x.Sizes.Length == 0)
                    {
                        d[0] = g[0];
                        return;
                    }

                    Tensor[] factors = x.unbind(along), gradients = g[0]!.unbind(along);
                    Tensor before = cat(
                        [torch.ones_like(x.narrow(along, 0, 1)), x.cumprod(along).narrow(along, 0, factors.Length - 1)],
                        along);
                    for (int j = factors.Length - 2; j >= 0; j--)
                        gradients[j] = gradients[j].add(factors[j + 1].mul(gradients[j + 1]));
                    d[0] = before.mul(stack(gradients, along));
                }, result).Save(source).State = axis;
                // d y_j = x_j d y_(j-1) + y_(j-1) d x_j
                Tangents.Carry(result, source, (source, result, axis), static (t, s) =>
                {
                    if (t.count == 0 || t.Sizes.Length == 0)
                        return t;
                    Tensor[] moved = t.unbind(s.axis), x = s.source.unbind(s.axis), y = s.result.unbind(s.axis);
                    for (int j = 1; j < moved.Length; j++)
                        moved[j] = x[j].mul(moved[j - 1]).add(y[j - 1].mul(moved[j]));
                    return stack(moved, s.axis);
                });
            }

            return result;
        }

        /// <summary>Along an axis each element combined with the result before it; without graph.</summary>
        private Tensor Scanned<TOp>(string name, int axis)
            where TOp : struct, IBinaryOperation
        {
            Tensor result = Uninitialized(Sizes, dtype);
            Copying.Copy(this, result);
            using (no_grad())
            {
                for (long i = 1; Sizes.Length > 0 && i < Sizes[axis]; i++)
                {
                    using Tensor before = result.select(axis, i - 1), here = result.select(axis, i);
                    Elementwise.BinaryInto<TOp>(name, here, before, here);
                }
            }

            return result;
        }

        /// <summary>For each element the product of all others along an axis: no division, so zeros are no
        /// trouble.</summary>
        internal static Tensor OthersProduct(Tensor x, int axis)
        {
            long n = x.Sizes.Length == 0 ? 1 : x.Sizes[axis];
            if (n <= 1)
            {
                return torch.ones_like(x);
            }

            Tensor[] parts = x.split(1, axis), others = new Tensor[n];
            Tensor before = torch.ones_like(parts[0]);
            for (int i = 0; i < n; i++)
            {
                others[i] = before;
                before = before.mul(parts[i]);
            }

            Tensor after = torch.ones_like(parts[0]);
            for (long i = n - 1; i >= 0; i--)
            {
                others[i] = others[i].mul(after);
                after = after.mul(parts[i]);
            }

            return cat(others, axis);
        }
    }
}
