using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Self-attention and a feed-forward network, each with a residual and a normalisation behind it:
    /// x = norm1(x + attention(x)); norm2(x + W2 f(W1 x + b1) + b2).</summary>
    public sealed class TransformerEncoderLayer
        : torch.nn.Module<torch.Tensor, torch.Tensor>,
            torch.nn.IModule<torch.Tensor, torch.Tensor?, torch.Tensor>,
            torch.nn.IModule<torch.Tensor, torch.Tensor?, torch.Tensor?, torch.Tensor>
    {
        private readonly TransformerOptions options;
        private readonly MultiheadAttention attention;
        private readonly Linear first, second;
        private readonly LayerNorm norm1, norm2;

        internal TransformerEncoderLayer(TransformerOptions options, torch.Generator? initial)
            : base(nameof(TransformerEncoderLayer))
        {
            this.options = options;
            attention = options.Attention(initial);
            first = torch.nn.Linear(options.Size, options.FeedForward, generator: initial);
            second = torch.nn.Linear(options.FeedForward, options.Size, generator: initial);
            norm1 = torch.nn.LayerNorm(options.Size);
            norm2 = torch.nn.LayerNorm(options.Size);
            register_module("self_attn", attention);
            register_module("linear1", first);
            register_module("linear2", second);
            register_module("norm1", norm1);
            register_module("norm2", norm2);
        }

        /// <param name="src">(length, batch, d_model), or (length, d_model).</param>
        public override torch.Tensor forward(torch.Tensor src) => call(src, null, null);

        /// <inheritdoc cref="call(torch.Tensor, torch.Tensor, torch.Tensor)"/>
        public torch.Tensor call(torch.Tensor src, torch.Tensor? src_mask) => call(src, src_mask, null);

        /// <param name="src">(length, batch, d_model), or (length, d_model).</param>
        /// <param name="src_mask">The attention's attn_mask, or null.</param>
        /// <param name="src_key_padding_mask">The attention's key_padding_mask, or null.</param>
        public torch.Tensor call(torch.Tensor src, torch.Tensor? src_mask, torch.Tensor? src_key_padding_mask)
        {
            torch.Tensor attended = attention.call(src, src, src, src_key_padding_mask, false, src_mask).Item1;
            torch.Tensor x = options.AddNorm(norm1, src, attended, training);
            return options.AddNorm(norm2, x, options.Forward(first, second, x, training), training);
        }

        internal TransformerEncoderLayer[] Copies(long count) =>
            TransformerOptions.Copies(this, count, g => new TransformerEncoderLayer(options, g));
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A layer of a Transformer's encoder (Vaswani et al., NeurIPS 2017).</summary>
            /// <param name="d_model">Size of the representation, a multiple of the heads.</param>
            /// <param name="nhead">Heads.</param>
            /// <param name="dim_feedforward">Units of the feed-forward network.</param>
            /// <param name="dropout">On attention weights, hidden units and both residuals, while training.</param>
            /// <param name="activation">Of the hidden units.</param>
            /// <param name="generator">Source of initial values and dropout; left out: torch.manual_seed's.</param>
            public static TransformerEncoderLayer TransformerEncoderLayer(
                long d_model = 512, long nhead = 8, long dim_feedforward = 2048, double dropout = 0.1,
                Activations activation = Activations.ReLU, Generator? generator = null) =>
                new(
                    new TransformerOptions(d_model, nhead, dim_feedforward, dropout, activation, generator), generator);
        }
    }
}
