namespace FinML.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor t() => Sizes.Length switch
        {
            0 or 1 => alias(),
            2 => transpose(0, 1),
            _ => throw new ArgumentException($"t: needs at most 2 dimensions, got shape {Shapes.Text(Sizes)}."),
        };

        public Tensor T => t();

        /// <summary>The last two axes exchanged.</summary>
        public Tensor mT => transpose(-2, -1);

        public Tensor transpose(long dim0, long dim1)
        {
            int a = Shapes.Axis("transpose", dim0, Sizes.Length), b = Shapes.Axis("transpose", dim1, Sizes.Length);
            if (a == b)
            {
                return alias();
            }

            long[] sizes = (long[])Sizes.Clone(), steps = (long[])Strides.Clone();
            (sizes[a], sizes[b]) = (sizes[b], sizes[a]);
            (steps[a], steps[b]) = (steps[b], steps[a]);
            Tensor result = Alias(sizes, steps, Offset);
            if (Node.Needed(this))
            {
                Node.Record("transpose", this, static (node, g, d) =>
                {
                    (int first, int second) = ((int, int))node.State!;
                    d[0] = g[0]!.transpose(first, second);
                }, result).State = (a, b);
            }

            return result;
        }

        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor permute(params long[] permutation)
        {
            if (permutation.Length != Sizes.Length)
            {
                throw new ArgumentException(
                    $"permute: {permutation.Length} axes given for a tensor of shape {Shapes.Text(Sizes)}.");
            }

            int[] axes = Shapes.Axes("permute", permutation, Sizes.Length);
            long[] sizes = new long[axes.Length], steps = new long[axes.Length], inverse = new long[axes.Length];
            for (int i = 0; i < axes.Length; i++)
            {
                sizes[i] = Sizes[axes[i]];
                steps[i] = Strides[axes[i]];
                inverse[axes[i]] = i;
            }

            Tensor result = Alias(sizes, steps, Offset);
            if (Node.Needed(this))
            {
                Node.Record("permute", this, static (node, g, d) => d[0] = g[0]!.permute((long[])node.State!), result)
                    .State = inverse;
            }

            return result;
        }

        /// <summary>Axis <paramref name="source"/> moved to <paramref name="destination"/>, the others in
        /// order.</summary>
        public Tensor movedim(long source, long destination)
        {
            int from = Shapes.AxisOf("movedim", source, Sizes);
            int to = Shapes.Axis("movedim", destination, Sizes.Length);
            List<long> axes = [.. Enumerable.Range(0, Sizes.Length).Select(i => (long)i)];
            axes.RemoveAt(from);
            axes.Insert(to, from);
            return permute([.. axes]);
        }

        /// <summary>A view in which axes of size one repeat; -1 keeps a size.</summary>
        public Tensor expand(params long[] sizes)
        {
            int added = sizes.Length - Sizes.Length;
            long[] shape = (long[])sizes.Clone(), steps = new long[sizes.Length];
            bool fits = added >= 0;
            for (int i = 0; fits && i < sizes.Length; i++)
            {
                long own = i < added ? 1 : Sizes[i - added];
                shape[i] = sizes[i] == -1 && i >= added ? own : sizes[i];
                fits = shape[i] >= 0 && (shape[i] == own || own == 1);
                steps[i] = own == 1 || i < added ? 0 : Strides[i - added];
                if (own == 1 && shape[i] == 1 && i >= added)
                {
                    steps[i] = Strides[i - added];
                }
            }

            if (!fits)
            {
                throw new ArgumentException(
                    $"expand: shape {Shapes.Text(Sizes)} does not expand to {Shapes.Text(sizes)}.");
            }

            Tensor result = Alias(shape, steps, Offset);
            if (Node.Needed(this))
            {
                Node.Record("expand", this, static (node, g, d) => d[0] = g[0]!.SumTo((long[])node.State!), result)
                    .State = Sizes;
            }

            return result;
        }

        public Tensor expand_as(Tensor other) => expand(other.Sizes);

        public Tensor broadcast_to(params long[] shape) => expand(shape);

        /// <summary>The elements repeated: <paramref name="sizes"/> copies along each axis, new axes in
        /// front.</summary>
        public Tensor repeat(params long[] sizes)
        {
            int added = sizes.Length - Sizes.Length;
            if (added < 0)
            {
                throw new ArgumentException(
                    $"repeat: {sizes.Length} counts are too few for a tensor of shape {Shapes.Text(Sizes)}.");
            }

            long[] split = new long[2 * sizes.Length], spread = new long[2 * sizes.Length];
            long[] joined = new long[sizes.Length];
            for (int i = 0; i < sizes.Length; i++)
            {
                long own = i < added ? 1 : Sizes[i - added];
                (split[2 * i], split[(2 * i) + 1]) = (1, own);
                (spread[2 * i], spread[(2 * i) + 1]) = (sizes[i], own);
                joined[i] = sizes[i] * own;
            }

            return reshape(split).expand(spread).reshape(joined);
        }
    }
}
