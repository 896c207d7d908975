using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Self-attention, attention to the encoder's memory and a feed-forward network, each with a residual and
    /// a normalisation behind it.</summary>
    public sealed class TransformerDecoderLayer
        : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor?, torch.Tensor?, torch.Tensor?, torch.Tensor?,
            torch.Tensor>,
            torch.nn.IModule<torch.Tensor, torch.Tensor, torch.Tensor>
    {
        private readonly TransformerOptions options;
        private readonly MultiheadAttention own, across;
        private readonly Linear first, second;
        private readonly LayerNorm norm1, norm2, norm3;

        internal TransformerDecoderLayer(TransformerOptions options, torch.Generator? initial)
            : base(nameof(TransformerDecoderLayer))
        {
            this.options = options;
            own = options.Attention(initial);
            across = options.Attention(initial);
            first = torch.nn.Linear(options.Size, options.FeedForward, generator: initial);
            second = torch.nn.Linear(options.FeedForward, options.Size, generator: initial);
            norm1 = torch.nn.LayerNorm(options.Size);
            norm2 = torch.nn.LayerNorm(options.Size);
            norm3 = torch.nn.LayerNorm(options.Size);
            register_module("self_attn", own);
            register_module("multihead_attn", across);
            register_module("linear1", first);
            register_module("linear2", second);
            register_module("norm1", norm1);
            register_module("norm2", norm2);
            register_module("norm3", norm3);
        }

        /// <param name="tgt">(target length, batch, d_model), or (target length, d_model).</param>
        /// <param name="memory">The encoder's result, (source length, batch, d_model).</param>
        /// <param name="tgt_mask">attn_mask of the self-attention, or null.</param>
        /// <param name="memory_mask">attn_mask of the attention to the memory, or null.</param>
        /// <param name="tgt_key_padding_mask">(batch, target length), or null.</param>
        /// <param name="memory_key_padding_mask">(batch, source length), or null.</param>
        public override torch.Tensor forward(
            torch.Tensor tgt, torch.Tensor memory, torch.Tensor? tgt_mask, torch.Tensor? memory_mask,
            torch.Tensor? tgt_key_padding_mask, torch.Tensor? memory_key_padding_mask)
        {
            torch.Tensor change = own.call(tgt, tgt, tgt, tgt_key_padding_mask, false, tgt_mask).Item1;
            torch.Tensor x = options.AddNorm(norm1, tgt, change, training);
            change = across.call(x, memory, memory, memory_key_padding_mask, false, memory_mask).Item1;
            x = options.AddNorm(norm2, x, change, training);
            return options.AddNorm(norm3, x, options.Forward(first, second, x, training), training);
        }

        /// <inheritdoc cref="forward"/>
        public new torch.Tensor call(
            torch.Tensor tgt, torch.Tensor memory, torch.Tensor? tgt_mask, torch.Tensor? memory_mask = null,
            torch.Tensor? tgt_key_padding_mask = null, torch.Tensor? memory_key_padding_mask = null) =>
            base.call(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);

        /// <inheritdoc cref="forward"/>
        public torch.Tensor call(torch.Tensor tgt, torch.Tensor memory) =>
            base.call(tgt, memory, null, null, null, null);

        internal TransformerDecoderLayer[] Copies(long count) =>
            TransformerOptions.Copies(this, count, g => new TransformerDecoderLayer(options, g));
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A layer of a Transformer's decoder (Vaswani et al., NeurIPS 2017).</summary>
            /// <param name="d_model">Size of the representation, a multiple of the heads.</param>
            /// <param name="nhead">Heads.</param>
            /// <param name="dim_feedforward">Units of the feed-forward network.</param>
            /// <param name="dropout">On attention weights, hidden units and the residuals, while training.</param>
            /// <param name="activation">Of the hidden units.</param>
            /// <param name="generator">Source of initial values and dropout; left out: torch.manual_seed's.</param>
            public static TransformerDecoderLayer TransformerDecoderLayer(
                long d_model = 512, long nhead = 8, long dim_feedforward = 2048, double dropout = 0.1,
                Activations activation = Activations.ReLU, Generator? generator = null) =>
                new(
                    new TransformerOptions(d_model, nhead, dim_feedforward, dropout, activation, generator), generator);
        }
    }
}
