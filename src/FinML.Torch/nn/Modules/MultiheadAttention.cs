using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>
    /// Attention in several heads (Vaswani et al., NeurIPS 2017): concat(head_1, ..., head_h) W_O + b_O with head_i =
    /// softmax(q W_Q,i (k W_K,i)^T / sqrt(width)) v W_V,i. Parameters by PyTorch's names.
    /// </summary>
    public sealed class MultiheadAttention
        : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor?, bool, torch.Tensor?,
            Tuple<torch.Tensor, torch.Tensor?>>
    {
        private readonly int heads;
        private readonly long size;
        private readonly double dropout;
        private readonly bool zeroAttention;
        private readonly torch.Generator? generator;
        private readonly Parameter[] projections; // one (3 size, size), or W_Q, W_K, W_V
        private readonly Parameter? bias, keyBias, valueBias;
        private readonly Linear output;

        internal MultiheadAttention(
            long embedded_dim, long num_heads, double dropout, bool bias, bool add_bias_kv, bool add_zero_attn,
            long? kdim, long? vdim, torch.Generator? generator, torch.Generator? initial = null)
            : base(nameof(MultiheadAttention))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(embedded_dim, 1);
            if (num_heads < 1 || embedded_dim % num_heads != 0)
            {
                throw new ArgumentException(
                    $"MultiheadAttention: the heads must divide the embedding, got {num_heads} and {embedded_dim}.");
            }

            if (!(dropout >= 0 && dropout <= 1))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(dropout), dropout, $"MultiheadAttention: dropout must be in [0, 1], got {dropout}.");
            }

            (size, heads, this.dropout, zeroAttention, this.generator) =
                (embedded_dim, (int)num_heads, dropout, add_zero_attn, generator);
            initial ??= generator;
            long keySize = kdim ?? size, valueSize = vdim ?? size;
            projections = keySize == size && valueSize == size
                ? [Weight("in_proj_weight", 3 * size, size, initial)]
                :
                [
                    Weight("q_proj_weight", size, size, initial), Weight("k_proj_weight", size, keySize, initial),
                    Weight("v_proj_weight", size, valueSize, initial),
                ];
            this.bias = bias ? new Parameter(torch.zeros([3 * size])) : null;
            register_parameter("in_proj_bias", this.bias);
            keyBias = add_bias_kv ? new Parameter(torch.empty([1, 1, size])) : null;
            valueBias = add_bias_kv ? new Parameter(torch.empty([1, 1, size])) : null;
            foreach ((string key, Parameter? added) in new[] { ("bias_k", keyBias), ("bias_v", valueBias) })
            {
                register_parameter(key, added);
                if (added is not null)
                    torch.nn.init.xavier_normal_(added, generator: initial);
            }

            output = torch.nn.Linear(size, size, bias, generator: initial);
            if (output.bias is not null)
                torch.nn.init.zeros_(output.bias);
            register_module("out_proj", output);
        }

        /// <param name="query">(queries, batch, embedding), or (queries, embedding).</param>
        /// <param name="key">(keys, batch, kdim).</param>
        /// <param name="value">(keys, batch, vdim).</param>
        /// <param name="key_padding_mask">(batch, keys), true where a key is padding, or numbers to add; or null.
        /// </param>
        /// <param name="need_weights">Give the weights, averaged over the heads.</param>
        /// <param name="attn_mask">(queries, keys) or (batch heads, queries, keys), true where a query may not look, or
        /// numbers that are added to the scores; or null.</param>
        /// <returns>(queries, batch, embedding), and (batch, queries, keys) or null.</returns>
        public override Tuple<torch.Tensor, torch.Tensor?> forward(
            torch.Tensor query, torch.Tensor key, torch.Tensor value, torch.Tensor? key_padding_mask,
            bool need_weights, torch.Tensor? attn_mask)
        {
            bool single = query.Sizes.Length == 2;
            (torch.Tensor q, torch.Tensor k, torch.Tensor v) =
                single ? Unsqueezed(query, key, value) : (query, key, value);
            Check(q, k, v);
            torch.Tensor? padding = single ? key_padding_mask?.unsqueeze(0) : key_padding_mask;
            (torch.Tensor y, torch.Tensor? weights) = Attend(q, k, v, padding, need_weights, attn_mask);
            return single
                ? Tuple.Create(y.squeeze(1), weights?.squeeze(0))
                : Tuple.Create(y, weights);
        }

        /// <inheritdoc cref="forward"/>
        public new Tuple<torch.Tensor, torch.Tensor?> call(
            torch.Tensor query, torch.Tensor key, torch.Tensor value, torch.Tensor? key_padding_mask = null,
            bool need_weights = true, torch.Tensor? attn_mask = null) =>
            base.call(query, key, value, key_padding_mask, need_weights, attn_mask);

        private (torch.Tensor, torch.Tensor?) Attend(
            torch.Tensor query, torch.Tensor key, torch.Tensor value, torch.Tensor? padding, bool withWeights,
            torch.Tensor? mask)
        {
            long queries = query.Sizes[0], batch = query.Sizes[1], keys = key.Sizes[0];
            torch.Tensor? added = AttentionMasks.Join(mask, padding, batch, heads, queries, keys, query.dtype);
            (torch.Tensor[] inputs, AttentionSource[] sources) = Project(query, key, value);
            long more = (keyBias is null ? 0 : 1) + (zeroAttention ? 1 : 0);
            if (more > 0)
            {
                (inputs, sources) = Lengthened(inputs, sources, batch);
                added = added is null ? null : torch.nn.functional.pad(added, [0, 0, 0, more]);
                keys += more;
            }

            double p = training ? dropout : 0;
            torch.Tensor? keep = p == 0
                ? null
                : torch.nn.functional.DropoutFactors([batch, heads, keys, queries], p, query.dtype, generator);
            (torch.Tensor y, torch.Tensor? weights) = AttentionOperation.Heads(
                inputs, sources, heads, (int)(size / heads), added, keep, withWeights);
            return (output.call(y), weights?.mean([1L]).transpose(1, 2));
        }

        /// <summary>Queries, keys and values in as few products as their inputs allow.</summary>
        private (torch.Tensor[], AttentionSource[]) Project(torch.Tensor query, torch.Tensor key, torch.Tensor value)
        {
            int e = (int)size;
            if (projections.Length == 1 && ReferenceEquals(key, value))
            {
                if (ReferenceEquals(query, key))
                    return ([Projected(query, 0, 3)], [new(0, 0), new(0, e), new(0, 2 * e)]);
                return ([Projected(query, 0, 1), Projected(key, 1, 2)], [new(0, 0), new(1, 0), new(1, e)]);
            }

            return (
                [Projected(query, 0, 1), Projected(key, 1, 1), Projected(value, 2, 1)],
                [new(0, 0), new(1, 0), new(2, 0)]);
        }

        // x W^T + b with blocks first .. first + count of the projections
        private torch.Tensor Projected(torch.Tensor x, int first, int count)
        {
            torch.Tensor weight = projections.Length > 1 ? projections[first] : Part(projections[0], first, count);
            return torch.nn.functional.linear(x, weight, bias is null ? null : Part(bias, first, count));
        }

        private torch.Tensor Part(Parameter all, int first, int count) =>
            count == 3 ? all : all.narrow(0, first * size, count * size);

        /// <summary>Keys and values with bias_k and bias_v, then with zeros, behind them.</summary>
        private (torch.Tensor[], AttentionSource[]) Lengthened(
            torch.Tensor[] inputs, AttentionSource[] sources, long batch)
        {
            torch.Tensor Longer(AttentionSource source, Parameter? last)
            {
                List<torch.Tensor> parts = [inputs[source.Input].narrow(2, source.Column, size)];
                if (last is not null)
                    parts.Add(last.expand(1, batch, size));
                if (zeroAttention)
                    parts.Add(torch.zeros([1, batch, size], parts[0].dtype));
                return torch.cat(parts, 0);
            }

            torch.Tensor q = inputs[sources[0].Input].narrow(2, sources[0].Column, size);
            return (
                [q, Longer(sources[1], keyBias), Longer(sources[2], valueBias)], [new(0, 0), new(1, 0), new(2, 0)]);
        }

        private Parameter Weight(string name, long rows, long columns, torch.Generator? initial)
        {
            var weight = new Parameter(torch.empty([rows, columns]));
            torch.nn.init.xavier_uniform_(weight, generator: initial);
            register_parameter(name, weight);
            return weight;
        }

        // One object stays one object: the projection of a self-attention is then a single product.
        private static (torch.Tensor, torch.Tensor, torch.Tensor) Unsqueezed(
            torch.Tensor query, torch.Tensor key, torch.Tensor value)
        {
            torch.Tensor q = query.unsqueeze(1), k = ReferenceEquals(key, query) ? q : key.unsqueeze(1);
            return (q, k, ReferenceEquals(value, key) ? k : value.unsqueeze(1));
        }

        private void Check(torch.Tensor query, torch.Tensor key, torch.Tensor value)
        {
            long keySize = projections.Length == 1 ? size : projections[1].Sizes[1];
            long valueSize = projections.Length == 1 ? size : projections[2].Sizes[1];
            bool three = query.Sizes.Length == 3 && key.Sizes.Length == 3 && value.Sizes.Length == 3;
            if (!three || query.Sizes[2] != size || key.Sizes[2] != keySize || value.Sizes[2] != valueSize
                || key.Sizes[1] != query.Sizes[1] || !Shapes.Equal(key.Sizes[..2], value.Sizes[..2]))
            {
                throw new ArgumentException(
                    $"MultiheadAttention: shapes (queries, batch, {size}), (keys, batch, {keySize}) and (keys, batch, "
                    + $"{valueSize}) are expected, got {Shapes.Text(query.Sizes)}, {Shapes.Text(key.Sizes)} and "
                    + $"{Shapes.Text(value.Sizes)}.");
            }
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Attention in several heads; lengths come first, (length, batch, embedding).</summary>
            /// <param name="embedded_dim">Size of queries and results, a multiple of the heads.</param>
            /// <param name="num_heads">At least 1.</param>
            /// <param name="dropout">On the weights, while training, in [0, 1].</param>
            /// <param name="bias">Adds biases to all projections.</param>
            /// <param name="add_bias_kv">A learnt key and value behind the others.</param>
            /// <param name="add_zero_attn">A key and value of zeros behind the others.</param>
            /// <param name="kdim">Size of keys; left out: embedded_dim.</param>
            /// <param name="vdim">Size of values; left out: embedded_dim.</param>
            /// <param name="generator">Source of initial values and dropout; left out: torch.manual_seed's.</param>
            public static MultiheadAttention MultiheadAttention(
                long embedded_dim, long num_heads, double dropout = 0.0, bool bias = true, bool add_bias_kv = false,
                bool add_zero_attn = false, long? kdim = null, long? vdim = null, Generator? generator = null) =>
                new(embedded_dim, num_heads, dropout, bias, add_bias_kv, add_zero_attn, kdim, vdim, generator);
        }
    }
}
