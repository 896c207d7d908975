namespace FinML.Torch;

public static partial class torch
{
    public static Tensor count_nonzero(Tensor input, long[]? dims = null) => input.count_nonzero(dims);

    public static Tensor bincount(Tensor input, Tensor? weights = null, long minlength = 0) =>
        input.bincount(weights, minlength);

    public static Tensor histc(Tensor input, long bins = 100, long min = 0, long max = 0) =>
        input.histc(bins, min, max);

    public static Tensor bucketize(Tensor input, Tensor boundaries, bool outInt32 = false, bool right = false) =>
        input.bucketize(boundaries, outInt32, right);

    /// <summary>
    /// For each value the first position of a sorted last axis whose element is not below it (with
    /// <paramref name="right"/>: is above it); int64, or int32.
    /// </summary>
    /// <param name="sorted_sequence">A vector, or rows of the values' leading shape.</param>
    /// <param name="values">Any shape for a vector.</param>
    /// <param name="out_int32">The result is int32.</param>
    /// <param name="right">Positions behind equal elements.</param>
    /// <param name="sorter">Positions that sort the sequence, where it is not sorted.</param>
    public static Tensor searchsorted(
        Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null)
    {
        Tensor edges = sorter is null ? sorted_sequence : sorted_sequence.gather(-1, sorter);
        bool rows = edges.Sizes.Length != 1;
        if (edges.Sizes.Length == 0
            || (rows && (values.Sizes.Length != edges.Sizes.Length
                || !Shapes.Equal(edges.Sizes.AsSpan(..^1), values.Sizes.AsSpan(..^1)))))
        {
            throw new ArgumentException(
                $"searchsorted: the sequence must be a vector or rows of the values' leading shape, got "
                + $"{Shapes.Text(edges.Sizes)} and {Shapes.Text(values.Sizes)}.");
        }

        Tensor from = edges.detach().to(ScalarType.Float64).contiguous();
        Tensor sought = values.detach().to(ScalarType.Float64).contiguous();
        Tensor result = Tensor.Uninitialized(values.Sizes, ScalarType.Int64);
        int length = (int)edges.Sizes[^1], width = rows ? (int)values.Sizes[^1] : (int)values.numel();
        ReadOnlySpan<double> all = from.Span<double>(), wanted = sought.Span<double>();
        Span<long> to = result.Span<long>();
        for (int i = 0; i < wanted.Length; i++)
        {
            int row = rows ? i / width : 0;
            to[i] = Position(all.Slice(row * length, length), wanted[i], right);
        }

        return out_int32 ? result.to(ScalarType.Int32) : result;
    }

    private static int Position(ReadOnlySpan<double> edges, double value, bool right)
    {
        int low = 0, high = edges.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            bool before = right ? !(edges[middle] > value) : !(edges[middle] >= value); // NaN goes to the end
            (low, high) = before ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    public partial class Tensor
    {
        /// <summary>How many elements are not zero, of all or along axes; int64.</summary>
        public Tensor count_nonzero(long[]? dims = null) => ne(0).sum(dims ?? []);

        /// <summary>How often each number from 0 stands in a vector of integers, or the sum of its weights.</summary>
        public Tensor bincount(Tensor? weights = null, long minlength = 0)
        {
            if (Sizes.Length != 1 || dtype.IsFloating() || (count > 0 && lt(0).any().ToBoolean())
                || (weights is not null && !Shapes.Equal(weights.Sizes, Sizes)))
            {
                throw new ArgumentException(
                    $"bincount: needs a vector of integers of at least 0 and weights of its shape, got "
                    + $"{dtype}{Shapes.Text(Sizes)}{(weights is null ? "" : " and " + Shapes.Text(weights.Sizes))}.");
            }

            Tensor index = to(ScalarType.Int64);
            long length = Math.Max(minlength, count == 0 ? 0 : index.max().ToInt64() + 1);
            Tensor amounts = weights is null ? torch.ones_like(index)
                : weights.dtype == ScalarType.Float32 ? weights.detach() : weights.detach().to(ScalarType.Float64);
            return zeros([length], amounts.dtype).index_add(0, index, amounts);
        }

        /// <summary>How many elements lie in each of equal bins from min to max (both zero: of the data), the last bin
        /// with its upper edge.</summary>
        public Tensor histc(long bins = 100, long min = 0, long max = 0)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
            if (!dtype.IsFloating() || max < min)
            {
                throw new ArgumentException(
                    $"histc: needs a floating tensor and min at most max, got {dtype}{Shapes.Text(Sizes)}, {min} to "
                    + $"{max}.");
            }

            using (no_grad())
            {
                Tensor x = flatten();
                double low = min, high = max;
                if (min == max && count > 0)
                    (low, high) = (x.detach().min().ToDouble(), x.detach().max().ToDouble());
                if (low == high)
                    (low, high) = (low - 1, high + 1);
                Tensor inside = x.masked_select(x.ge(low).logical_and(x.le(high))).to(ScalarType.Float64);
                Tensor bin = inside.sub(low).mul(bins / (high - low)).floor().clamp(0, bins - 1).to(ScalarType.Int64);
                return zeros([bins], dtype).index_add(0, bin, torch.ones_like(bin, dtype));
            }
        }

        /// <summary>searchsorted of this in the boundaries, a vector.</summary>
        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            searchsorted(boundaries, this, outInt32, right);
    }
}
