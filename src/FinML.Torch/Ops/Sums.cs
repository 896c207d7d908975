namespace FinML.Torch;

public static partial class torch
{
    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);

    public static Tensor sum(Tensor input, ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
        input.sum(dim, keepdim, type);

    public static Tensor sum(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) =>
        input.sum(dim, keepdim, type);

    public static Tensor nansum(Tensor input) => input.nansum();

    public static Tensor nanmean(Tensor input, int? dim = null, bool keepdim = false, ScalarType? dtype = null) =>
        input.nanmean(dim, keepdim, dtype);

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

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) =>
            Sum([dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            Sum([dim0, dim1, dim2], keepdim, type);

        /// <summary>The sum of what is not NaN.</summary>
        public Tensor nansum() => WithoutNaN().sum();

        /// <summary>The mean of what is not NaN; NaN where nothing is.</summary>
        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null)
        {
            ReadOnlySpan<long> dims = dim is null ? default : [dim.Value];
            Tensor x = dtype is null ? this : to(dtype.Value);
            return x.WithoutNaN().Sum(dims, keepdim, null).div(x.isnan().logical_not().Sum(dims, keepdim, null));
        }

        public Tensor mean() => Mean(default, false, null);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Mean(dimensions, keepdim, type);

        public Tensor mean(long dim, bool keepdim = false, ScalarType? type = null) => Mean([dim], keepdim, type);

        /// <summary>Running sums along an axis.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null)
        {
            int axis = Shapes.Axis("cumsum", dim, Sizes.Length);
            if (type is null && dtype == ScalarType.BFloat16)
            {
                return AutocastMode.Raised(this, x => x.cumsum(dim));
            }

            Tensor source = to(type ?? (dtype.IsFloating() ? dtype : ScalarType.Int64));
            Tensor result = source.Scanned<AddOperation>("cumsum", axis);
            if (Tracer.Active)
            {
                Tracer.Record("cumsum", [source], result, axis);
            }

            if (Node.Needed(source))
            {
                Node.Record("cumsum", source, static (node, g, d) =>
                {
                    long along = (int)node.State!;
                    d[0] = g[0]!.Sizes.Length == 0 ? g[0] : g[0]!.flip(along).cumsum(along).flip(along);
                }, result).State = axis;
                Tangents.Carry(result, source, axis, static (t, along) => t.cumsum(along));
            }

            return result;
        }

        private Tensor WithoutNaN() => dtype.IsFloating() ? torch.where(isnan(), 0, this) : this;

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
            if (AutocastMode.IsEnabled && dtype == ScalarType.BFloat16)
            {
                type ??= ScalarType.Float32;
            }

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
                Tangents.Carry(result, source, reduction, static (t, how) => t.SumAlong(how.Axes));
            }

            return type is { } wanted && result.dtype != wanted ? result.to(wanted) : result;
        }

        private Tensor SumAlong(ReducedAxes axes) => Sum(axes.Axes, axes.KeepDim, null);

        private Tensor Mean(ReadOnlySpan<long> dims, bool keepdim, ScalarType? type)
        {
            if (type is null && dtype == ScalarType.BFloat16)
            {
                Tensor mean = Mean(dims, keepdim, ScalarType.Float32); // one rounding, not that of the sum too
                return AutocastMode.IsEnabled ? mean : mean.to(dtype);
            }

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
