using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>A table of vectors, looked up by number.</summary>
    public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Embedding(long rows, long size, torch.ScalarType? dtype, torch.Generator? generator)
            : base(nameof(Embedding))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
            weight = new Parameter(torch.empty([rows, size], dtype));
            torch.nn.init.normal_(weight, 0, 1, generator);
            register_parameter(nameof(weight), weight);
        }

        /// <summary>(rows, size).</summary>
        public Parameter weight { get; }

        /// <param name="input">Int64 of any shape.</param>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.embedding(input, weight);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A table of <paramref name="num_embeddings"/> vectors of <paramref name="embedding_dims"/>,
            /// standard normal at start.</summary>
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, Device? device = null, ScalarType? dtype = null,
                Generator? generator = null) => new(num_embeddings, embedding_dims, dtype, generator);
        }
    }
}
