using System.Numerics;

namespace FinML.Torch;

public static partial class torch
{
    public static (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
        Tensor input, bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
        input.unique(sorted, return_inverse, return_counts, dim);

    public static (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(
        Tensor input, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
        input.unique_consecutive(return_inverse, return_counts, dim);

    public partial class Tensor
    {
        /// <summary>
        /// The different elements (with <paramref name="dim"/>: slices), always sorted; where each element went, and
        /// how many went there. A NaN differs from every other.
        /// </summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
            Distinct("unique", sort: true, return_inverse, return_counts, dim);

        /// <summary>As unique, of runs of equal neighbours.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(
            bool return_inverse = false, bool return_counts = false, int? dim = null) =>
            Distinct("unique_consecutive", sort: false, return_inverse, return_counts, dim);

        private (Tensor Output, Tensor? Inverse, Tensor? Counts) Distinct(
            string name, bool sort, bool wantInverse, bool wantCounts, int? dim)
        {
            if (Tracer.Active && !(Tracer.Composing && sort))
                Tracer.Read(this, name, "How many differ depends on them, and a plan has fixed shapes; use sort.");
            int axis = dim is null ? 0 : Shapes.Axis(name, dim.Value, Sizes.Length);
            Tensor slices = dim is null ? flatten() : movedim(axis, 0);
            Tensor rows = slices.detach().contiguous();
            rows = rows.dtype switch
            {
                ScalarType.Bool => rows.to(ScalarType.Int32),
                ScalarType.BFloat16 => rows.to(ScalarType.Float32),
                _ => rows,
            };
            int n = (int)rows.Sizes[0], width = n == 0 ? 1 : rows.Count / n;
            int[] order = [.. Enumerable.Range(0, n)];
            Func<int, int, int> compare = rows.dtype switch
            {
                ScalarType.Float32 => Comparer<float>(rows, width),
                ScalarType.Float64 => Comparer<double>(rows, width),
                ScalarType.Int64 => Comparer<long>(rows, width),
                _ => Comparer<int>(rows, width),
            };
            if (sort)
                Array.Sort(order, (a, b) => compare(a, b) is var result && result != 0 ? result : a.CompareTo(b));
            List<long> firsts = [], counts = [];
            long[] inverse = new long[n];
            for (int i = 0; i < n; i++)
            {
                bool starts = i == 0 || compare(order[i - 1], order[i]) != 0;
                if (starts)
                {
                    firsts.Add(order[i]);
                    counts.Add(0);
                }

                counts[^1]++;
                inverse[order[i]] = firsts.Count - 1;
            }

            Tensor output = slices.index_select(0, tensor([.. firsts]));
            output = dim is null ? output : output.movedim(0, axis);
            Tensor where = tensor(inverse, dim is null ? Sizes : [n]), many = tensor([.. counts]);
            if (Tracer.Composing)
            {
                output = output.clone();
                Tracer.Record("unique", [this], [output, where, many], new UniqueKind(dim is null ? null : axis));
            }

            return (output, wantInverse ? where : null, wantCounts ? many : null);
        }

        private static Func<int, int, int> Comparer<T>(Tensor rows, int width)
            where T : unmanaged, INumber<T> =>
            (a, b) =>
            {
                ReadOnlySpan<T> first = rows.Span<T>().Slice(a * width, width);
                ReadOnlySpan<T> second = rows.Span<T>().Slice(b * width, width);
                for (int i = 0; i < width; i++)
                {
                    if (first[i] == second[i])
                        continue;
                    bool less = first[i] < second[i] || (!T.IsNaN(first[i]) && T.IsNaN(second[i]));
                    return less ? -1 : first[i] > second[i] || !T.IsNaN(second[i]) ? 1 : a.CompareTo(b);
                }

                return 0;
            };
    }
}
