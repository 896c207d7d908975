namespace FinML.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A view of another shape; one size may be -1.</summary>
        /// <exception cref="ArgumentException">The strides do not allow it: use reshape.</exception>
        public Tensor view(params long[] shape)
        {
            long[] sizes = Shapes.Infer("view", shape, count, Sizes);
            long[]? steps = IsContiguous ? null : StridesFor(sizes);
            if (!IsContiguous && steps is null)
            {
                throw new ArgumentException(
                    $"view: shape {Shapes.Text(Sizes)} with strides {Shapes.Text(Strides)} has no view of shape "
                    + $"{Shapes.Text(sizes)}; use reshape.");
            }

            return Reshaped("view", sizes, steps);
        }

        /// <summary>The same elements in another shape: a view where the strides allow it, else a copy.</summary>
        public Tensor reshape(params long[] shape)
        {
            long[] sizes = Shapes.Infer("reshape", shape, count, Sizes);
            if (IsContiguous)
            {
                return Reshaped("reshape", sizes, null);
            }

            long[]? steps = StridesFor(sizes);
            return steps is not null
                ? Reshaped("reshape", sizes, steps)
                : contiguous().Reshaped("reshape", sizes, null);
        }

        public Tensor view_as(Tensor other) => view(other.Sizes);

        /// <summary>Merges the axes from <paramref name="start_dim"/> to <paramref name="end_dim"/>, both
        /// included.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1)
        {
            int start = Shapes.Axis("flatten", start_dim, Sizes.Length);
            int end = Shapes.Axis("flatten", end_dim, Sizes.Length);
            if (start > end)
            {
                throw new ArgumentException($"flatten: start_dim {start_dim} lies behind end_dim {end_dim}.");
            }

            if (Sizes.Length == 0)
            {
                return reshape(1);
            }

            return reshape(
                [.. Sizes[..start], Shapes.Count(Sizes.AsSpan(start..(end + 1))), .. Sizes[(end + 1)..]]);
        }

        /// <summary>Splits axis <paramref name="dim"/> into axes of the given sizes; one may be -1.</summary>
        public Tensor unflatten(long dim, params long[] sizes)
        {
            int axis = Shapes.AxisOf("unflatten", dim, Sizes);
            long[] inner = Shapes.Infer("unflatten", sizes, Sizes[axis], Sizes.AsSpan(axis, 1));
            return reshape([.. Sizes[..axis], .. inner, .. Sizes[(axis + 1)..]]);
        }

        /// <summary>Without the axes of size one, or without axis <paramref name="dim"/> where its size is
        /// one.</summary>
        public Tensor squeeze(long? dim = null)
        {
            int only = dim is null ? -1 : Shapes.Axis("squeeze", dim.Value, Sizes.Length);
            List<long> sizes = [], steps = [];
            for (int i = 0; i < Sizes.Length; i++)
            {
                if (Sizes[i] != 1 || (only >= 0 && i != only))
                {
                    sizes.Add(Sizes[i]);
                    steps.Add(Strides[i]);
                }
            }

            return Reshaped("squeeze", [.. sizes], [.. steps]);
        }

        /// <summary>With an axis of size one at <paramref name="dim"/>.</summary>
        public Tensor unsqueeze(long dim)
        {
            int axis = Shapes.Axis("unsqueeze", dim, Sizes.Length + 1);
            long step = axis < Sizes.Length ? Sizes[axis] * Strides[axis] : 1;
            long[] sizes = [.. Sizes.AsSpan(0, axis), 1, .. Sizes.AsSpan(axis)];
            long[] steps = [.. Strides.AsSpan(0, axis), step, .. Strides.AsSpan(axis)];
            return Reshaped("unsqueeze", sizes, steps);
        }

        private Tensor Reshaped(string name, long[] sizes, long[]? steps)
        {
            Tensor result = Alias(sizes, steps, Offset);
            if (Node.Needed(this))
            {
                Node.Record(name, this, static (node, g, d) => d[0] = g[0]!.reshape((long[])node.State!), result)
                    .State = Sizes;
            }

            return result;
        }

        /// <summary>Strides that show a strided tensor in another shape, or null where only a copy can.</summary>
        private long[]? StridesFor(long[] sizes)
        {
            if (count == 0)
            {
                return Shapes.ContiguousStrides(sizes);
            }

            long[] steps = new long[sizes.Length];
            int to = sizes.Length - 1;
            int from = Sizes.Length - 1;
            while (from >= 0)
            {
                // A run of old axes that lie in memory like one axis.
                long run = Sizes[from], step = Strides[from];
                while (from > 0 && (Sizes[from - 1] == 1 || Strides[from - 1] == step * run))
                {
                    run *= Sizes[--from];
                }

                from--;
                long next = step, left = run;
                while (to >= 0 && (left > 1 || sizes[to] == 1))
                {
                    if (left % sizes[to] != 0)
                    {
                        return null;
                    }

                    steps[to] = next;
                    next *= sizes[to];
                    left /= sizes[to];
                    to--;
                }

                if (left != 1)
                {
                    return null;
                }
            }

            return to < 0 ? steps : null;
        }
    }
}
