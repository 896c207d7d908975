using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Encoder and decoder (Vaswani et al., NeurIPS 2017), each with a normalisation behind its last layer.
    /// </summary>
    public sealed class Transformer : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>
    {
        private readonly TransformerEncoder encoder;
        private readonly TransformerDecoder decoder;

        internal Transformer(TransformerOptions options, long encoderLayers, long decoderLayers)
            : base(nameof(Transformer))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(encoderLayers, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(decoderLayers, 1);
            encoder = new TransformerEncoder(
                Make(encoderLayers, () => new TransformerEncoderLayer(options, options.Generator)),
                torch.nn.LayerNorm(options.Size));
            decoder = new TransformerDecoder(
                Make(decoderLayers, () => new TransformerDecoderLayer(options, options.Generator)),
                torch.nn.LayerNorm(options.Size));
            register_module("encoder", encoder);
            register_module("decoder", decoder);
            foreach (Parameter parameter in parameters())
            {
                if (parameter.Sizes.Length > 1)
                    torch.nn.init.xavier_uniform_(parameter, generator: options.Generator);
            }
        }

        /// <param name="src">(source length, batch, d_model), or (source length, d_model).</param>
        /// <param name="tgt">(target length, batch, d_model).</param>
        public override torch.Tensor forward(torch.Tensor src, torch.Tensor tgt) => call(src, tgt, null);

        /// <param name="src">(source length, batch, d_model), or (source length, d_model).</param>
        /// <param name="tgt">(target length, batch, d_model).</param>
        /// <param name="src_mask">attn_mask of the encoder, or null.</param>
        /// <param name="tgt_mask">attn_mask of the decoder's self-attention, or null.</param>
        /// <param name="memory_mask">attn_mask of the decoder's attention to the encoder, or null.</param>
        /// <param name="src_key_padding_mask">(batch, source length), or null.</param>
        /// <param name="tgt_key_padding_mask">(batch, target length), or null.</param>
        /// <param name="memory_key_padding_mask">(batch, source length), or null.</param>
        public torch.Tensor call(
            torch.Tensor src, torch.Tensor tgt, torch.Tensor? src_mask, torch.Tensor? tgt_mask = null,
            torch.Tensor? memory_mask = null, torch.Tensor? src_key_padding_mask = null,
            torch.Tensor? tgt_key_padding_mask = null, torch.Tensor? memory_key_padding_mask = null)
        {
            torch.Tensor memory = encoder.call(src, src_mask, src_key_padding_mask);
            return decoder.call(
                tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);
        }

        private static T[] Make<T>(long count, Func<T> make) =>
            Enumerable.Range(0, (int)count).Select(_ => make()).ToArray();
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Functions of a Transformer's hidden units.</summary>
            public enum Activations
            {
                ReLU = 0,
                GELU = 1,
            }

            /// <summary>A Transformer: encoder and decoder.</summary>
            /// <param name="d_model">Size of the representation, a multiple of the heads.</param>
            /// <param name="nhead">Heads.</param>
            /// <param name="num_encoder_layers">At least 1.</param>
            /// <param name="num_decoder_layers">At least 1.</param>
            /// <param name="dim_feedforward">Units of the feed-forward networks.</param>
            /// <param name="dropout">On attention weights, hidden units and residuals, while training.</param>
            /// <param name="activation">Of the hidden units.</param>
            /// <param name="generator">Source of initial values and dropout; left out: torch.manual_seed's.</param>
            public static Transformer Transformer(
                long d_model = 512, long nhead = 8, long num_encoder_layers = 6, long num_decoder_layers = 6,
                long dim_feedforward = 2048, double dropout = 0.1, Activations activation = Activations.ReLU,
                Generator? generator = null) =>
                new(
                    new TransformerOptions(d_model, nhead, dim_feedforward, dropout, activation, generator),
                    num_encoder_layers, num_decoder_layers);
        }
    }
}
