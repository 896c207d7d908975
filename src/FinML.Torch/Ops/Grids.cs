namespace FinML.Torch;

public static partial class torch
{
    /// <summary>The coordinates of a grid: tensor i, along axis i, repeated along all others. "xy" exchanges the first
    /// two axes.</summary>
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij")
    {
        if (indexing is not ("ij" or "xy"))
            throw new ArgumentException($"meshgrid: indexing must be \"ij\" or \"xy\", got \"{indexing}\".");
        Tensor[] axes = [.. tensors];
        if (axes.FirstOrDefault(t => t.Sizes.Length > 1) is { } matrix)
            throw new ArgumentException($"meshgrid: needs vectors, got shape {Shapes.Text(matrix.Sizes)}.");
        bool swap = indexing == "xy" && axes.Length > 1;
        if (swap)
            (axes[0], axes[1]) = (axes[1], axes[0]);
        long[] sizes = Array.ConvertAll(axes, t => t.numel());
        Tensor[] grids = new Tensor[axes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            long[] along = new long[axes.Length];
            Array.Fill(along, 1);
            along[i] = sizes[i];
            grids[i] = axes[i].reshape(along).expand(sizes);
        }

        if (swap)
            (grids[0], grids[1]) = (grids[1], grids[0]);

        return grids;
    }

    /// <summary>All combinations with one element of each vector, one row each; the last varies fastest.</summary>
    public static Tensor cartesian_prod(IList<Tensor> tensors)
    {
        if (tensors.Count == 1)
            return tensors[0].alias();
        return stack(meshgrid(tensors).Select(t => t.flatten()), 1);
    }

    public static Tensor cartesian_prod(params Tensor[] tensors) => cartesian_prod((IList<Tensor>)tensors);

    /// <summary>All choices of r elements of a vector, one row each, positions rising.</summary>
    public static Tensor combinations(Tensor input, int r = 2, bool with_replacement = false)
    {
        if (input.Sizes.Length != 1 || r < 0)
        {
            throw new ArgumentException(
                $"combinations: needs a vector and r >= 0, got shape {Shapes.Text(input.Sizes)}, r {r}.");
        }

        List<long> positions = [];
        Extend([], 0);
        return input.index_select(0, tensor([.. positions])).reshape(r == 0 ? 0 : positions.Count / r, r);

        void Extend(long[] chosen, long from)
        {
            if (chosen.Length == r)
            {
                positions.AddRange(chosen);
                return;
            }

            for (long i = from; i < input.numel(); i++)
                Extend([.. chosen, i], with_replacement ? i : i + 1);
        }
    }

    /// <summary>Views of all tensors in their common shape.</summary>
    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors)
    {
        long[] sizes = [];
        foreach (Tensor one in tensors)
            sizes = Shapes.Broadcast("broadcast_tensors", sizes, one.Sizes);
        return Array.ConvertAll(tensors, t => t.expand(sizes));
    }

    /// <summary>Powers of the elements of a vector, a column each: falling from N - 1 to 0, or rising.</summary>
    public static Tensor vander(Tensor x, long N = -1, bool increasing = false) => x.vander(N, increasing);

    public partial class Tensor
    {
        public Tensor vander(long N = -1, bool increasing = false)
        {
            if (Sizes.Length != 1)
                throw new ArgumentException($"vander: needs a vector, got shape {Shapes.Text(Sizes)}.");
            return Powers(N < 0 ? count : N, increasing);
        }

        /// <summary>Powers of the elements on a new last axis, by products: exact where the products are.</summary>
        internal Tensor Powers(long columns, bool increasing)
        {
            if (columns == 0)
                return Uninitialized([.. Sizes, 0], dtype);
            List<Tensor> powers = [torch.ones_like(this)];
            while (powers.Count < columns)
                powers.Add(powers[^1].mul(this));
            if (!increasing)
                powers.Reverse();
            return stack(powers, -1);
        }
    }
}
