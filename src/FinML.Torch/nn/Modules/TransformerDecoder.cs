using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Decoder layers one after another, and a normalisation behind the last where it is given one.</summary>
    public sealed class TransformerDecoder
        : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor?, torch.Tensor?, torch.Tensor?, torch.Tensor?,
            torch.Tensor>
    {
        private readonly ModuleList<TransformerDecoderLayer> layers;
        private readonly LayerNorm? norm;

        internal TransformerDecoder(IEnumerable<TransformerDecoderLayer> layers, LayerNorm? norm)
            : base(nameof(TransformerDecoder))
        {
            this.layers = new ModuleList<TransformerDecoderLayer>(layers);
            this.norm = norm;
            register_module("layers", this.layers);
            if (norm is not null)
                register_module("norm", norm);
        }

        /// <param name="tgt">(target length, batch, d_model), or (target length, d_model).</param>
        /// <param name="memory">The encoder's result, (source length, batch, d_model).</param>
        /// <param name="tgt_mask">attn_mask of the self-attention, or null.</param>
        /// <param name="memory_mask">attn_mask of the attention to the memory, or null.</param>
        /// <param name="tgt_key_padding_mask">(batch, target length), or null.</param>
        /// <param name="memory_key_padding_mask">(batch, source length), or null.</param>
        public override torch.Tensor forward(
            torch.Tensor tgt, torch.Tensor memory, torch.Tensor? tgt_mask, torch.Tensor? memory_mask = null,
            torch.Tensor? tgt_key_padding_mask = null, torch.Tensor? memory_key_padding_mask = null)
        {
            torch.Tensor x = tgt;
            foreach (TransformerDecoderLayer layer in layers)
                x = layer.call(x, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);
            return norm is null ? x : norm.call(x);
        }

        /// <inheritdoc cref="forward"/>
        public new torch.Tensor call(
            torch.Tensor tgt, torch.Tensor memory, torch.Tensor? tgt_mask, torch.Tensor? memory_mask = null,
            torch.Tensor? tgt_key_padding_mask = null, torch.Tensor? memory_key_padding_mask = null) =>
            base.call(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);

        /// <inheritdoc cref="forward"/>
        public torch.Tensor call(torch.Tensor tgt, torch.Tensor memory) =>
            base.call(tgt, memory, null, null, null, null);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A stack of decoder layers, each a copy of the one given.</summary>
            /// <param name="decoder_layer">Gives options and initial values; is not part of the stack itself.</param>
            /// <param name="num_layers">At least 1.</param>
            public static TransformerDecoder TransformerDecoder(
                TransformerDecoderLayer decoder_layer, long num_layers)
            {
                ArgumentNullException.ThrowIfNull(decoder_layer);
                return new TransformerDecoder(decoder_layer.Copies(num_layers), null);
            }
        }
    }
}
