using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Encoder layers one after another, and a normalisation behind the last where it is given one.</summary>
    public sealed class TransformerEncoder
        : torch.nn.Module<torch.Tensor, torch.Tensor?, torch.Tensor?, torch.Tensor>,
            torch.nn.IModule<torch.Tensor, torch.Tensor?, torch.Tensor>, torch.nn.IModule<torch.Tensor, torch.Tensor>
    {
        private readonly ModuleList<TransformerEncoderLayer> layers;
        private readonly LayerNorm? norm;

        internal TransformerEncoder(IEnumerable<TransformerEncoderLayer> layers, LayerNorm? norm)
            : base(nameof(TransformerEncoder))
        {
            this.layers = new ModuleList<TransformerEncoderLayer>(layers);
            this.norm = norm;
            register_module("layers", this.layers);
            if (norm is not null)
                register_module("norm", norm);
        }

        /// <param name="src">(length, batch, d_model), or (length, d_model).</param>
        /// <param name="src_mask">The attention's attn_mask, or null.</param>
        /// <param name="src_key_padding_mask">The attention's key_padding_mask, or null.</param>
        public override torch.Tensor forward(
            torch.Tensor src, torch.Tensor? src_mask, torch.Tensor? src_key_padding_mask)
        {
            torch.Tensor x = src;
            foreach (TransformerEncoderLayer layer in layers)
                x = layer.call(x, src_mask, src_key_padding_mask);
            return norm is null ? x : norm.call(x);
        }

        /// <inheritdoc cref="forward"/>
        public torch.Tensor call(torch.Tensor src, torch.Tensor? src_mask) => call(src, src_mask, null);

        /// <inheritdoc cref="forward"/>
        public torch.Tensor call(torch.Tensor src) => call(src, null, null);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A stack of encoder layers, each a copy of the one given.</summary>
            /// <param name="encoder_layer">Gives options and initial values; is not part of the stack itself.</param>
            /// <param name="num_layers">At least 1.</param>
            public static TransformerEncoder TransformerEncoder(
                TransformerEncoderLayer encoder_layer, long num_layers)
            {
                ArgumentNullException.ThrowIfNull(encoder_layer);
                return new TransformerEncoder(encoder_layer.Copies(num_layers), null);
            }
        }
    }
}
