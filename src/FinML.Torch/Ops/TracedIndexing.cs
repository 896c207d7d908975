namespace FinML.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>As index, of operations that record: the elements by their positions in the flat tensor.</summary>
        private Tensor ReadTraced(TensorIndex[] indices)
        {
            CheckMasks("index", indices, "it has as many elements as the mask is true; write torch.where, or multiply "
                + "by the mask.");
            (Tensor view, int[] axes, Tensor[] tensors) = Located(indices);
            if (axes.Length == 0)
                return view;
            IndexPlan plan = new(view.Sizes, axes, tensors);
            Tensor positions = view.PositionsOf(plan, axes, tensors);
            return view.reshape(-1).index_select(0, positions.reshape(-1)).reshape(plan.Result);
        }

        /// <summary>As index_put_, of operations that record: a mask chooses, positions scatter.</summary>
        private Tensor PutTraced(Tensor value, TensorIndex[] indices, bool accumulate)
        {
            if (indices.Any(DependsOnInputs) && indices.Count(i => i.Indices is not null) == 1
                && Array.Find(indices, i => i.Indices is not null).Indices is { dtype: ScalarType.Bool } mask)
            {
                return PutWhere(mask, value.to(dtype), indices, accumulate);
            }

            CheckMasks("index_put_", indices, "beside other index tensors; write torch.where.");
            (Tensor region, int[] axes, Tensor[] tensors) = Located(indices);
            if (axes.Length == 0)
            {
                _ = accumulate ? region.add_(value) : region.copy_(value);
                return this;
            }

            IndexPlan plan = new(region.Sizes, axes, tensors);
            Tensor positions = region.PositionsOf(plan, axes, tensors).reshape(-1);
            Tensor values = value.to(dtype).expand(plan.Result).reshape(-1);
            if (!accumulate && Tracer.IsConstant(positions))
            {
                // Of several at one place the last one stays, which a file does not promise: it alone is written.
                long[] all = positions.Span<long>().ToArray();
                long[] last = [.. all.Select((at, i) => (at, i)).GroupBy(p => p.at).Select(g => (long)g.Last().i)];
                if (last.Length < all.Length)
                    (positions, values) = (positions[tensor(last)], values[tensor(last)]);
            }

            Tensor flat = region.reshape(-1);
            Tensor result = accumulate
                ? flat.scatter_add(0, positions, values)
                : flat.scatter(0, positions, values);
            InPlace.Replace("index_put_", region, result.reshape(region.Sizes));
            return this;
        }

        private Tensor PutWhere(Tensor mask, Tensor value, TensorIndex[] indices, bool accumulate)
        {
            TensorIndex[] whole =
            [
                .. indices.SelectMany(i => i.Indices is null
                    ? [i]
                    : Enumerable.Repeat(TensorIndex.Colon, mask.Sizes.Length)),
            ];
            Tensor region = Located(whole).View;

            // Where the mask's axes stand in the region is what a mask of the same shape would say.
            (_, int[] axes, _) = Located([.. indices.Select(i => i.Indices is null
                ? i
                : TensorIndex.Tensor(torch.zeros(mask.Sizes, ScalarType.Bool)))]);
            int inner = region.Sizes.Length - axes[^1] - 1, masked = value.Sizes.Length - 1 - inner;
            if (masked >= 0)
            {
                if (value.Sizes[masked] != 1)
                {
                    throw new InvalidOperationException(
                        $"trace: 'index_put_' of {value.Sizes[masked]} values by a mask that depends on the inputs "
                        + "fits the example's mask only; use masked_scatter, or one value for all.");
                }

                value = value.reshape(
                    [.. value.Sizes[..masked], .. mask.Sizes.Select(_ => 1L), .. value.Sizes[(masked + 1)..]]);
            }

            Tensor chosen = mask.reshape([.. mask.Sizes, .. Enumerable.Repeat(1L, inner)]);
            InPlace.Replace("index_put_", region, torch.where(chosen, accumulate ? region.add(value) : value, region));
            return this;
        }

        /// <summary>Positions in this tensor, flat, of what a plan points at, of the plan's shape. Where inputs decide
        /// them they are computed, and a coordinate that is out of its axis gives one that is out of the tensor.
        /// </summary>
        private Tensor PositionsOf(IndexPlan plan, int[] axes, Tensor[] indices)
        {
            if (Array.TrueForAll(indices, Tracer.IsConstant))
                return tensor(plan.Read(arange(count).reshape(Sizes)).Span<long>().ToArray(), plan.Result);
            (int before, int behind) = plan.Kept;
            Tensor sum = torch.zeros([], ScalarType.Int64);
            Tensor inside = torch.ones([], ScalarType.Bool);
            long[] steps = Shapes.ContiguousStrides(Sizes);
            for (int i = 0; i < indices.Length; i++)
            {
                long size = Sizes[axes[i]];
                Tensor index = indices[i];
                sum = sum.add(torch.where(index.lt(0), index.add(size), index).mul(steps[axes[i]]));
                inside = inside.logical_and(index.ge(-size)).logical_and(index.lt(size));
            }

            sum = torch.where(inside, sum, count);
            sum = sum.reshape([.. sum.Sizes, .. Enumerable.Repeat(1L, behind)]);

            // The places along the axes that are kept: those of the element at coordinates zero.
            Tensor[] zeros = Array.ConvertAll(indices, _ => torch.zeros([1], ScalarType.Int64));
            IndexPlan first = new(Sizes, axes, zeros);
            long[] kept = first.Read(arange(count).reshape(Sizes)).Span<long>().ToArray();
            int own = plan.Result.Length - before - behind;
            long[] sizes =
                [.. plan.Result[..before], .. Enumerable.Repeat(1L, own), .. plan.Result[(before + own)..]];
            return sum.add(tensor(kept, sizes)).expand(plan.Result);
        }

        private static bool DependsOnInputs(TensorIndex index) =>
            index.Indices is { } tensor && !Tracer.IsConstant(tensor);

        private static void CheckMasks(string name, TensorIndex[] indices, string why)
        {
            foreach (TensorIndex index in indices)
            {
                if (DependsOnInputs(index) && index.Indices!.dtype == ScalarType.Bool)
                {
                    throw new InvalidOperationException(
                        $"trace: '{name}' by a mask that depends on the inputs cannot be traced: {why}");
                }
            }
        }
    }
}
