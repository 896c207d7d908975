using FinML.Torch.Kernels;

namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>softmax(Q K^T / sqrt(width) + mask) V (Vaswani et al., NeurIPS 2017).</summary>
            /// <param name="query">(..., queries, width).</param>
            /// <param name="key">(..., keys, width).</param>
            /// <param name="value">(..., keys, any).</param>
            /// <param name="attn_mask">Broadcasts to (..., queries, keys): true where a query looks at a key, or
            /// numbers that are added to the scores. MultiheadAttention's boolean masks say the opposite.</param>
            /// <param name="p">Probability in [0, 1) that dropout zeroes a weight; it drops whenever p is above 0.
            /// </param>
            /// <param name="is_casual">Query i looks at keys 0 .. i; then without a mask. (TorchSharp's spelling.)
            /// </param>
            /// <param name="generator">Source of dropout's draws; left out: torch.manual_seed's.</param>
            /// <returns>(..., queries, any).</returns>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0,
                bool is_casual = false, Generator? generator = null)
            {
                const string name = "scaled_dot_product_attention";
                if (!(p >= 0 && p < 1))
                    throw new ArgumentOutOfRangeException(nameof(p), p, $"{name}: p must be in [0, 1), got {p}.");
                if (is_casual && attn_mask is not null)
                    throw new ArgumentException($"{name}: a causal attention takes no mask.", nameof(attn_mask));
                if (query.Sizes.Length < 2 || key.Sizes.Length < 2 || value.Sizes.Length < 2
                    || query.Sizes[^1] != key.Sizes[^1] || key.Sizes[^2] != value.Sizes[^2])
                {
                    throw new ArgumentException(
                        $"{name}: queries {Shapes.Text(query.Sizes)}, keys {Shapes.Text(key.Sizes)} and values "
                        + $"{Shapes.Text(value.Sizes)} must have shapes (..., queries, width), (..., keys, width) and "
                        + "(..., keys, any).");
                }

                long[] lead = Shapes.Broadcast(
                    name, Shapes.Broadcast(name, query.Sizes[..^2], key.Sizes[..^2]), value.Sizes[..^2]);
                long batch = Shapes.Count(lead), queries = query.Sizes[^2], keys = key.Sizes[^2];
                Tensor Flat(Tensor x) =>
                    x.expand([.. lead, x.Sizes[^2], x.Sizes[^1]]).reshape(batch, x.Sizes[^2], x.Sizes[^1]);
                Tensor? mask = attn_mask is null
                    ? null
                    : AttentionMasks.Additive(
                            attn_mask.dtype == ScalarType.Bool ? attn_mask.logical_not() : attn_mask, query.dtype)
                        .expand([.. lead, queries, keys]).reshape(batch, 1, queries, keys).transpose(-2, -1);
                Tensor? keep = p == 0 ? null : DropoutFactors([batch, 1, keys, queries], p, query.dtype, generator);
                return AttentionOperation.Matrices(Flat(query), Flat(key), Flat(value), mask, keep, is_casual)
                    .reshape([.. lead, queries, value.Sizes[^1]]);
            }

            /// <summary>0 with probability <paramref name="p"/>, else 1 / (1 - p).</summary>
            internal static Tensor DropoutFactors(long[] sizes, double p, ScalarType type, Generator? generator)
            {
                if (p == 1)
                    return zeros(sizes, type);
                Tensor factors = rand(sizes, type, generator: generator);
                if (type == ScalarType.Float32)
                    DropoutKernel.Factors(factors.Span<float>(), p);
                else
                    DropoutKernel.Factors(factors.Span<double>(), p);
                return factors;
            }
        }
    }
}
