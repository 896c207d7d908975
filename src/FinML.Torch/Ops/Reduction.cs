namespace FinML.Torch;

/// <summary>Brings the reduced axes of a tensor to the end, so that a reduction is a loop over rows.</summary>
internal readonly struct Reduction
{
    private readonly int keptAxes;
    private readonly bool keepDim;

    internal Reduction(string name, Tensor x, ReadOnlySpan<long> dims, bool keepdim)
    {
        int n = x.Sizes.Length;
        bool[] reduced = new bool[Math.Max(n, 1)];
        if (dims.IsEmpty)
        {
            Array.Fill(reduced, true);
        }
        else
        {
            foreach (int axis in Shapes.Axes(name, dims, n))
            {
                reduced[axis] = true;
            }
        }

        List<long> kept = [], order = [];
        long[] expanded = new long[n];
        Outer = 1;
        Inner = 1;
        for (int i = 0; i < n; i++)
        {
            expanded[i] = reduced[i] ? 1 : x.Sizes[i];
            if (!reduced[i])
            {
                order.Add(i);
                Outer *= (int)x.Sizes[i];
            }

            if (!reduced[i])
            {
                kept.Add(x.Sizes[i]);
            }
            else if (keepdim)
            {
                kept.Add(1);
            }
        }

        keptAxes = order.Count;
        keepDim = keepdim;
        bool leading = true; // reduced axes first: the columns of a matrix are summed, without moving it
        for (int i = 0; i < n; i++)
        {
            if (reduced[i])
            {
                order.Add(i);
                Inner *= (int)x.Sizes[i];
                leading &= i == 0 || reduced[i - 1];
            }
        }

        Order = [.. order];
        Result = [.. kept];
        Expanded = expanded;
        LeadingAxes = leading && Outer > 1 && n > 1;
    }

    /// <summary>Kept axes, then reduced axes.</summary>
    internal long[] Order { get; }

    /// <summary>What a trace keeps of it.</summary>
    internal ReducedAxes Axes => new(Order[keptAxes..], keepDim);

    /// <summary>Shape of the result.</summary>
    internal long[] Result { get; }

    /// <summary>The input's shape with ones at the reduced axes: the result's gradient broadcasts from here.</summary>
    internal long[] Expanded { get; }

    /// <summary>Number of results.</summary>
    internal int Outer { get; }

    /// <summary>Elements reduced to one.</summary>
    internal int Inner { get; }

    /// <summary>True where the reduced axes come first and a kept one last.</summary>
    internal bool LeadingAxes { get; }

    /// <summary>The elements as contiguous (outer, inner), without graph.</summary>
    internal Tensor Arranged(Tensor x)
    {
        using (torch.no_grad())
        {
            bool inOrder = true;
            for (int i = 0; i < Order.Length; i++)
            {
                inOrder &= Order[i] == i;
            }

            return (inOrder ? x : x.permute(Order)).contiguous();
        }
    }
}
