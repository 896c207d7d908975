using System.Numerics;

namespace FinML.Torch;

/// <summary>Stable sorting of rows with their positions; NaN counts as the largest value.</summary>
internal static class SortLoops
{
    /// <summary>The order of each row of a contiguous (outer, n) tensor.</summary>
    internal static void Order(Tensor rows, bool descending, Span<long> order)
    {
        switch (rows.dtype)
        {
            case ScalarType.Float32: Order<float>(rows, descending, order); break;
            case ScalarType.Float64: Order<double>(rows, descending, order); break;
            case ScalarType.Int64: Order<long>(rows, descending, order); break;
            default: Order<int>(rows, descending, order); break;
        }
    }

    private static void Order<T>(Tensor rows, bool descending, Span<long> order) where T : unmanaged, INumber<T>
    {
        int n = (int)rows.Sizes[^1];
        ReadOnlySpan<T> values = rows.Span<T>();
        (T Key, int Position)[] rented = BufferPool<(T Key, int Position)>.Rent(n);
        Span<(T Key, int Position)> keys = rented.AsSpan(0, n);
        Comparison<(T Key, int Position)> compare = descending ? Falling : Rising;
        for (int start = 0; start < values.Length; start += Math.Max(n, 1))
        {
            for (int i = 0; i < n; i++)
            {
                keys[i] = (values[start + i], i);
            }

            keys.Sort(compare); // the position breaks ties: that makes it stable
            for (int i = 0; i < n; i++)
            {
                order[start + i] = keys[i].Position;
            }
        }

        BufferPool<(T Key, int Position)>.Return(rented);

        static int Rising((T Key, int Position) a, (T Key, int Position) b)
        {
            int order = Compare(a.Key, b.Key);
            return order != 0 ? order : a.Position.CompareTo(b.Position);
        }

        static int Falling((T Key, int Position) a, (T Key, int Position) b)
        {
            int order = Compare(b.Key, a.Key);
            return order != 0 ? order : a.Position.CompareTo(b.Position);
        }

        static int Compare(T a, T b) => a < b ? -1 : a > b ? 1 : T.IsNaN(a).CompareTo(T.IsNaN(b));
    }
}

public static partial class torch
{
    public static (Tensor Values, Tensor Indices) sort(
        Tensor input, long dim = -1, bool descending = false, bool stable = false) =>
        input.sort(dim, descending, stable);

    public static Tensor argsort(Tensor input, long dim = -1, bool descending = false) =>
        input.argsort(dim, descending);

    public static (Tensor values, Tensor indexes) topk(
        Tensor tensor, int k, int dim = -1, bool largest = true, bool sorted = true) =>
        tensor.topk(k, dim, largest, sorted);

    public partial class Tensor
    {
        /// <summary>The elements in order along an axis, and where they were. Always stable; NaN sorts as the
        /// largest.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            Tensor order = argsort(dim, descending);
            return (gather(Shapes.Axis("sort", dim, Sizes.Length), order), order);
        }

        /// <summary>The positions that put an axis in order.</summary>
        public Tensor argsort(long dim = -1, bool descending = false)
        {
            int axis = Shapes.Axis("argsort", dim, Sizes.Length);
            return Sizes.Length == 0 ? zeros([], ScalarType.Int64) : FirstOf(axis, descending, Sizes[axis]);
        }

        /// <summary>The k largest (or smallest) elements along an axis, in order, and where they were.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            int axis = Shapes.Axis("topk", dim, Sizes.Length);
            long n = Sizes.Length == 0 ? 1 : Sizes[axis];
            if (k < 0 || k > n)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(k), k, $"topk: k must be in [0, {n}] for shape {Shapes.Text(Sizes)}.");
            }

            if (Sizes.Length == 0)
            {
                return (clone(), zeros([], ScalarType.Int64));
            }

            Tensor order = FirstOf(axis, largest, k);
            return (gather(axis, order), order);
        }

        /// <summary>The first positions of those that put an axis in order.</summary>
        private Tensor FirstOf(int axis, bool descending, long number)
        {
            Tensor source = dtype == ScalarType.Bool ? to(ScalarType.Int32) : this;
            Tensor rows = Widening.Wide(source.detach().transpose(axis, -1).contiguous());
            Tensor order = Uninitialized(rows.Sizes, ScalarType.Int64);
            SortLoops.Order(rows, descending, order.Span<long>());
            Tensor result = order.narrow(-1, 0, number).transpose(axis, -1).contiguous();
            if (Tracer.Active)
            {
                Tracer.Record("argsort", [source], result, new OrderedAxis(axis, descending, number));
            }

            return result;
        }
    }
}
