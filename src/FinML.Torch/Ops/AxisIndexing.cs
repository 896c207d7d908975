namespace FinML.Torch;

public static partial class torch
{
    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);

    public static Tensor index_add(Tensor input, long dim, Tensor index, Tensor source, Scalar alpha) =>
        input.index_add(dim, index, source, alpha);

    public static Tensor index_add_(Tensor input, long dim, Tensor index, Tensor source, Scalar alpha) =>
        input.index_add_(dim, index, source, alpha);

    public static Tensor index_copy(Tensor input, long dim, Tensor index, Tensor source) =>
        input.index_copy(dim, index, source);

    public static Tensor index_copy_(Tensor input, long dim, Tensor index, Tensor source) =>
        input.index_copy_(dim, index, source);

    public partial class Tensor
    {
        /// <summary>Slices of an axis, picked by an int64 vector.</summary>
        public Tensor index_select(long dim, Tensor index)
        {
            int axis = Shapes.Axis("index_select", dim, Sizes.Length);
            CheckVector("index_select", index);
            if (Sizes.Length == 0)
            {
                throw new ArgumentException("index_select: a tensor without dimensions has nothing to select.");
            }

            long[] sizes = (long[])Sizes.Clone();
            sizes[axis] = index.count;
            Tensor result = Uninitialized(sizes, dtype);
            Tensor source = contiguous();
            IndexLoops.Select(source, axis, index, result);
            if (Tracer.Active)
            {
                Tracer.Record("index_select", [source, index], result, axis);
            }

            if (Node.Needed(this))
            {
                Node.Record("index_select", this, static (node, g, d) =>
                {
                    (int along, long[] shape) = ((int, long[]))node.State!;
                    d[0] = zeros(shape, g[0]!.dtype).index_add(along, node.Saved(0), g[0]!);
                }, result).Save(index).State = (axis, Sizes);
                Tangents.Carry(result, this, (axis, index), static (t, s) => t.index_select(s.axis, s.index));
            }

            return result;
        }

        /// <summary>A copy with alpha times slice j of source added at position index[j] of an axis, in
        /// order.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            index_add(dim, index, source.mul(alpha));

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            InPlace.Replace("index_add_", this, index_add(dim, index, source, alpha));

        /// <summary>A copy with slice j of source put at position index[j] of an axis; the last of several wins, and
        /// takes the gradient.</summary>
        public Tensor index_copy(long dim, Tensor index, Tensor source)
        {
            int axis = Shapes.AxisOf("index_copy", dim, Sizes);
            CheckSlices("index_copy", axis, index, source);
            if (Tracer.Recording)
                return scatter(axis, Spread(axis, index, source.Sizes), source);
            return Write(new IndexPlan(Sizes, [axis], [index]), source, accumulate: false);
        }

        public Tensor index_copy_(long dim, Tensor index, Tensor source) =>
            InPlace.Replace("index_copy_", this, index_copy(dim, index, source));

        /// <summary>A copy with a number at the positions of an axis that an int64 vector names.</summary>
        public Tensor index_fill(long dim, Tensor index, Scalar value)
        {
            int axis = Shapes.AxisOf("index_fill", dim, Sizes);
            CheckVector("index_fill", index);
            IndexPlan plan = new(Sizes, [axis], [index]);
            if (Tracer.Recording)
                return scatter(axis, Spread(axis, index, plan.Result), full(plan.Result, value, dtype));
            return Write(plan, Uninitialized(plan.Result, dtype).FillWith(value), accumulate: false);
        }

        public Tensor index_fill_(long dim, Tensor index, Scalar value) =>
            InPlace.Replace("index_fill_", this, index_fill(dim, index, value));

        /// <summary>A copy with slice j of source added at position index[j] of an axis, in order.</summary>
        internal Tensor index_add(long dim, Tensor index, Tensor source)
        {
            int axis = Shapes.AxisOf("index_add", dim, Sizes);
            CheckSlices("index_add", axis, index, source);
            if (Tracer.Recording)
                return scatter_add(axis, Spread(axis, index, source.Sizes), source);
            Tensor result = Uninitialized(Sizes, dtype);
            Copying.Copy(this, result);
            IndexLoops.Add(result, axis, index, source.contiguous());
            if (Node.Needed(this, source))
            {
                Node.Record("index_add", this, source, static (node, g, d) =>
                {
                    d[0] = node.Needs(0) ? g[0] : null;
                    d[1] = node.Needs(1) ? g[0]!.index_select((int)node.State!, node.Saved(0)) : null;
                }, result).Save(index).State = axis;
                Tangents.Carry(result, this, source, (axis, index, self: this), static (t, ts, s) =>
                    ts is null ? t : (t ?? torch.zeros_like(s.self)).index_add(s.axis, s.index, ts));
            }

            return result;
        }

        internal long LongAt(long position) =>
            Items<long>()[Offset + (int)(position * (Sizes.Length == 0 ? 0 : Strides[^1]))];

        /// <summary>A vector of positions along an axis for each element of slices of <paramref name="sizes"/>: in a
        /// trace a scatter says it all.</summary>
        private static Tensor Spread(int axis, Tensor index, long[] sizes)
        {
            long[] thin = new long[sizes.Length];
            Array.Fill(thin, 1);
            thin[axis] = index.count;
            return index.reshape(thin).expand(sizes);
        }

        private void CheckSlices(string name, int axis, Tensor index, Tensor source)
        {
            CheckVector(name, index);
            if (Sizes.Length == 0)
                throw new ArgumentException($"{name}: a tensor without dimensions has no slices.");
            long[] expected = (long[])Sizes.Clone();
            expected[axis] = index.count;
            if (!Shapes.Equal(source.Sizes, expected) || source.dtype != dtype)
            {
                throw new ArgumentException(
                    $"{name}: source is {source.dtype}{Shapes.Text(source.Sizes)}, expected "
                    + $"{dtype}{Shapes.Text(expected)}.");
            }
        }

        private static void CheckVector(string name, Tensor index)
        {
            if (index.Sizes.Length != 1 || index.dtype != ScalarType.Int64)
            {
                throw new ArgumentException(
                    $"{name}: the index must be an Int64 vector, got {index.dtype}{Shapes.Text(index.Sizes)}.");
            }
        }
    }
}
