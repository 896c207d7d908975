namespace FinML.Torch;

public static partial class torch
{
    public static Tensor median(Tensor input) => input.median();

    public static Tensor nanmedian(Tensor input) => input.nanmedian();

    public static Tensor quantile(
        Tensor input, Tensor q, long dim = -1, bool keepdim = false, string interpolation = "linear") =>
        input.quantile(q, dim, keepdim, interpolation);

    public static Tensor nanquantile(
        Tensor input, Tensor q, long dim = -1, bool keepdim = false, string interpolation = "linear") =>
        input.nanquantile(q, dim, keepdim, interpolation);

    public static (Tensor values, Tensor indices) kthvalue(
        Tensor input, long k, long? dim, bool keepdim = false) => input.kthvalue(k, dim, keepdim);

    public static Tensor msort(Tensor tensor) => tensor.msort();

    public partial class Tensor
    {
        /// <summary>The middle element of all, the lower of two; NaN where there is one.</summary>
        public Tensor median()
        {
            if (count == 0)
                return full([], double.NaN, dtype);
            return flatten().median(0).values;
        }

        /// <summary>The median of what is not NaN.</summary>
        public Tensor nanmedian() => masked_select(isnan().logical_not()).median();

        /// <summary>
        /// Quantiles of all elements, or along an axis where dim is not -1 (as in TorchSharp), NaN where there is one.
        /// </summary>
        /// <param name="q">Levels in [0, 1]: a number, or a vector that becomes the first axis of the result.</param>
        /// <param name="dim">The axis; -1 takes all elements.</param>
        /// <param name="keepdim">Keeps the axis with size one.</param>
        /// <param name="interpolation">Between two elements: "linear", "lower", "higher", "midpoint" or
        /// "nearest".</param>
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false, string interpolation = "linear") =>
            Quantile("quantile", q, dim, keepdim, interpolation, skipNaN: false);

        /// <summary>Quantiles of what is not NaN.</summary>
        public Tensor nanquantile(Tensor q, long dim = -1, bool keepdim = false, string interpolation = "linear") =>
            Quantile("nanquantile", q, dim, keepdim, interpolation, skipNaN: true);

        /// <summary>The k-th smallest element along an axis, k from 1, and where it was.</summary>
        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false)
        {
            int axis = Shapes.Axis("kthvalue", dim ?? -1, Sizes.Length);
            long n = Sizes.Length == 0 ? 1 : Sizes[axis];
            if (k < 1 || k > n)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(k), k, $"kthvalue: k must be in [1, {n}] for shape {Shapes.Text(Sizes)}.");
            }

            if (Sizes.Length == 0)
                return (clone(), zeros([], ScalarType.Int64));
            Tensor position = argsort(axis).narrow(axis, k - 1, 1).contiguous();
            Tensor value = gather(axis, position);
            return keepdim ? (value, position) : (value.squeeze(axis), position.squeeze(axis));
        }

        /// <summary>Sorted along the first axis.</summary>
        public Tensor msort() => Sizes.Length == 0 ? clone() : sort(0).Values;

        private Tensor Quantile(string name, Tensor q, long dim, bool keepdim, string interpolation, bool skipNaN)
        {
            if (q.Sizes.Length > 1 || q.dtype != dtype || !dtype.IsFloating()
                || q.lt(0).logical_or(q.gt(1)).any().ToBoolean())
            {
                throw new ArgumentException(
                    $"{name}: q must be a number or a vector of {dtype} in [0, 1] for {dtype}{Shapes.Text(Sizes)}, "
                    + $"got {q.dtype}{Shapes.Text(q.Sizes)}.");
            }

            if (count == 0)
                throw new ArgumentException($"{name}: the tensor of shape {Shapes.Text(Sizes)} has no elements.");
            bool all = dim == -1;
            int axis = all ? 0 : Shapes.Axis(name, dim, Sizes.Length);
            Tensor rows = all ? flatten() : movedim(axis, -1);
            Tensor sorted = rows.sort().Values, fixedRows = rows.detach(), missing = fixedRows.isnan(), ranks;
            using (no_grad())
            {
                Tensor last = skipNaN
                    ? missing.logical_not().sum(-1, keepdim: true).sub(1).clamp(min: 0).to(dtype)
                    : full([.. rows.Sizes[..^1], 1], rows.Sizes[^1] - 1, dtype);
                ranks = q.detach().flatten().mul(last); // (..., levels)
            }

            Tensor below = ranks.floor(), above = ranks.ceil(), weight = ranks.sub(below);
            Tensor result = interpolation switch
            {
                "linear" => At(below).lerp(At(above), weight),
                "lower" => At(below),
                "higher" => At(above),
                "midpoint" => At(below).lerp(At(above), 0.5),
                "nearest" => At(ranks.round()),
                _ => throw new ArgumentException(
                    $"{name}: interpolation must be \"linear\", \"lower\", \"higher\", \"midpoint\" or \"nearest\", "
                    + $"got \"{interpolation}\"."),
            };
            if (!skipNaN)
                result = torch.where(missing.any(-1, keepdim: true), double.NaN, result);
            result = result.movedim(-1, 0);
            if (keepdim && all)
                result = result.reshape([result.Sizes[0], .. Enumerable.Repeat(1L, Sizes.Length)]);
            else if (keepdim)
                result = result.unsqueeze(axis + 1);
            return q.Sizes.Length == 0 ? result.squeeze(0) : result;

            Tensor At(Tensor positions) => sorted.gather(-1, positions.to(ScalarType.Int64));
        }
    }
}
