namespace FinML.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>True where a backward pass reaches this tensor. Only a leaf's can be set.</summary>
        public bool requires_grad
        {
            get => Meta is not null;
            set => requires_grad_(value);
        }

        /// <summary>Name of the operation that made the tensor, or null for a leaf.</summary>
        internal string? grad_fn => Meta?.Producer?.Name;

        public bool is_leaf => Meta is null || Meta.IsLeaf;

        /// <summary>The accumulated gradient: of a leaf, or of a tensor that retains it.</summary>
        public Tensor? grad
        {
            get => Meta?.ShowGradient();
            set
            {
                if (Meta is null)
                {
                    throw new InvalidOperationException("grad: the tensor does not require grad.");
                }

                if (value is not null && !Shapes.Equal(value.Sizes, Sizes))
                {
                    throw new ArgumentException(
                        $"grad: a gradient of shape {Shapes.Text(value.Sizes)} does not fit a tensor of shape "
                        + $"{Shapes.Text(Sizes)}.");
                }

                Meta.SetGradient(value?.DetachFromDisposeScope(), shared: true);
            }
        }

        /// <exception cref="InvalidOperationException">The tensor is no leaf, or its dtype is not floating.</exception>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            if (requires_grad == this.requires_grad)
            {
                return this;
            }

            if (!requires_grad)
            {
                Meta = Meta!.IsLeaf
                    ? null
                    : throw new InvalidOperationException(
                        "requires_grad_: only a leaf can be switched off; use detach().");
                return this;
            }

            if (!dtype.IsFloating())
            {
                throw new InvalidOperationException(
                    $"requires_grad_: only floating tensors require grad, this is {dtype}.");
            }

            Meta = new AutogradMeta(Sizes, dtype);
            return this;
        }

        /// <summary>Keeps the gradient of a tensor that is no leaf in grad.</summary>
        public void retain_grad()
        {
            AutogradMeta meta = Meta ?? throw new InvalidOperationException(
                "retain_grad: the tensor does not require grad.");
            meta.RetainsGradient = true;
        }

        /// <summary>
        /// Accumulates the gradients of this tensor into the leaves it was computed from. The graph is freed unless
        /// <paramref name="retain_graph"/> or <paramref name="create_graph"/> is set.
        /// </summary>
        public void backward(
            IList<Tensor>? grad_tensors = null,
            bool retain_graph = false,
            bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph || create_graph, create_graph, inputs);

        /// <summary>The same elements without the graph, and without a tangent.</summary>
        public Tensor detach()
        {
            Tensor result = Share(Sizes, strides, Offset);
            result.IsConstant = true;
            return result;
        }

        public Tensor detach_()
        {
            Meta = null;
            IsConstant = true;
            return this;
        }

        /// <summary>Another handle of the same tensor: same elements, same graph.</summary>
        public Tensor alias()
        {
            Tensor result = Alias(Sizes, strides, Offset);
            result.Meta = Meta;
            return result;
        }
    }
}
