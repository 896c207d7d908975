using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Item i is row i of each of its tensors.</summary>
    public class TensorDataset : torch.utils.data.IterableDataset
    {
        private readonly torch.Tensor[] tensors;

        internal TensorDataset(torch.Tensor[] tensors)
        {
            ArgumentNullException.ThrowIfNull(tensors);
            if (tensors.Length == 0)
                throw new ArgumentException("TensorDataset: needs at least one tensor.", nameof(tensors));
            foreach (torch.Tensor tensor in tensors)
            {
                if (tensor.dim() == 0 || tensor.size(0) != (tensors[0].dim() == 0 ? 0 : tensors[0].size(0)))
                {
                    throw new ArgumentException(
                        "TensorDataset: the tensors need the same size along dimension 0, got shapes "
                        + string.Join(", ", tensors.Select(t => Shapes.Text(t.shape))) + ".", nameof(tensors));
                }
            }

            // Handles of its own: the caller may dispose his.
            this.tensors = [.. tensors.Select(t => t.alias().DetachFromDisposeScope())];
        }

        /// <summary>The size of dimension 0.</summary>
        public override long Count => tensors[0].size(0);

        /// <summary>Row <paramref name="index"/> of each tensor, as views.</summary>
        public IList<torch.Tensor> this[long index] => tensors.Select(t => t[index]).ToList();

        /// <inheritdoc/>
        public override IList<torch.Tensor> GetTensor(long index) => this[index];

        protected override void Dispose(bool disposing)
        {
            if (!disposing)
                return;
            foreach (torch.Tensor tensor in tensors)
                tensor.Dispose();
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class utils
        {
            public static partial class data
            {
                /// <summary>A dataset over the rows of tensors.</summary>
                /// <param name="tensors">At least one; all of the same size along dimension 0. They are shared, not
                /// copied.</param>
                /// <example><code>
                /// using var loader = torch.utils.data.DataLoader(
                ///     torch.utils.data.TensorDataset(x, y), 32, shuffle: true, seed: 1);
                /// foreach (IList&lt;Tensor> batch in loader)
                ///     Train(batch[0], batch[1]);   // (32, ...), (32, ...)
                /// </code></example>
                public static TensorDataset TensorDataset(params Tensor[] tensors) => new(tensors);
            }
        }
    }
}
