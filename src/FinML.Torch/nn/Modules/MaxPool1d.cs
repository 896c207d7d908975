using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>The largest element of each window; see torch.nn.functional.max_pool1d.</summary>
    public sealed class MaxPool1d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal MaxPool1d(long kernel_size, long? stride, long? padding, long? dilation, bool ceil_mode)
            : base(nameof(MaxPool1d))
        {
            this.kernel_size = kernel_size;
            this.stride = stride;
            this.padding = padding;
            this.dilation = dilation;
            this.ceil_mode = ceil_mode;
        }

        public long kernel_size { get; }

        public long? stride { get; }

        public long? padding { get; }

        public long? dilation { get; }

        public bool ceil_mode { get; }

        public override torch.Tensor forward(torch.Tensor input) =>
            torch.nn.functional.max_pool1d(input, kernel_size, stride, padding, dilation, ceil_mode);

        /// <summary>The same, and the Int64 positions of the elements.</summary>
        public (torch.Tensor Values, torch.Tensor Indices) forward_with_indices(torch.Tensor input) =>
            torch.nn.functional.max_pool1d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The largest element of each window of the last axis.</summary>
            /// <param name="kernel_size">Of a window, at least 1.</param>
            /// <param name="stride">From window to window; left out: kernel_size.</param>
            /// <param name="padding">Positions of negative infinity on both sides, at most half a window.</param>
            /// <param name="dilation">Between the elements of a window.</param>
            /// <param name="ceil_mode">Also a last window that reaches beyond the end.</param>
            public static MaxPool1d MaxPool1d(
                long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
                bool ceil_mode = false) => new(kernel_size, stride, padding, dilation, ceil_mode);
        }
    }
}
