namespace FinML.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Positions start..start+length along an axis, as a view.</summary>
        public Tensor narrow(long dim, long start, long length)
        {
            int axis = Shapes.Axis("narrow", dim, Sizes.Length);
            long size = Sizes.Length == 0 ? 0 : Sizes[axis];
            long first = start < 0 ? start + size : start;
            if (Sizes.Length == 0 || first < 0 || length < 0 || first + length > size)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(start),
                    start,
                    $"narrow: start {start} and length {length} do not fit size {size} of dimension {dim} of shape "
                    + $"{Shapes.Text(Sizes)}.");
            }

            return Strided(axis, first, length, 1);
        }

        /// <summary>Positions start, start+step, ... before finish along an axis, as a view.</summary>
        public Tensor slice(long dim, long start, long finish, long step)
        {
            int axis = Shapes.Axis("slice", dim, Sizes.Length);
            RequirePositive("slice", nameof(step), step);
            if (Sizes.Length == 0)
            {
                throw new ArgumentException("slice: a tensor without dimensions cannot be sliced.");
            }

            long size = Sizes[axis];
            long first = Math.Clamp(start < 0 ? start + size : start, 0, size);
            long end = Math.Clamp(finish < 0 ? finish + size : finish, first, size);
            return Strided(axis, first, (end - first + step - 1) / step, step);
        }

        /// <summary>Position <paramref name="index"/> of axis <paramref name="dim"/>; the axis disappears.</summary>
        public Tensor select(long dim, long index)
        {
            int axis = Shapes.Axis("select", dim, Sizes.Length);
            long size = Sizes.Length == 0 ? 0 : Sizes[axis];
            if (index < -size || index >= size)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(index),
                    index,
                    $"select: index must be in [{-size}, {size - 1}] at dimension {dim} of shape "
                    + $"{Shapes.Text(Sizes)}.");
            }

            long position = index < 0 ? index + size : index;
            long[] sizes = [.. Sizes.AsSpan(0, axis), .. Sizes.AsSpan(axis + 1)];
            long[] steps = [.. Strides.AsSpan(0, axis), .. Strides.AsSpan(axis + 1)];
            Tensor result = Alias(sizes, steps, Offset + (count == 0 ? 0 : (int)(position * Strides[axis])));
            if (Node.Needed(this))
            {
                Node.Record("select", this, static (node, g, d) =>
                {
                    SliceState state = (SliceState)node.State!;
                    d[0] = g[0]!.unsqueeze(state.Axis).Embed(state);
                }, result).State = new SliceState(Sizes, axis, position, 1, 1);
            }

            return result;
        }

        /// <summary>Windows of <paramref name="size"/> positions, <paramref name="step"/> apart, on a new last axis (a
        /// view).</summary>
        public Tensor unfold(long dimension, long size, long step)
        {
            int axis = Shapes.Axis("unfold", dimension, Sizes.Length);
            long length = Sizes.Length == 0 ? 0 : Sizes[axis];
            if (size < 1 || step < 1 || size > length)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(size),
                    size,
                    $"unfold: needs step >= 1 and 1 <= size <= {length}, got size {size}, step {step}.");
            }

            long[] sizes = [.. Sizes, size], steps = [.. Strides, Strides[axis]];
            sizes[axis] = ((length - size) / step) + 1;
            steps[axis] *= step;
            Tensor result = Alias(sizes, steps, Offset);
            if (Node.Needed(this))
            {
                Node.Record("unfold", this, static (node, g, d) =>
                {
                    (long[] shape, int dim, long width, long hop) = ((long[], int, long, long))node.State!;
                    d[0] = g[0]!.FoldWindows(shape, dim, width, hop);
                }, result).State = (Sizes, axis, size, step);
            }

            return result;
        }

        /// <summary>At most <paramref name="chunks"/> views of nearly equal length along an axis.</summary>
        public Tensor[] chunk(long chunks, long dim = 0)
        {
            RequirePositive("chunk", nameof(chunks), chunks);
            long size = this.size((int)dim);
            return split(Math.Max(1, (size + chunks - 1) / chunks), dim);
        }

        /// <summary>Views of <paramref name="size"/> positions along an axis; the last may be shorter.</summary>
        public Tensor[] split(long size, long dim = 0)
        {
            RequirePositive("split", nameof(size), size);
            long length = this.size((int)dim);
            Tensor[] parts = new Tensor[Math.Max(1, (length + size - 1) / size)];
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i] = narrow(dim, i * size, Math.Min(size, length - (i * size)));
            }

            return parts;
        }

        /// <summary>Views of the given lengths along an axis.</summary>
        public Tensor[] split(long[] sizes, long dim = 0)
        {
            if (sizes.Sum() != size((int)dim))
            {
                throw new ArgumentException(
                    $"split: the lengths {Shapes.Text(sizes)} do not add up to {size((int)dim)}, dimension "
                    + $"{dim} of shape {Shapes.Text(Sizes)}.");
            }

            Tensor[] parts = new Tensor[sizes.Length];
            long start = 0;
            for (int i = 0; i < parts.Length; start += sizes[i], i++)
            {
                parts[i] = narrow(dim, start, sizes[i]);
            }

            return parts;
        }

        /// <summary>All positions along an axis, each without it.</summary>
        public Tensor[] unbind(long dimension = 0)
        {
            Tensor[] parts = new Tensor[size((int)dimension)];
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i] = select(dimension, i);
            }

            return parts;
        }

        private static void RequirePositive(string operation, string name, long value)
        {
            if (value < 1)
            {
                throw new ArgumentOutOfRangeException(name, value, $"{operation}: {name} must be at least 1.");
            }
        }

        internal sealed record SliceState(long[] Sizes, int Axis, long Start, long Length, long Step);

        /// <summary>The view of positions start + i * step, i below length, of an axis.</summary>
        internal Tensor Strided(int axis, long start, long length, long step)
        {
            long[] sizes = (long[])Sizes.Clone(), steps = (long[])Strides.Clone();
            sizes[axis] = length;
            steps[axis] *= step;
            int skipped = length == 0 || count == 0 ? 0 : (int)(start * Strides[axis]);
            Tensor result = Alias(sizes, steps, Offset + skipped);
            if (Node.Needed(this))
            {
                Node.Record("slice", this, static (node, g, d) => d[0] = g[0]!.Embed((SliceState)node.State!), result)
                    .State = new SliceState(Sizes, axis, start, length, step);
            }

            return result;
        }

        /// <summary>The adjoint of a slice: zeros of the sliced shape with this tensor at the slice's
        /// positions.</summary>
        internal Tensor Embed(SliceState state)
        {
            Tensor result = Uninitialized(state.Sizes, dtype);
            if (state.Length != state.Sizes[state.Axis])
            {
                result.ZeroFill();
            }

            using (no_grad())
            using (Tensor region = result.Strided(state.Axis, state.Start, state.Length, state.Step))
            {
                Copying.Copy(this, region);
            }

            if (Node.Needed(this))
            {
                Node.Record("slice_backward", this, static (node, g, d) =>
                {
                    SliceState slice = (SliceState)node.State!;
                    d[0] = g[0]!.Strided(slice.Axis, slice.Start, slice.Length, slice.Step);
                }, result).State = state;
                Tangents.Carry(result, this, state, static (t, slice) => t.Embed(slice));
            }

            return result;
        }

        /// <summary>The adjoint of unfold: each window added back where it came from.</summary>
        private Tensor FoldWindows(long[] sizes, int axis, long size, long step)
        {
            Tensor result = Uninitialized(sizes, dtype);
            result.ZeroFill();
            long windows = Sizes[axis];
            using (no_grad())
            {
                // (..., windows, ..., size): the k-th element of every window is a strided slice of the result.
                for (long k = 0; k < size; k++)
                {
                    using Tensor part = select(-1, k);
                    using Tensor target = result.Strided(axis, k, windows, step);
                    target.add_(part);
                }
            }

            if (Node.Needed(this))
            {
                Node.Record("unfold_backward", this, static (node, g, d) =>
                {
                    (int dim, long width, long hop) = ((int, long, long))node.State!;
                    d[0] = g[0]!.unfold(dim, width, hop);
                }, result).State = (axis, size, step);
                Tangents.Carry(result, this, (sizes, axis, size, step), static (t, s) =>
                    t.FoldWindows(s.sizes, s.axis, s.size, s.step));
            }

            return result;
        }
    }
}
