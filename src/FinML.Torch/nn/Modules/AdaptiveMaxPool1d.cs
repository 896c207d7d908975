using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Largest elements of a given number of windows; see torch.nn.functional.adaptive_max_pool1d.</summary>
    public sealed class AdaptiveMaxPool1d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal AdaptiveMaxPool1d(long output_size)
            : base(nameof(AdaptiveMaxPool1d))
        {
            this.output_size = output_size;
        }

        public long output_size { get; }

        public override torch.Tensor forward(torch.Tensor input) =>
            torch.nn.functional.adaptive_max_pool1d(input, output_size);

        /// <summary>The same, and the Int64 positions of the elements.</summary>
        public (torch.Tensor Values, torch.Tensor Indices) forward_with_indices(torch.Tensor input) =>
            torch.nn.functional.adaptive_max_pool1d_with_indices(input, output_size);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Largest elements of <paramref name="output_size"/> windows that cover the last axis.</summary>
            public static AdaptiveMaxPool1d AdaptiveMaxPool1d(long output_size) => new(output_size);
        }
    }
}
