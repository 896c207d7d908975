using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>A table of vectors, looked up by number.</summary>
    public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long? padding_idx;
        private readonly double? max_norm;
        private readonly double norm_type;
        private readonly bool scale_grad_by_freq;

        internal Embedding(
            torch.Tensor table, bool freeze, long? padding_idx, double? max_norm, double norm_type,
            bool scale_grad_by_freq)
            : base(nameof(Embedding))
        {
            long rows = table.Sizes[0];
            if (padding_idx < -rows || padding_idx >= rows)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(padding_idx), padding_idx,
                    $"Embedding: padding_idx must be in [{-rows}, {rows}), got {padding_idx}.");
            }

            this.padding_idx = padding_idx < 0 ? padding_idx + rows : padding_idx;
            this.max_norm = max_norm;
            this.norm_type = norm_type;
            this.scale_grad_by_freq = scale_grad_by_freq;
            weight = new Parameter(table, !freeze);
            register_parameter(nameof(weight), weight);
        }

        /// <summary>(rows, size).</summary>
        public Parameter weight { get; }

        /// <param name="input">Int64 of any shape.</param>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.embedding(
            input, weight, padding_idx, max_norm, norm_type, scale_grad_by_freq);

        internal static torch.Tensor Normal(
            long rows, long size, long? padding_idx, torch.ScalarType? dtype, torch.Generator? generator)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
            torch.Tensor table = torch.empty([rows, size], dtype);
            torch.nn.init.normal_(table, 0, 1, generator);
            if (padding_idx is { } row && row >= -rows && row < rows)
                table.select(0, row < 0 ? row + rows : row).zero_();
            return table;
        }
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
            /// <param name="num_embeddings">Rows.</param>
            /// <param name="embedding_dims">Size of a vector.</param>
            /// <param name="padding_idx">A row of zeros that is not trained.</param>
            /// <param name="max_norm">Rows looked up are scaled in place to at most this norm.</param>
            /// <param name="norm_type">Which norm.</param>
            /// <param name="scale_grad_by_freq">Divide the gradient of a row by how often it was looked up.</param>
            /// <param name="sparse">Here for source compatibility: gradients are dense.</param>
            /// <param name="device">Here for source compatibility.</param>
            /// <param name="dtype">Of the table.</param>
            /// <param name="generator">Source of the initial values.</param>
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null,
                double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null,
                ScalarType? dtype = null, Generator? generator = null) =>
                new(
                    Modules.Embedding.Normal(num_embeddings, embedding_dims, padding_idx, dtype, generator), false,
                    padding_idx, max_norm, norm_type, scale_grad_by_freq);

            /// <summary>A table with given vectors.</summary>
            /// <param name="embeddings">(rows, size).</param>
            /// <param name="freeze">Do not train it.</param>
            /// <param name="padding_idx">A row that is not trained.</param>
            /// <param name="max_norm">Rows looked up are scaled in place to at most this norm.</param>
            /// <param name="norm_type">Which norm.</param>
            /// <param name="scale_grad_by_freq">Divide the gradient of a row by how often it was looked up.</param>
            /// <param name="sparse">Here for source compatibility: gradients are dense.</param>
            /// <param name="device">Here for source compatibility.</param>
            /// <param name="dtype">Of the table; left out: as given.</param>
            public static Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null,
                double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null,
                ScalarType? dtype = null)
            {
                ArgumentNullException.ThrowIfNull(embeddings);
                if (embeddings.Sizes.Length != 2)
                {
                    throw new ArgumentException(
                        $"Embedding_from_pretrained: (rows, size) is expected, got {Shapes.Text(embeddings.Sizes)}.");
                }

                Tensor table = embeddings.detach().to(dtype ?? embeddings.dtype, copy: true);
                return new(table, freeze, padding_idx, max_norm, norm_type, scale_grad_by_freq);
            }

            public static partial class functional
            {
                /// <summary>Rows of <paramref name="weight"/> by number.</summary>
                /// <param name="input">Int64 of any shape, in [0, rows).</param>
                /// <param name="weight">(rows, size).</param>
                /// <param name="padding_idx">A row without gradient.</param>
                /// <param name="max_norm">Rows looked up are scaled in place to at most this norm.</param>
                /// <param name="norm_type">Which norm.</param>
                /// <param name="scale_grad_by_freq">Divide the gradient of a row by how often it was looked up.</param>
                public static Tensor embedding(
                    Tensor input, Tensor weight, long? padding_idx = null, double? max_norm = null,
                    double norm_type = 2.0, bool scale_grad_by_freq = false)
                {
                    if (input.dtype != ScalarType.Int64 || weight.Sizes.Length != 2)
                    {
                        throw new ArgumentException(
                            "embedding: Int64 numbers and a weight of two axes are expected, got "
                            + $"{input.dtype} and {Shapes.Text(weight.Sizes)}.");
                    }

                    Tensor numbers = input.reshape(-1);
                    if (max_norm is { } bound)
                        LimitRows(weight, numbers, bound, norm_type);
                    Tensor rows = weight.index_select(0, numbers);
                    if (padding_idx is { } padding)
                        rows = where(numbers.eq(padding).unsqueeze(-1), rows.detach(), rows);
                    if (scale_grad_by_freq && rows.requires_grad)
                    {
                        Tensor counts = zeros(weight.Sizes[0], weight.dtype)
                            .scatter_add(0, numbers, ones(numbers.Count, weight.dtype));
                        Tensor share = counts.index_select(0, numbers).reciprocal().unsqueeze(-1);
                        Tensor values = rows.detach();
                        rows = values + ((rows - values) * share);
                    }

                    return rows.reshape([.. input.Sizes, weight.Sizes[1]]);
                }

                private static void LimitRows(Tensor weight, Tensor numbers, double bound, double norm)
                {
                    using IDisposable off = no_grad();
                    foreach (long number in numbers.contiguous().Span<long>().ToArray().Distinct().Order())
                    {
                        Tensor row = weight.detach().select(0, number);
                        double size = row.norm((float)norm).ToDouble();
                        if (size > bound)
                            row.mul_(bound / (size + 1e-7));
                    }
                }
            }
        }
    }
}
