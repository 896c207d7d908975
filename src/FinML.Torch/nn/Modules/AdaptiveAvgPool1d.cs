using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Averages of a given number of windows; see torch.nn.functional.adaptive_avg_pool1d.</summary>
    public sealed class AdaptiveAvgPool1d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal AdaptiveAvgPool1d(long output_size)
            : base(nameof(AdaptiveAvgPool1d))
        {
            this.output_size = output_size;
        }

        public long output_size { get; }

        public override torch.Tensor forward(torch.Tensor input) =>
            torch.nn.functional.adaptive_avg_pool1d(input, output_size);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Averages of <paramref name="output_size"/> windows that cover the last axis.</summary>
            public static AdaptiveAvgPool1d AdaptiveAvgPool1d(long output_size) => new(output_size);
        }
    }
}
