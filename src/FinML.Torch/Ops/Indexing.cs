namespace FinML.Torch;

public static partial class torch
{
    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);

    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);

    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);

    public static Tensor nonzero(Tensor input) => input.nonzero();

    public partial class Tensor
    {
        /// <summary>Views by numbers and slices, copies by index tensors and masks; the setter writes in
        /// place.</summary>
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            (Tensor result, int axis, int consumed, Tensor? positions) = Resolve(indices);
            if (positions is null)
            {
                return result;
            }

            // The indexed axes are one axis of length n now: pick, then give the index's own shape back.
            Tensor merged = consumed == 1 ? result : result.flatten(axis, axis + consumed - 1);
            Tensor picked = merged.index_select(axis, positions.flatten());
            return positions.Sizes.Length == 1
                ? picked
                : picked.reshape([.. picked.Sizes[..axis], .. positions.Sizes, .. picked.Sizes[(axis + 1)..]]);
        }

        /// <summary>Writes a value, which broadcasts, where the indices point.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            (Tensor region, int axis, int consumed, Tensor? positions) = Resolve(indices);
            if (positions is null)
            {
                region.copy_(value);
                return this;
            }

            Tensor merged = consumed == 1 ? region : region.view(
                [.. region.Sizes[..axis], -1, .. region.Sizes[(axis + consumed)..]]);
            long[] flat = [.. merged.Sizes[..axis], positions.count, .. merged.Sizes[(axis + 1)..]];
            long[] full = [.. merged.Sizes[..axis], .. positions.Sizes, .. merged.Sizes[(axis + 1)..]];
            Tensor values = value.to(dtype).expand(full).reshape(flat);
            Tensor where = positions.flatten();
            for (long i = 0; i < where.count; i++)
            {
                merged.select(axis, where.LongAt(i)).copy_(values.select(axis, i));
            }

            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices) =>
            index_put_(Number(value, this), indices);

        /// <summary>result[..., j, ...] = this[..., index[..., j, ...], ...] along an axis; index has the result's
        /// shape.</summary>
        public Tensor gather(long dim, Tensor index)
        {
            int axis = Shapes.Axis("gather", dim, Sizes.Length);
            CheckIndex("gather", axis, index, Sizes);
            Tensor result = Uninitialized(index.Sizes, dtype);
            IndexLoops.Gather(this, axis, index, result);
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
            }

            return result;
        }

        /// <summary>A copy with src[..., j, ...] added at index[..., j, ...] along an axis, in order.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src)
        {
            int axis = Shapes.Axis("scatter_add", dim, Sizes.Length);
            CheckIndex("scatter_add", axis, index, Sizes);
            if (!Shapes.Equal(index.Sizes, src.Sizes) || src.dtype != dtype)
            {
                throw new ArgumentException(
                    $"scatter_add: src is {src.dtype}{Shapes.Text(src.Sizes)}, expected {dtype} of the index's shape "
                    + $"{Shapes.Text(index.Sizes)}.");
            }

            Tensor result = Uninitialized(Sizes, dtype);
            Copying.Copy(this, result);
            IndexLoops.ScatterAdd(result, axis, index, src);
            if (Node.Needed(this, src))
            {
                Node.Record("scatter_add", this, src, static (node, g, d) =>
                {
                    d[0] = node.Needs(0) ? g[0] : null;
                    d[1] = node.Needs(1) ? g[0]!.gather((int)node.State!, node.Saved(0)) : null;
                }, result).Save(index).State = axis;
            }

            return result;
        }

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) =>
            InPlace.Replace("scatter_add_", this, scatter_add(dim, index, src));

        /// <summary>A copy with src[..., j, ...] put at index[..., j, ...] along an axis; the last of several
        /// wins.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src)
        {
            int axis = Shapes.Axis("scatter", dim, Sizes.Length);
            CheckIndex("scatter", axis, index, Sizes);
            Tensor kept = ones(Sizes, dtype);
            Tensor cleared = kept.sub(kept.scatter_add(axis, index, ones_like(src)).sub(1).clamp(0, 1));
            return mul(cleared).scatter_add(axis, index, src);
        }

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
            }

            return result;
        }

        /// <summary>A copy with slice j of source added at position index[j] of an axis, in order.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source)
        {
            int axis = Shapes.Axis("index_add", dim, Sizes.Length);
            CheckVector("index_add", index);
            long[] expected = (long[])Sizes.Clone();
            expected[axis] = index.count;
            if (!Shapes.Equal(source.Sizes, expected) || source.dtype != dtype)
            {
                throw new ArgumentException(
                    $"index_add: source is {source.dtype}{Shapes.Text(source.Sizes)}, expected "
                    + $"{dtype}{Shapes.Text(expected)}.");
            }

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
            }

            return result;
        }

        /// <summary>The elements where the mask is true, as a vector; tensor and mask broadcast.</summary>
        public Tensor masked_select(Tensor mask)
        {
            long[] sizes = Shapes.Broadcast("masked_select", Sizes, mask.Sizes);
            return expand(sizes).flatten().index_select(0, TruePositions(mask.expand(sizes)));
        }

        /// <summary>Positions of the non-zero elements, one row each: (count, dimensions), int64.</summary>
        public Tensor nonzero()
        {
            Tensor flat = TruePositions(this);
            Tensor result = Uninitialized([flat.count, Sizes.Length], ScalarType.Int64);
            Span<long> from = flat.Span<long>(), to = result.Span<long>();
            for (int i = 0; i < from.Length; i++)
            {
                long rest = from[i];
                for (int axis = Sizes.Length - 1; axis >= 0; axis--)
                {
                    to[(i * Sizes.Length) + axis] = rest % Sizes[axis];
                    rest /= Sizes[axis];
                }
            }

            return result;
        }

        internal long LongAt(long position) =>
            Items<long>()[Offset + (int)(position * (Sizes.Length == 0 ? 0 : Strides[^1]))];

        private static Tensor TruePositions(Tensor mask)
        {
            Tensor flat = mask.detach().to(ScalarType.Bool).contiguous();
            ReadOnlySpan<bool> values = flat.Span<bool>();
            Tensor result = Uninitialized([values.Count(true)], ScalarType.Int64);
            Span<long> positions = result.Span<long>();
            for (int i = 0, at = 0; i < values.Length; i++)
            {
                if (values[i])
                {
                    positions[at++] = i;
                }
            }

            return result;
        }

        /// <summary>
        /// Applies numbers, slices and new axes as views. Index tensors, which must stand side by side, are left: they
        /// become positions along <c>Consumed</c> merged axes from <c>Axis</c> on.
        /// </summary>
        private (Tensor View, int Axis, int Consumed, Tensor? Positions) Resolve(TensorIndex[] indices)
        {
            int named = 0, ellipses = 0;
            foreach (TensorIndex one in indices)
            {
                named += one.Form switch
                {
                    TensorIndex.Kind.Ellipsis or TensorIndex.Kind.NewAxis => 0,
                    TensorIndex.Kind.Tensor when one.Indices!.dtype == ScalarType.Bool => one.Indices.Sizes.Length,
                    _ => 1,
                };
                ellipses += one.Form == TensorIndex.Kind.Ellipsis ? 1 : 0;
            }

            if (named > Sizes.Length || ellipses > 1)
            {
                throw new ArgumentException(
                    $"index: {named} indices and {ellipses} ellipses are too many for shape {Shapes.Text(Sizes)}.");
            }

            Tensor view = this;
            int axis = 0, first = -1;
            bool closed = false;
            List<Tensor> tensors = [];
            foreach (TensorIndex one in indices)
            {
                if (one.Form == TensorIndex.Kind.Tensor)
                {
                    if (closed)
                    {
                        throw new ArgumentException("index: index tensors must stand side by side.");
                    }

                    first = first < 0 ? axis : first;
                    foreach (Tensor part in Parts(one.Indices!, view, axis))
                    {
                        tensors.Add(part);
                        axis++;
                    }

                    continue;
                }

                closed |= first >= 0;
                switch (one.Form)
                {
                    case TensorIndex.Kind.Ellipsis:
                        axis += Sizes.Length - named;
                        break;
                    case TensorIndex.Kind.NewAxis:
                        view = view.unsqueeze(axis++);
                        break;
                    case TensorIndex.Kind.Single:
                        view = view.select(axis, one.Start!.Value);
                        break;
                    default:
                        view = one is { Start: null, Stop: null, Step: 1 }
                            ? view
                            : view.slice(axis, one.Start ?? 0, one.Stop ?? long.MaxValue, one.Step);
                        axis++;
                        break;
                }
            }

            return first < 0
                ? (ReferenceEquals(view, this) ? alias() : view, 0, 0, null)
                : (view, first, tensors.Count, Linear(tensors, view.Sizes.AsSpan(first, tensors.Count)));
        }

        /// <summary>One int64 index per axis: a mask is the positions of its true elements.</summary>
        private static Tensor[] Parts(Tensor index, Tensor view, int axis)
        {
            if (index.dtype != ScalarType.Bool)
            {
                return index.dtype is ScalarType.Int64 or ScalarType.Int32
                    ? [index.to(ScalarType.Int64)]
                    : throw new ArgumentException(
                        $"index: an index tensor must be Int64, Int32 or Bool, got {index.dtype}.");
            }

            if (!Shapes.Equal(index.Sizes, view.Sizes.AsSpan(axis, index.Sizes.Length)))
            {
                throw new ArgumentException(
                    $"index: a mask of shape {Shapes.Text(index.Sizes)} does not fit shape {Shapes.Text(view.Sizes)} "
                    + $"at dimension {axis}.");
            }

            Tensor rows = index.nonzero();
            Tensor[] parts = new Tensor[index.Sizes.Length];
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i] = rows.select(1, i);
            }

            return parts;
        }

        /// <summary>Positions along the merged axes, checked, negatives counted from the end.</summary>
        private static Tensor Linear(List<Tensor> indices, ReadOnlySpan<long> sizes)
        {
            Tensor result = zeros([], ScalarType.Int64);
            for (int i = 0; i < indices.Count; i++)
            {
                Tensor index = indices[i].contiguous().clone();
                foreach (ref long position in index.Span<long>())
                {
                    if (position < -sizes[i] || position >= sizes[i])
                    {
                        throw new ArgumentOutOfRangeException(
                            nameof(indices), position, $"index: must be in [{-sizes[i]}, {sizes[i] - 1}].");
                    }

                    position += position < 0 ? sizes[i] : 0;
                }

                result = result.mul(sizes[i]).add(index);
            }

            return result;
        }

        private static void CheckVector(string name, Tensor index)
        {
            if (index.Sizes.Length != 1 || index.dtype != ScalarType.Int64)
            {
                throw new ArgumentException(
                    $"{name}: the index must be an Int64 vector, got {index.dtype}{Shapes.Text(index.Sizes)}.");
            }
        }

        private static void CheckIndex(string name, int axis, Tensor index, long[] sizes)
        {
            bool fits = index.dtype == ScalarType.Int64 && index.Sizes.Length == sizes.Length;
            for (int i = 0; fits && i < sizes.Length; i++)
            {
                fits = i == axis || index.Sizes[i] <= sizes[i];
            }

            if (!fits)
            {
                throw new ArgumentException(
                    $"{name}: the index must be Int64 and no larger than {Shapes.Text(sizes)} outside dimension "
                    + $"{axis}, got {index.dtype}{Shapes.Text(index.Sizes)}.");
            }
        }
    }
}
