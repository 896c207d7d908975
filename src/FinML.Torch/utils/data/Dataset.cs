namespace FinML.Torch;

public static partial class torch
{
    public static partial class utils
    {
        public static partial class data
        {
            /// <summary>A finite collection of items that can be had in any order.</summary>
            /// <typeparam name="T">An item: tensors without a batch dimension.</typeparam>
            /// <remarks>
            /// A <see cref="Modules.DataLoader{T, S}"/> with several workers calls <see cref="GetTensor"/> from several
            /// threads at once. Tensors that an item is made of are disposed when the batch is collated; what the
            /// dataset keeps for the next call it takes out of the scope with DetachFromDisposeScope. An item that is
            /// partly random draws from a generator seeded with its index, so that its bits do not depend on threads.
            /// </remarks>
            public abstract class Dataset<T> : IDisposable
            {
                /// <summary>How many items there are.</summary>
                public abstract long Count { get; }

                /// <summary>One item.</summary>
                /// <param name="index">In [0, Count).</param>
                public abstract T GetTensor(long index);

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                protected virtual void Dispose(bool disposing)
                {
                }
            }

            /// <summary>A dataset whose items are named tensors.</summary>
            /// <example><code>
            /// sealed class Windows(Tensor prices) : torch.utils.data.Dataset
            /// {
            ///     public override long Count => prices.size(0) - 64;
            ///
            ///     public override Dictionary&lt;string, Tensor> GetTensor(long index) =>
            ///         new() { ["x"] = prices.narrow(0, index, 64), ["y"] = prices[index + 64] };
            /// }
            /// </code></example>
            public abstract class Dataset : Dataset<Dictionary<string, Tensor>>
            {
            }

            /// <summary>A dataset whose items are lists of tensors.</summary>
            public abstract class IterableDataset : Dataset<IList<Tensor>>
            {
            }
        }
    }
}
