using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>The average of each window; see torch.nn.functional.avg_pool1d.</summary>
    public sealed class AvgPool1d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal AvgPool1d(long kernel_size, long? stride, long? padding, bool ceil_mode, bool count_include_pad)
            : base(nameof(AvgPool1d))
        {
            this.kernel_size = kernel_size;
            this.stride = stride;
            this.padding = padding;
            this.ceil_mode = ceil_mode;
            this.count_include_pad = count_include_pad;
        }

        public long kernel_size { get; }

        public long? stride { get; }

        public long? padding { get; }

        public bool ceil_mode { get; }

        public bool count_include_pad { get; }

        public override torch.Tensor forward(torch.Tensor input) =>
            torch.nn.functional.avg_pool1d(input, kernel_size, stride, padding, ceil_mode, count_include_pad);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The average of each window of the last axis.</summary>
            /// <param name="kernel_size">Of a window, at least 1.</param>
            /// <param name="stride">From window to window; left out: kernel_size.</param>
            /// <param name="padding">Zeros on both sides, at most half a window.</param>
            /// <param name="ceil_mode">Also a last window that reaches beyond the end.</param>
            /// <param name="count_include_pad">The zeros count.</param>
            public static AvgPool1d AvgPool1d(
                long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false,
                bool count_include_pad = true) => new(kernel_size, stride, padding, ceil_mode, count_include_pad);
        }
    }
}
