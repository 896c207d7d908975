namespace FinML.Torch;

/// <summary>Part of a contiguous tensor of shape <paramref name="Whole"/>, by its strides and its offset.</summary>
internal sealed record Region(long[] Whole, long[] Sizes, long[] Strides, int Offset)
{
    /// <summary>The part, in a contiguous tensor of the whole shape.</summary>
    internal Tensor In(Tensor whole) => whole.Share(Sizes, Strides, whole.Offset + Offset);
}

/// <summary>Views by strides, and their adjoints: what in-place writes to views need.</summary>
internal static class StridedViews
{
    /// <summary>The region of a contiguous tensor, as a view with a gradient.</summary>
    internal static Tensor View(Tensor whole, Region region)
    {
        Tensor result = region.In(whole);
        if (Node.Needed(whole))
        {
            Node.Record("as_strided", whole, static (node, g, d) => d[0] = Embed(g[0]!, (Region)node.State!), result)
                .State = region;
        }

        return result;
    }

    /// <summary>Only the graph of: <paramref name="whole"/> with the region replaced by
    /// <paramref name="value"/>.</summary>
    internal static Tensor Replaced(Tensor whole, Tensor value, Region region)
    {
        Tensor result = whole.Share(whole.Sizes, whole.Strides, whole.Offset);
        if (Node.Needed(whole, value))
        {
            Node.Record("copy_slices", whole, value, static (node, g, d) =>
            {
                Region part = (Region)node.State!;
                Tensor gradient = g[0]!.contiguous();
                if (node.Needs(0))
                {
                    d[0] = Cleared(gradient, part);
                }

                if (node.Needs(1))
                {
                    d[1] = View(gradient, part);
                }
            }, result).State = region;
        }

        return result;
    }

    /// <summary>Zeros of the whole shape with <paramref name="part"/> in the region.</summary>
    private static Tensor Embed(Tensor part, Region region)
    {
        Tensor result = Tensor.Uninitialized(region.Whole, part.dtype).ZeroFill();
        using (Tensor target = region.In(result))
        {
            Copying.Copy(part, target);
        }

        if (Node.Needed(part))
        {
            Node.Record(
                "as_strided_backward", part, static (node, g, d) =>
                    d[0] = View(g[0]!.contiguous(), (Region)node.State!), result)
                .State = region;
            Tangents.Carry(result, part, region, Embed);
        }

        return result;
    }

    /// <summary>A copy with zeros in the region.</summary>
    private static Tensor Cleared(Tensor whole, Region region)
    {
        Tensor result = Tensor.Uninitialized(whole.Sizes, whole.dtype);
        Copying.Copy(whole, result);
        using (Tensor target = region.In(result))
        {
            target.FillWith(0);
        }

        if (Node.Needed(whole))
        {
            Node.Record("clear_region", whole, static (node, g, d) =>
                d[0] = Cleared(g[0]!.contiguous(), (Region)node.State!), result)
                .State = region;
            Tangents.Carry(result, whole, region, static (t, r) => Cleared(t.contiguous(), r));
        }

        return result;
    }
}
