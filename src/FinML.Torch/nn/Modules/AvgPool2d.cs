using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>The average of each window; see torch.nn.functional.avg_pool2d.</summary>
    public sealed class AvgPool2d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal AvgPool2d(
            long[] kernel_size, long[]? stride, long[]? padding, bool ceil_mode, bool count_include_pad,
            long? divisor_override)
            : base(nameof(AvgPool2d))
        {
            this.kernel_size = kernel_size;
            this.stride = stride;
            this.padding = padding;
            this.ceil_mode = ceil_mode;
            this.count_include_pad = count_include_pad;
            this.divisor_override = divisor_override;
        }

        public long[] kernel_size { get; }

        public long[]? stride { get; }

        public long[]? padding { get; }

        public bool ceil_mode { get; }

        public bool count_include_pad { get; }

        public long? divisor_override { get; }

        public override torch.Tensor forward(torch.Tensor input) =>
            torch.nn.functional.avg_pool2d(
                input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The average of each window of the last two axes.</summary>
            /// <param name="kernel_size">Of a window, at least 1.</param>
            /// <param name="stride">From window to window; left out: kernel_size.</param>
            /// <param name="padding">Zeros on both sides, at most half a window.</param>
            /// <param name="ceil_mode">Also last windows that reach beyond the end.</param>
            /// <param name="count_include_pad">The zeros count.</param>
            /// <param name="divisor_override">Divides every sum instead.</param>
            public static AvgPool2d AvgPool2d(
                long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                new(
                    [kernel_size], Numbers(stride), Numbers(padding), ceil_mode, count_include_pad, divisor_override);

            /// <summary>The average of each window, (height, width) each.</summary>
            public static AvgPool2d AvgPool2d(
                (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                new(
                    Numbers(kernel_size)!, Numbers(stride), Numbers(padding), ceil_mode, count_include_pad,
                    divisor_override);

            /// <summary>The average of each window, one number for both axes or one each.</summary>
            public static AvgPool2d AvgPool2d(
                long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                new(kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);
        }
    }
}
