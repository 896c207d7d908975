namespace FinML.Torch;

public static partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0)
    {
        if (tensors.Count == 0)
        {
            throw new ArgumentException("cat: needs at least one tensor.", nameof(tensors));
        }

        Tensor first = tensors[0];
        int axis = Shapes.Axis("cat", dim, first.Sizes.Length);
        long[] sizes = (long[])first.Sizes.Clone();
        ScalarType type = first.dtype;
        if (sizes.Length == 0)
        {
            throw new ArgumentException(
                "cat: tensors without dimensions cannot be joined; use stack.", nameof(tensors));
        }

        for (int i = 1; i < tensors.Count; i++)
        {
            long[] other = tensors[i].Sizes;
            bool fits = other.Length == sizes.Length;
            for (int j = 0; fits && j < sizes.Length; j++)
            {
                fits = j == axis || other[j] == first.Sizes[j];
            }

            if (!fits)
            {
                throw new ArgumentException(
                    $"cat: shapes {Shapes.Text(first.Sizes)} and {Shapes.Text(other)} (number {i}) differ outside "
                    + $"dimension {axis}.");
            }

            sizes[axis] += other[axis];
            type = ScalarTypes.Promote(type, tensors[i].dtype);
        }

        Tensor result = Tensor.Uninitialized(sizes, type);
        Tensor[] sources = new Tensor[tensors.Count];
        long[] lengths = new long[tensors.Count];
        long start = 0;
        for (int i = 0; i < sources.Length; i++)
        {
            sources[i] = tensors[i].to(type);
            lengths[i] = sources[i].Sizes[axis];
            using Tensor part = result.Strided(axis, start, lengths[i], 1);
            Copying.Copy(sources[i], part);
            start += lengths[i];
        }

        if (Tracer.Active)
        {
            Tracer.Record("cat", sources, result, axis);
        }

        if (Node.Needed(sources))
        {
            Node.Record("cat", sources, static (node, g, d) =>
            {
                (int along, long[] parts) = ((int, long[]))node.State!;
                long from = 0;
                for (int i = 0; i < parts.Length; i++)
                {
                    d[i] = node.Needs(i) ? g[0]!.narrow(along, from, parts[i]) : null;
                    from += parts[i];
                }
            }, result).State = (axis, lengths);
        }

        return result;
    }

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    /// <summary>Tensors of one shape side by side on a new axis.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        Tensor[] all = [.. tensors];
        if (all.Length == 0)
        {
            throw new ArgumentException("stack: needs at least one tensor.", nameof(tensors));
        }

        for (int i = 0; i < all.Length; i++)
        {
            if (!Shapes.Equal(all[i].Sizes, tensors.First().Sizes))
            {
                throw new ArgumentException(
                    $"stack: shapes {Shapes.Text(tensors.First().Sizes)} and {Shapes.Text(all[i].Sizes)} (number {i}) "
                    + "differ.");
            }
        }

        for (int i = 0; i < all.Length; i++)
        {
            all[i] = all[i].unsqueeze(dim);
        }

        return cat(all, dim < 0 ? dim + all[0].Sizes.Length : dim);
    }

    public static Tensor vstack(IList<Tensor> tensors) =>
        cat([.. tensors.Select(t => t.Sizes.Length < 2 ? t.reshape(1, -1) : t)]);

    public static Tensor hstack(IList<Tensor> tensors) => cat([.. tensors], tensors[0].Sizes.Length > 1 ? 1 : 0);

    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);

    public partial class Tensor
    {
        /// <summary>A copy with the order along the given axes reversed.</summary>
        public Tensor flip(params long[] dims)
        {
            int[] axes = Shapes.Axes("flip", dims, Sizes.Length);
            Tensor result = Uninitialized(Sizes, dtype);
            if (Sizes.Length == 0)
            {
                Copying.Copy(this, result);
            }
            else if (count > 0)
            {
                // A view that walks this tensor backwards: negative strides from the last position.
                long[] steps = (long[])Strides.Clone();
                long offset = Offset;
                foreach (int axis in axes)
                {
                    offset += (Sizes[axis] - 1) * steps[axis];
                    steps[axis] = -steps[axis];
                }

                using Tensor backwards = Share(Sizes, steps, (int)offset);
                Copying.Copy(backwards, result);
            }

            if (Tracer.Active)
            {
                Tracer.Record("flip", [this], result, axes);
            }

            if (Node.Needed(this))
            {
                Node.Record("flip", this, static (node, g, d) => d[0] = g[0]!.flip((long[])node.State!), result)
                    .State = dims;
            }

            return result;
        }

        /// <summary>Elements rolled forward along an axis, the last ones to the front.</summary>
        public Tensor roll(long shifts, long dims)
        {
            long n = size((int)dims);
            long shift = n == 0 ? 0 : ((shifts % n) + n) % n;
            return shift == 0 ? clone() : cat([narrow(dims, n - shift, shift), narrow(dims, 0, n - shift)], dims);
        }

        /// <summary>
        /// Padded with a constant: pairs (before, after) from the last axis backwards, as in torch.nn.functional.pad;
        /// negative counts cut.
        /// </summary>
        internal Tensor PadConstant(ReadOnlySpan<long> pad, Scalar value)
        {
            if (pad.Length % 2 != 0 || pad.Length / 2 > Sizes.Length)
            {
                throw new ArgumentException(
                    $"pad: needs pairs for at most {Sizes.Length} axes of shape {Shapes.Text(Sizes)}, got "
                    + $"{Shapes.Text(pad)}.");
            }

            Tensor result = this;
            for (int i = 0; i < pad.Length / 2; i++)
            {
                int axis = Sizes.Length - 1 - i;
                long before = pad[2 * i], after = pad[(2 * i) + 1];
                long start = Math.Max(0, -before), end = result.Sizes[axis] - Math.Max(0, -after);
                if (start > end)
                {
                    throw new ArgumentException(
                        $"pad: {Shapes.Text(pad)} cuts more than shape {Shapes.Text(Sizes)} has.");
                }

                result = start > 0 || end < result.Sizes[axis] ? result.narrow(axis, start, end - start) : result;
                if (before <= 0 && after <= 0)
                {
                    continue;
                }

                List<Tensor> parts = [];
                long[] sizes = (long[])result.Sizes.Clone();
                if (before > 0)
                {
                    sizes[axis] = before;
                    parts.Add(Uninitialized((long[])sizes.Clone(), dtype).FillWith(value));
                }

                parts.Add(result);
                if (after > 0)
                {
                    sizes[axis] = after;
                    parts.Add(Uninitialized((long[])sizes.Clone(), dtype).FillWith(value));
                }

                result = cat(parts, axis);
            }

            if (ReferenceEquals(result, this))
            {
                return alias();
            }

            if (Tracer.Active && !pad.ContainsAnyInRange(long.MinValue, -1))
            {
                Tracer.Record("pad", [this], result, new Padding([.. pad], value));
            }

            return result;
        }
    }
}
