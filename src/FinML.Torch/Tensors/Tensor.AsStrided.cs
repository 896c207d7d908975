namespace FinML.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>
        /// A view of the storage by sizes, strides and offset, all in elements; positions may overlap. The gradient is
        /// that of the elements, whatever view of them this tensor is.
        /// </summary>
        /// <exception cref="ArgumentException">The view would leave the storage, or this tensor's own view repeats
        /// elements and gradients are recorded.</exception>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0L)
        {
            Shapes.Check("as_strided", size);
            if (size.Length != strides.Length || strides.Any(s => s < 0) || storageOffset < 0)
            {
                throw new ArgumentException(
                    $"as_strided: needs one stride of at least 0 a size and an offset of at least 0, got sizes "
                    + $"{Shapes.Text(size)}, strides {Shapes.Text(strides)}, offset {storageOffset}.");
            }

            long last = storageOffset;
            for (int i = 0; i < size.Length; i++)
                last += Math.Max(0, size[i] - 1) * strides[i];
            if (Shapes.Count(size) > 0 && last >= Storage.Length)
            {
                throw new ArgumentException(
                    $"as_strided: sizes {Shapes.Text(size)}, strides {Shapes.Text(strides)}, offset {storageOffset} "
                    + $"reach element {last} of a storage of {Storage.Length}.");
            }

            Tensor result = Alias((long[])size.Clone(), (long[])strides.Clone(), (int)storageOffset);
            if (Node.Needed(this))
            {
                Tensor own = Elements(Sizes, Strides, Offset);
                if (own.Span<long>().ToArray().Distinct().Count() != own.Count)
                {
                    throw new ArgumentException(
                        $"as_strided: the tensor of shape {Shapes.Text(Sizes)} and strides {Shapes.Text(Strides)} "
                        + "repeats elements, so that a gradient has no one place; clone() it first.");
                }

                Node.Record("as_strided", this, static (node, g, d) =>
                {
                    Geometry to = (Geometry)node.State!;
                    Tensor all = zeros([to.Length], g[0]!.dtype).index_add(0, to.Seen, g[0]!.flatten());
                    d[0] = all.index_select(0, to.Own).reshape(to.Sizes);
                }, result).State = new Geometry(
                    Storage.Length, Sizes, own, Elements(size, strides, (int)storageOffset));
            }

            return result;
        }

        /// <summary>Storage positions of the elements of a view, in row-major order.</summary>
        private static Tensor Elements(long[] sizes, long[] strides, long offset)
        {
            Tensor positions = full([1], offset, ScalarType.Int64);
            for (int i = 0; i < sizes.Length; i++)
                positions = positions.unsqueeze(1).add(arange(sizes[i]).mul(strides[i])).flatten();
            return positions;
        }

        private sealed record Geometry(long Length, long[] Sizes, Tensor Own, Tensor Seen);
    }
}
