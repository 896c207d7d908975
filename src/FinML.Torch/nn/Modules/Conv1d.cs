using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>One-dimensional cross-correlation; see torch.nn.functional.conv1d.</summary>
    public sealed class Conv1d : Convolution
    {
        internal Conv1d(
            long inChannels, long outChannels, long kernelSize, long stride, long? padding, Padding? paddingType,
            long dilation, long groups, bool bias, PaddingModes paddingMode, torch.ScalarType? dtype,
            torch.Generator? generator)
            : base(
                nameof(Conv1d), inChannels, outChannels, [kernelSize], [stride], padding is { } p ? [p] : null,
                paddingType, [dilation], false, [0], groups, bias, paddingMode, dtype, generator)
        {
        }

        /// <param name="input">(batch, in_channels, length), or (in_channels, length).</param>
        public override torch.Tensor forward(torch.Tensor input)
        {
            CheckInput(input);
            if (padding_mode != PaddingModes.Zeros)
            {
                return torch.nn.functional.conv1d(
                    Padded(input), weight, bias, stride[0], 0, dilation[0], groups);
            }

            return padding_type is { } type
                ? torch.nn.functional.conv1d_padding(input, weight, bias, stride[0], type, dilation[0], groups)
                : torch.nn.functional.conv1d(input, weight, bias, stride[0], padding![0], dilation[0], groups);
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>One-dimensional convolution of (batch, in_channels, length).</summary>
            /// <param name="in_channels">At least 1.</param>
            /// <param name="out_channels">At least 1.</param>
            /// <param name="kernel_size">Taps, at least 1.</param>
            /// <param name="stride">At least 1.</param>
            /// <param name="padding">On both sides.</param>
            /// <param name="dilation">Steps between taps, at least 1.</param>
            /// <param name="padding_mode">What the padding holds.</param>
            /// <param name="groups">Divides both channel counts.</param>
            /// <param name="bias">Adds one.</param>
            /// <param name="device">The managed engine runs on the CPU.</param>
            /// <param name="dtype">Left out: the default floating type.</param>
            /// <param name="generator">Source of the initial values; left out: torch.manual_seed's.</param>
            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null, Generator? generator = null) =>
                new(
                    in_channels, out_channels, kernel_size, stride, padding, null, dilation, groups, bias, padding_mode,
                    dtype, generator);

            /// <summary>One-dimensional convolution without padding (Valid) or with the length kept (Same).</summary>
            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null, Generator? generator = null) =>
                new(
                    in_channels, out_channels, kernel_size, stride, null, padding, dilation, groups, bias, padding_mode,
                    dtype, generator);
        }
    }
}
