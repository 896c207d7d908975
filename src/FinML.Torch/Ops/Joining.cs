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
            Tangents.Carry([result], sources, (sources, axis), static (t, s) =>
                [cat([.. s.sources.Select((x, i) => t[i] ?? zeros_like(x))], s.axis)]);
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

    /// <summary>Below each other: along the first axis, vectors as rows.</summary>
    public static Tensor vstack(IList<Tensor> tensors) => cat([.. tensors.Select(t => t.atleast_2d())]);

    public static Tensor vstack(Tensor[] tensors) => vstack((IList<Tensor>)tensors);

    /// <summary>Beside each other: along the second axis, vectors along their only one.</summary>
    public static Tensor hstack(IList<Tensor> tensors)
    {
        Tensor[] parts = [.. tensors.Select(t => t.atleast_1d())];
        return cat(parts, parts.Length > 0 && parts[0].Sizes.Length > 1 ? 1 : 0);
    }

    public static Tensor hstack(params Tensor[] tensors) => hstack((IList<Tensor>)tensors);

    /// <summary>Behind each other: along the third axis.</summary>
    public static Tensor dstack(IList<Tensor> tensors) => cat([.. tensors.Select(t => t.atleast_3d())], 2);

    public static Tensor dstack(params Tensor[] tensors) => dstack((IList<Tensor>)tensors);

    /// <summary>The matrices along the diagonal of one, zeros elsewhere; vectors count as rows.</summary>
    public static Tensor block_diag(params Tensor[] tensors)
    {
        Tensor[] blocks = Array.ConvertAll(tensors, t => t.Sizes.Length <= 2
            ? t.atleast_2d()
            : throw new ArgumentException($"block_diag: needs matrices, got shape {Shapes.Text(t.Sizes)}."));
        long width = blocks.Sum(t => t.Sizes[1]), left = 0;
        List<Tensor> rows = [];
        foreach (Tensor block in blocks)
        {
            rows.Add(block.PadConstant([left, width - left - block.Sizes[1]], 0));
            left += block.Sizes[1];
        }

        return cat(rows);
    }
}
