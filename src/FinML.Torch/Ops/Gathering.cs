namespace FinML.Torch;

public static partial class torch
{
    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);

    public static Tensor scatter(Tensor input, long dim, Tensor index, Tensor src) => input.scatter(dim, index, src);

    public static Tensor scatter_(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_(dim, index, src);

    public static Tensor scatter_add(Tensor input, long dim, Tensor index, Tensor src) =>
        input.scatter_add(dim, index, src);

    public static Tensor scatter_add_(Tensor input, long dim, Tensor index, Tensor src) =>
        input.scatter_add_(dim, index, src);

    public static Tensor take(Tensor input, Tensor index) => input.take(index);

    public static Tensor take_along_dim(Tensor input, Tensor indices, long dim = 0) =>
        input.take_along_dim(indices, dim);

    public partial class Tensor
    {
        /// <summary>result[..., j, ...] = this[..., index[..., j, ...], ...] along an axis; index has the result's
        /// shape.</summary>
        public Tensor gather(long dim, Tensor index)
        {
            int axis = Shapes.Axis("gather", dim, Sizes.Length);
            CheckIndex("gather", axis, index, Sizes);
            Tensor result = Uninitialized(index.Sizes, dtype);
            IndexLoops.Gather(this, IndexAlong.Of(this, axis), index, result);
            if (Tracer.Active)
            {
                Tracer.Record("gather", [this, index], result, axis);
            }

            if (Node.Needed(this))
            {
                Node.Record("gather", this, static (node, g, d) =>
                {
                    (int along, long[] sizes) = ((int, long[]))node.State!;
                    d[0] = zeros(sizes, g[0]!.dtype).scatter_add(along, node.Saved(0), g[0]!);
                }, result).Save(index).State = (axis, Sizes);
                Tangents.Carry(result, this, (axis, index), static (t, s) => t.gather(s.axis, s.index));
            }

            return result;
        }

        /// <summary>A copy with src[..., j, ...] added at index[..., j, ...] along an axis, in order; src may be larger
        /// than the index.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src)
        {
            int axis = Shapes.Axis("scatter_add", dim, Sizes.Length);
            CheckIndex("scatter_add", axis, index, Sizes);
            Tensor source = Covered("scatter_add", index, src);
            Tensor result = Uninitialized(Sizes, dtype);
            Copying.Copy(this, result);
            IndexLoops.ScatterAdd(result, IndexAlong.Of(result, axis), index, source);
            if (Tracer.Active)
            {
                Tracer.Record("scatter_add", [this, index, source], result, axis);
            }

            if (Node.Needed(this, source))
            {
                Node.Record("scatter_add", this, source, static (node, g, d) =>
                {
                    d[0] = node.Needs(0) ? g[0] : null;
                    d[1] = node.Needs(1) ? g[0]!.gather((int)node.State!, node.Saved(0)) : null;
                }, result).Save(index).State = axis;
                Tangents.Carry(result, this, source, (axis, index, self: this), static (t, ts, s) =>
                    ts is null ? t : (t ?? torch.zeros_like(s.self)).scatter_add(s.axis, s.index, ts));
            }

            return result;
        }

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) =>
            InPlace.Replace("scatter_add_", this, scatter_add(dim, index, src));

        /// <summary>A copy with src[..., j, ...] put at index[..., j, ...] along an axis; the last of several
        /// wins, and takes the gradient.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src)
        {
            int axis = Shapes.Axis("scatter", dim, Sizes.Length);
            CheckIndex("scatter", axis, index, Sizes);
            Tensor source = Covered("scatter", index, src);
            Tensor result = Uninitialized(Sizes, dtype);
            Copying.Copy(this, result);
            IndexLoops.Scatter(result, IndexAlong.Of(result, axis), index, source);
            if (Tracer.Active)
            {
                Tracer.Record("scatter", [this, index, source], result, axis);
            }

            if (Node.Needed(this, source))
            {
                Node.Record("scatter", this, source, static (node, g, d) =>
                {
                    (int along, long[] sizes) = ((int, long[]))node.State!;
                    Tensor where = node.Saved(0), gradient = g[0]!;
                    if (node.Needs(0))
                        d[0] = gradient.scatter(along, where, zeros(where.Sizes, gradient.dtype));
                    if (node.Needs(1))
                        d[1] = gradient.gather(along, where).mul(Survivors(sizes, along, where).to(gradient.dtype));
                }, result).Save(index).State = (axis, Sizes);
                Tangents.Carry(result, this, source, (axis, index, self: this, source), static (t, ts, s) =>
                    (t ?? torch.zeros_like(s.self)).scatter(s.axis, s.index, ts ?? torch.zeros_like(s.source)));
            }

            return result;
        }

        public Tensor scatter_(long dim, Tensor index, Tensor src) =>
            InPlace.Replace("scatter_", this, scatter(dim, index, src));

        /// <summary>The elements at positions of the flattened tensor, in the shape of the index.</summary>
        public Tensor take(Tensor index)
        {
            if (index.dtype != ScalarType.Int64)
                throw new ArgumentException($"take: the index must be Int64, got {index.dtype}.");
            return flatten().index(index);
        }

        /// <summary>gather, with this and the indices broadcast outside <paramref name="dim"/>.</summary>
        public Tensor take_along_dim(Tensor indices, long dim)
        {
            int axis = Shapes.Axis("take_along_dim", dim, Sizes.Length);
            if (indices.Sizes.Length != Sizes.Length || Sizes.Length == 0)
            {
                throw new ArgumentException(
                    $"take_along_dim: the shapes {Shapes.Text(Sizes)} and {Shapes.Text(indices.Sizes)} must have "
                    + "equally many dimensions, at least one.");
            }

            long[] own = (long[])Sizes.Clone(), other = (long[])indices.Sizes.Clone();
            own[axis] = other[axis] = 1;
            long[] common = Shapes.Broadcast("take_along_dim", own, other);
            own = (long[])common.Clone();
            other = (long[])common.Clone();
            (own[axis], other[axis]) = (Sizes[axis], indices.Sizes[axis]);
            return expand(own).gather(axis, indices.expand(other));
        }

        /// <summary>The elements at positions of the flattened tensor, as a vector.</summary>
        public Tensor take_along_dim(Tensor indices) => flatten().gather(0, indices.flatten());

        /// <summary>True where element j of a scatter's source is the last at its place.</summary>
        private static Tensor Survivors(long[] sizes, int axis, Tensor index)
        {
            Tensor numbers = arange(index.count, ScalarType.Int64).reshape(index.Sizes);
            Tensor written = zeros(sizes, ScalarType.Int64);
            IndexLoops.Scatter(written, IndexAlong.Of(written, axis), index, numbers);
            return written.gather(axis, index).eq(numbers);
        }

        /// <summary>The part of src that an index of a scatter covers.</summary>
        private Tensor Covered(string name, Tensor index, Tensor src)
        {
            bool fits = src.dtype == dtype && src.Sizes.Length == index.Sizes.Length;
            Tensor part = src;
            for (int i = 0; fits && i < index.Sizes.Length; i++)
            {
                fits = index.Sizes[i] <= src.Sizes[i];
                part = fits && index.Sizes[i] < src.Sizes[i] ? part.narrow(i, 0, index.Sizes[i]) : part;
            }

            return fits ? part : throw new ArgumentException(
                $"{name}: src is {src.dtype}{Shapes.Text(src.Sizes)}, expected {dtype} at least as large as the index "
                + $"{Shapes.Text(index.Sizes)}.");
        }

        private static void CheckIndex(string name, int axis, Tensor index, long[] sizes)
        {
            bool fits = index.dtype == ScalarType.Int64 && index.Sizes.Length == sizes.Length;
            for (int i = 0; fits && i < sizes.Length; i++)
                fits = i == axis || index.Sizes[i] <= sizes[i];
            if (!fits)
            {
                throw new ArgumentException(
                    $"{name}: the index must be Int64 and no larger than {Shapes.Text(sizes)} outside dimension "
                    + $"{axis}, got {index.dtype}{Shapes.Text(index.Sizes)}.");
            }
        }
    }
}
