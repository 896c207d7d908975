namespace FinML.Torch;

public static partial class torch
{
    public static Tensor diag(Tensor input, long diagonal = 0) => input.diag(diagonal);

    public static Tensor diagflat(Tensor input, long offset = 0) => input.diagflat(offset);

    public static Tensor diag_embed(Tensor input, long offset = 0L, long dim1 = -2L, long dim2 = -1L) =>
        input.diag_embed(offset, dim1, dim2);

    public static Tensor diagonal(Tensor input, long offset = 0L, long dim1 = 0L, long dim2 = 1L) =>
        input.diagonal(offset, dim1, dim2);

    public static Tensor diagonal_scatter(
        Tensor input, Tensor src, long offset = 0L, long dim1 = 0L, long dim2 = 1L) =>
        input.diagonal_scatter(src, offset, dim1, dim2);

    public static Tensor trace(Tensor input) => input.trace();

    public partial class Tensor
    {
        /// <summary>The diagonal of a matrix, or the matrix with this vector as its diagonal; a copy.</summary>
        public Tensor diag(long diagonal = 0) => Sizes.Length switch
        {
            1 => diag_embed(diagonal),
            2 => this.diagonal(diagonal).clone(),
            _ => throw new ArgumentException($"diag: needs 1 or 2 dimensions, got shape {Shapes.Text(Sizes)}."),
        };

        /// <summary>The matrix with the flattened elements as its diagonal.</summary>
        public Tensor diagflat(long offset = 0) => flatten().diag_embed(offset);

        /// <summary>The sum of a matrix's diagonal.</summary>
        public Tensor trace() => Sizes.Length == 2
            ? diagonal().sum()
            : throw new ArgumentException($"trace: needs a matrix, got shape {Shapes.Text(Sizes)}.");

        /// <summary>A view of the elements (i, i + offset) of two axes, on a new last axis.</summary>
        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L)
        {
            Diagonal place = new("diagonal", Sizes, offset, dim1, dim2);
            Tensor result = Alias(place.Result, place.Steps(Strides), Offset + (int)place.Start(Strides));
            if (Node.Needed(this))
            {
                Node.Record(
                    "diagonal", this, static (node, g, d) => d[0] = g[0]!.Embed((Diagonal)node.State!), result)
                    .State = place;
            }

            return result;
        }

        /// <summary>Zeros with the last axis of this tensor on the diagonal of two new axes.</summary>
        public Tensor diag_embed(long offset = 0L, long dim1 = -2L, long dim2 = -1L)
        {
            int first = Shapes.Axis("diag_embed", dim1, Sizes.Length + 1);
            int second = Shapes.Axis("diag_embed", dim2, Sizes.Length + 1);
            if (Sizes.Length == 0 || first == second)
            {
                throw new ArgumentException(
                    $"diag_embed: needs a vector and two axes, got shape {Shapes.Text(Sizes)}, dims {dim1}, {dim2}.");
            }

            long side = Sizes[^1] + Math.Abs(offset);
            List<long> sizes = [.. Sizes[..^1]];
            sizes.Insert(Math.Min(first, second), side);
            sizes.Insert(Math.Max(first, second), side);
            return Embed(new Diagonal("diag_embed", [.. sizes], offset, first, second));
        }

        /// <summary>A copy with a diagonal replaced.</summary>
        public Tensor diagonal_scatter(Tensor src, long offset = 0L, long dim1 = 0L, long dim2 = 1L) =>
            Replaced("diagonal_scatter", src, x => x.diagonal(offset, dim1, dim2));

        /// <summary>A copy with one position of an axis replaced.</summary>
        public Tensor select_scatter(Tensor src, long dim, long index) =>
            Replaced("select_scatter", src, x => x.select(dim, index));

        /// <summary>A copy with a slice of an axis replaced.</summary>
        public Tensor slice_scatter(Tensor src, long dim = 0L, long? start = null, long? end = null, long step = 1L) =>
            Replaced("slice_scatter", src, x => x.slice(dim, start ?? 0, end ?? long.MaxValue, step));

        /// <summary>The adjoint of a diagonal: zeros of the whole shape with this tensor on the diagonal.</summary>
        private Tensor Embed(Diagonal place)
        {
            if (Tracer.Recording)
            {
                Tensor whole = torch.zeros(place.Whole, dtype);
                whole.diagonal(place.Shift, place.First, place.Second).copy_(this);
                return whole;
            }

            Tensor result = Uninitialized(place.Whole, dtype).ZeroFill();
            using (Tensor line = result.Share(
                place.Result, place.Steps(result.Strides), (int)place.Start(result.Strides)))
                Copying.Copy(this, line);
            if (Node.Needed(this))
            {
                Node.Record("diag_embed", this, static (node, g, d) =>
                {
                    Diagonal place = (Diagonal)node.State!;
                    d[0] = g[0]!.diagonal(place.Shift, place.First, place.Second);
                }, result).State = place;
                Tangents.Carry(result, this, place, static (t, where) => t.Embed(where));
            }

            return result;
        }

        private Tensor Replaced(string name, Tensor source, Func<Tensor, Tensor> region)
        {
            Tensor result = clone(), part = region(result);
            if (!Shapes.Equal(part.Sizes, source.Sizes))
            {
                throw new ArgumentException(
                    $"{name}: the source is {Shapes.Text(source.Sizes)}, the place is {Shapes.Text(part.Sizes)}.");
            }

            part.copy_(source);
            return result;
        }

        /// <summary>Where a diagonal lies in a tensor.</summary>
        private sealed class Diagonal
        {
            internal Diagonal(string name, long[] whole, long offset, long dim1, long dim2)
            {
                Whole = whole;
                Shift = offset;
                First = Shapes.Axis(name, dim1, whole.Length);
                Second = Shapes.Axis(name, dim2, whole.Length);
                if (whole.Length < 2 || First == Second)
                {
                    throw new ArgumentException(
                        $"{name}: needs two different axes of shape {Shapes.Text(whole)}, got {dim1} and {dim2}.");
                }

                Length = Math.Max(
                    0, offset >= 0
                        ? Math.Min(whole[First], whole[Second] - offset)
                        : Math.Min(whole[First] + offset, whole[Second]));
                Result = [.. whole.Where((_, axis) => axis != First && axis != Second), Length];
            }

            internal long[] Whole { get; }

            internal long[] Result { get; }

            internal long Shift { get; }

            internal int First { get; }

            internal int Second { get; }

            private long Length { get; }

            internal long[] Steps(long[] strides) =>
                [.. strides.Where((_, axis) => axis != First && axis != Second), strides[First] + strides[Second]];

            internal long Start(long[] strides) =>
                Length == 0 ? 0 : Shift >= 0 ? Shift * strides[Second] : -Shift * strides[First];
        }
    }
}
