using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>The transpose of a one-dimensional convolution; see torch.nn.functional.conv_transpose1d.</summary>
    public sealed class ConvTranspose1d : Convolution
    {
        internal ConvTranspose1d(
            long inChannels, long outChannels, long kernelSize, long stride, long padding, long outputPadding,
            long dilation, PaddingModes paddingMode, long groups, bool bias, torch.ScalarType? dtype,
            torch.Generator? generator)
            : base(
                nameof(ConvTranspose1d), inChannels, outChannels, [kernelSize], [stride], [padding], null, [dilation],
                true, [outputPadding], groups, bias, paddingMode, dtype, generator)
        {
        }

        /// <param name="input">(batch, in_channels, length), or (in_channels, length).</param>
        public override torch.Tensor forward(torch.Tensor input) => forward(input, null);

        /// <param name="input">(batch, in_channels, length), or (in_channels, length).</param>
        /// <param name="output_size">The length of the result, alone or behind the other sizes; which of the lengths
        /// that the stride leaves open. Null: by output_padding.</param>
        public torch.Tensor forward(torch.Tensor input, long[]? output_size)
        {
            CheckInput(input);
            long more = output_padding[0];
            if (output_size is not null)
            {
                long least = ((input.Sizes[^1] - 1) * stride[0]) - (2 * padding![0])
                    + (dilation[0] * (kernel_size[0] - 1)) + 1;
                if ((output_size.Length != 1 && output_size.Length != input.Sizes.Length)
                    || output_size[^1] < least || output_size[^1] >= least + stride[0])
                {
                    throw new ArgumentException(
                        $"ConvTranspose1d: lengths from {least} to {least + stride[0] - 1} are open, got "
                        + $"{Shapes.Text(output_size)}.", nameof(output_size));
                }

                more = output_size[^1] - least;
            }

            return torch.nn.functional.conv_transpose1d(
                input, weight, bias, stride[0], padding![0], more, dilation[0], groups);
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The transpose of a one-dimensional convolution of (batch, in_channels, length).</summary>
            /// <param name="in_channels">At least 1.</param>
            /// <param name="out_channels">At least 1.</param>
            /// <param name="kernel_size">Taps, at least 1.</param>
            /// <param name="stride">At least 1.</param>
            /// <param name="padding">Cut from both sides of the result.</param>
            /// <param name="output_padding">Added at the end of the result, below stride or dilation.</param>
            /// <param name="dilation">Steps between taps, at least 1.</param>
            /// <param name="padding_mode">Zeros.</param>
            /// <param name="groups">Divides both channel counts.</param>
            /// <param name="bias">Adds one.</param>
            /// <param name="device">The managed engine runs on the CPU.</param>
            /// <param name="dtype">Left out: the default floating type.</param>
            /// <param name="generator">Source of the initial values; left out: torch.manual_seed's.</param>
            public static ConvTranspose1d ConvTranspose1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
                long output_padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null,
                Generator? generator = null) =>
                new(
                    in_channels, out_channels, kernel_size, stride, padding, output_padding, dilation, padding_mode,
                    groups, bias, dtype, generator);
        }
    }
}
