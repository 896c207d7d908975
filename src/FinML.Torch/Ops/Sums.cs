namespace FinML.Torch;

public static partial class torch
{
    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);

    public static Tensor sum(Tensor input, ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
        input.sum(dim, keepdim, type);

    public static Tensor mean(Tensor input) => input.mean();

    public static Tensor mean(Tensor input, long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
        input.mean(dimensions, keepdim, type);

    public static Tensor cumsum(Tensor input, long dim, ScalarType? type = null) => input.cumsum(dim, type);

    public partial class Tensor
    {
        /// <summary>The sum of all elements; integers and bools add up in int64.</summary>
        public Tensor sum(ScalarType? type = null) => Sum(default, false, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Sum([dim], keepdim, type);

        /// <summary>As the overload of long: without it, sum(0) would read 0 as a dtype.</summary>
        public Tensor sum(int dim, bool keepdim = false, ScalarType? type = null) => Sum([dim], keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Sum(dim, keepdim, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Sum(dim, keepdim, type);

        public Tensor mean() => Mean(default, false, null);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Mean(dimensions, keepdim, type);

        public Tensor mean(long dim, bool keepdim = false, ScalarType? type = null) => Mean([dim], keepdim, type);

        /// <summary>Running sums along an axis.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null)
        {
            int axis = Shapes.Axis("cumsum", dim, Sizes.Length);
            Tensor source = to(type ?? (dtype.IsFloating() ? dtype : ScalarType.Int64)), result;
            if (Sizes.Length == 0)
            {
                return source.clone();
            }

            using (no_grad())
            {
                result = Uninitialized(Sizes, source.dtype);
                Copying.Copy(source, result);
                for (long i = 1; i < Sizes[axis]; i++)
                {
                    using Tensor before = result.select(axis, i - 1), here = result.select(axis, i);
                    Elementwise.BinaryInto<AddOperation>("cumsum", here, before, here);
                }
            }

            if (Tracer.Active)
            {
                Tracer.Record("cumsum", [source], result, axis);
            }

            if (Node.Needed(source))
            {
                Node.Record("cumsum", source, static (node, g, d) =>
                {
                    long along = (int)node.State!;
                    d[0] = g[0]!.flip(along).cumsum(along).flip(along);
                }, result).State = axis;
            }

            return result;
        }

        /// <summary>The gradient of a broadcast: summed back to <paramref name="sizes"/>.</summary>
        internal Tensor SumTo(long[] sizes)
        {
            if (Shapes.Equal(Sizes, sizes))
            {
                return this;
            }

            int added = Sizes.Length - sizes.Length;
            Span<long> dims = stackalloc long[Sizes.Length];
            int count = 0;
            for (int i = 0; i < Sizes.Length; i++)
            {
                if (i < added || (sizes[i - added] == 1 && Sizes[i] != 1))
                {
                    dims[count++] = i;
                }
            }

            Tensor summed = count == 0 ? this : Sum(dims[..count], keepdim: true, null);
            return Shapes.Equal(summed.Sizes, sizes) ? summed : summed.reshape(sizes);
        }

        private Tensor Sum(ReadOnlySpan<long> dims, bool keepdim, ScalarType? type)
        {
            Tensor source = type is null ? this : to(type.Value);
            Reduction reduction = new("sum", source, dims, keepdim);
            Tensor result = Reductions.Sum(source, reduction);
            if (Tracer.Active)
            {
                Tracer.Record("sum", [source], result, reduction.Axes);
            }

            if (Node.Needed(source))
            {
                Node.Record("sum", source, static (node, g, d) =>
                {
                    (long[] expanded, long[] sizes) = ((long[], long[]))node.State!;
                    d[0] = g[0]!.reshape(expanded).expand(sizes);
                }, result).State = (reduction.Expanded, source.Sizes);
            }

            return type is { } wanted && result.dtype != wanted ? result.to(wanted) : result;
        }

        private Tensor Mean(ReadOnlySpan<long> dims, bool keepdim, ScalarType? type)
        {
            Tensor source = type is null ? this : to(type.Value);
            if (!source.dtype.IsFloating())
            {
                throw new ArgumentException(
                    $"mean: needs a floating tensor, got {dtype}{Shapes.Text(Sizes)}; convert it or pass type.");
            }

            Tensor total = source.Sum(dims, keepdim, null);
            return total.div((double)count / total.count);
        }
    }
}
