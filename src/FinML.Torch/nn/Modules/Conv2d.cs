using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Two-dimensional cross-correlation; see torch.nn.functional.conv2d.</summary>
    public sealed class Conv2d : Convolution
    {
        internal Conv2d(
            long inChannels, long outChannels, (long, long) kernelSize, (long, long) stride, (long, long)? padding,
            Padding? paddingType, (long, long) dilation, long groups, bool bias, PaddingModes paddingMode,
            torch.ScalarType? dtype, torch.Generator? generator)
            : base(
                nameof(Conv2d), inChannels, outChannels, Both(kernelSize), Both(stride),
                padding is { } p ? Both(p) : null, paddingType, Both(dilation), false, [0, 0], groups, bias,
                paddingMode, dtype, generator)
        {
        }

        /// <param name="input">(batch, in_channels, height, width), or without batch.</param>
        public override torch.Tensor forward(torch.Tensor input)
        {
            CheckInput(input);
            if (padding_mode != PaddingModes.Zeros)
            {
                return torch.nn.functional.conv2d(
                    Padded(input), weight, bias, stride, [0, 0], dilation, groups);
            }

            return padding_type is { } type
                ? torch.nn.functional.conv2d_padding(input, weight, bias, stride, type, dilation, groups)
                : torch.nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
        }

        private static long[] Both((long, long) pair) => [pair.Item1, pair.Item2];
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Two-dimensional convolution of (batch, in_channels, height, width), alike along both axes.
            /// </summary>
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
            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null, Generator? generator = null) =>
                new(
                    in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), null,
                    (dilation, dilation), groups, bias, padding_mode, dtype, generator);

            /// <summary>Two-dimensional convolution, (height, width) each.</summary>
            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null,
                (long, long)? padding = null, (long, long)? dilation = null,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null, Generator? generator = null) =>
                new(
                    in_channels, out_channels, kernel_size, stride ?? (1, 1), padding ?? (0, 0), null,
                    dilation ?? (1, 1), groups, bias, padding_mode, dtype, generator);

            /// <summary>Two-dimensional convolution without padding (Valid) or with the size kept (Same).</summary>
            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null, Generator? generator = null) =>
                new(
                    in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), null, padding,
                    (dilation, dilation), groups, bias, padding_mode, dtype, generator);

            /// <summary>Two-dimensional convolution, (height, width) each, without padding (Valid) or with the size
            /// kept (Same).</summary>
            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, Padding padding,
                (long, long)? stride = null, (long, long)? dilation = null,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null, Generator? generator = null) =>
                new(
                    in_channels, out_channels, kernel_size, stride ?? (1, 1), null, padding, dilation ?? (1, 1), groups,
                    bias, padding_mode, dtype, generator);
        }
    }
}
