namespace FinML.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Views by numbers and slices, copies by index tensors and masks; the setter writes in
        /// place.</summary>
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>
        /// A view where only numbers, slices, new axes and the ellipsis are given; with index tensors or masks a copy.
        /// Index tensors broadcast together; their axes take the place of the indexed ones where those stand side by
        /// side, and come first otherwise.
        /// </summary>
        public Tensor index(params TensorIndex[] indices)
        {
            if (Tracer.Recording)
                return ReadTraced(indices);
            (Tensor view, IndexPlan? plan) = Resolve(indices);
            return plan is null ? view : view.Read(plan);
        }

        /// <summary>The elements at the positions of one index tensor for each leading axis.</summary>
        public Tensor index(params Tensor[] indices) => index(Array.ConvertAll(indices, TensorIndex.Tensor));

        /// <summary>Writes a value, which broadcasts, where the indices point; of several at one place the last
        /// stays.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => Put(value, indices, false);

        /// <summary>As above; with <paramref name="accumulate"/> the values are added, all of them.</summary>
        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false) =>
            Put(value, indices, accumulate);

        public Tensor index_put_(Tensor value, params Tensor[] indices) =>
            Put(value, Array.ConvertAll(indices, TensorIndex.Tensor), false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            Put(value, Array.ConvertAll(indices, TensorIndex.Tensor), accumulate);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices) =>
            Put(Number(value, this), indices, false);

        public Tensor index_put_(Scalar value, params Tensor[] indices) =>
            Put(Number(value, this), Array.ConvertAll(indices, TensorIndex.Tensor), false);

        private Tensor Put(Tensor value, TensorIndex[] indices, bool accumulate)
        {
            if (Tracer.Recording)
                return PutTraced(value, indices, accumulate);
            (Tensor region, IndexPlan? plan) = Resolve(indices);
            if (plan is null)
            {
                _ = accumulate ? region.add_(value) : region.copy_(value);
                return this;
            }

            Tensor values = value.to(dtype).expand(plan.Result);
            if (Node.Needed(region, values))
            {
                InPlace.Replace("index_put_", region, region.Write(plan, values, accumulate));
                return this;
            }

            InPlace.Check("index_put_", region);
            using Tensor? apart = ReferenceEquals(values.Storage, Storage) ? values.clone() : null;
            if (accumulate)
                plan.Add(region, apart ?? values);
            else
                plan.Write(region, apart ?? values);
            return MarkWritten("index_put_");
        }

        /// <summary>The elements a plan points at, with their gradient.</summary>
        private Tensor Read(IndexPlan plan)
        {
            Tensor result = plan.Read(this);
            if (Node.Needed(this))
            {
                Node.Record("index", this, static (node, g, d) =>
                {
                    (IndexPlan where, long[] sizes) = ((IndexPlan, long[]))node.State!;
                    d[0] = zeros(sizes, g[0]!.dtype).Write(where, g[0]!, accumulate: true);
                }, result).State = (plan, Sizes);
                Tangents.Carry(result, this, plan, static (t, where) => t.Read(where));
            }

            return result;
        }

        /// <summary>A copy with values put, or added, where a plan points.</summary>
        private Tensor Write(IndexPlan plan, Tensor values, bool accumulate)
        {
            Tensor result = Uninitialized(Sizes, dtype);
            Copying.Copy(this, result);
            if (accumulate)
                plan.Add(result, values);
            else
                plan.Write(result, values);
            if (Node.Needed(this, values))
            {
                Node.Record("index_put", this, values, static (node, g, d) =>
                {
                    (IndexPlan where, bool added) = ((IndexPlan, bool))node.State!;
                    if (node.Needs(0))
                        d[0] = added ? g[0] : g[0]!.Write(where, zeros(where.Result, g[0]!.dtype), accumulate: false);
                    if (node.Needs(1))
                    {
                        Tensor read = g[0]!.Read(where);
                        d[1] = !added && where.Surviving(read.dtype) is { } stays ? read.mul(stays) : read;
                    }
                }, result).State = (plan, accumulate);
                Tangents.Carry(result, this, values, (plan, accumulate, self: this, values), static (t, tv, s) =>
                    (t ?? torch.zeros_like(s.self)).Write(s.plan, tv ?? torch.zeros_like(s.values), s.accumulate));
            }

            return result;
        }

        /// <summary>Applies numbers, slices and new axes as views; what index tensors are left make a plan.</summary>
        private (Tensor View, IndexPlan? Plan) Resolve(TensorIndex[] indices)
        {
            (Tensor view, int[] axes, Tensor[] tensors) = Located(indices);
            return (view, axes.Length == 0 ? null : new IndexPlan(view.Sizes, axes, tensors));
        }

        /// <summary>The view by numbers, slices and new axes, and which of its axes the index tensors are for.
        /// </summary>
        private (Tensor View, int[] Axes, Tensor[] Indices) Located(TensorIndex[] indices)
        {
            int named = 0, ellipses = 0;
            foreach (TensorIndex one in indices)
            {
                named += one.Form switch
                {
                    TensorIndex.Kind.Ellipsis or TensorIndex.Kind.NewAxis => 0,
                    TensorIndex.Kind.Tensor when one.Indices!.dtype == ScalarType.Bool => one.Indices.Sizes.Length,
                    _ => 1,
                };
                ellipses += one.Form == TensorIndex.Kind.Ellipsis ? 1 : 0;
            }

            if (named > Sizes.Length || ellipses > 1)
            {
                throw new ArgumentException(
                    $"index: {named} indices and {ellipses} ellipses are too many for shape {Shapes.Text(Sizes)}.");
            }

            Tensor view = this;
            int axis = 0;
            List<Tensor> tensors = [];
            List<int> axes = [];
            foreach (TensorIndex one in indices)
            {
                switch (one.Form)
                {
                    case TensorIndex.Kind.Tensor:
                        foreach (Tensor part in Parts(one.Indices!, view, axis))
                        {
                            tensors.Add(part);
                            axes.Add(axis++);
                        }

                        break;
                    case TensorIndex.Kind.Ellipsis:
                        axis += Sizes.Length - named;
                        break;
                    case TensorIndex.Kind.NewAxis:
                        view = view.unsqueeze(axis++);
                        break;
                    case TensorIndex.Kind.Single:
                        view = view.select(axis, one.Start!.Value);
                        break;
                    default:
                        view = one is { Start: null, Stop: null, Step: 1 }
                            ? view
                            : view.slice(axis, one.Start ?? 0, one.Stop ?? long.MaxValue, one.Step);
                        axis++;
                        break;
                }
            }

            return (
                tensors.Count == 0 && ReferenceEquals(view, this) ? alias() : view, [.. axes], [.. tensors]);
        }

        /// <summary>One int64 index per axis: a mask is the positions of its true elements.</summary>
        private static Tensor[] Parts(Tensor index, Tensor view, int axis)
        {
            if (index.dtype != ScalarType.Bool)
            {
                return index.dtype is ScalarType.Int64 or ScalarType.Int32
                    ? [index.to(ScalarType.Int64)]
                    : throw new ArgumentException(
                        $"index: an index tensor must be Int64, Int32 or Bool, got {index.dtype}.");
            }

            if (index.Sizes.Length == 0
                || !Shapes.Equal(index.Sizes, view.Sizes.AsSpan(axis, index.Sizes.Length)))
            {
                throw new ArgumentException(
                    $"index: a mask of shape {Shapes.Text(index.Sizes)} does not fit shape {Shapes.Text(view.Sizes)} "
                    + $"at dimension {axis}.");
            }

            return index.nonzero().unbind(1);
        }
    }
}
