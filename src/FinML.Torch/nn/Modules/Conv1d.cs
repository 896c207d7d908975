using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>One-dimensional cross-correlation; see torch.nn.functional.conv1d.</summary>
    public sealed class Conv1d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long stride, padding, dilation, groups;

        internal Conv1d(
            long inChannels, long outChannels, long kernelSize, long stride, long padding, long dilation, long groups,
            bool hasBias, torch.ScalarType? dtype, torch.Generator? generator)
            : base(nameof(Conv1d))
        {
            if (inChannels < 1 || outChannels < 1 || kernelSize < 1 || groups < 1 || inChannels % groups != 0
                || outChannels % groups != 0)
            {
                throw new ArgumentException(
                    $"Conv1d: channels, taps and groups must be at least 1 and the groups divide both channel counts, "
                    + $"got {inChannels} to {outChannels} channels, {kernelSize} taps, {groups} groups.");
            }

            if (stride < 1 || dilation < 1 || padding < 0)
            {
                throw new ArgumentException(
                    $"Conv1d: stride and dilation must be at least 1 and padding at least 0, got {stride}, "
                    + $"{dilation} and {padding}.");
            }

            (this.stride, this.padding, this.dilation, this.groups) = (stride, padding, dilation, groups);
            in_channels = inChannels;
            out_channels = outChannels;
            kernel_size = kernelSize;
            weight = new Parameter(torch.empty([outChannels, inChannels / groups, kernelSize], dtype));
            bias = hasBias ? new Parameter(torch.empty([outChannels], dtype)) : null;
            DefaultInit.Uniform(inChannels / groups * kernelSize, generator, weight, bias);
            register_parameter(nameof(weight), weight);
            register_parameter(nameof(bias), bias);
        }

        public long in_channels { get; }

        public long out_channels { get; }

        public long kernel_size { get; }

        /// <summary>(out, in / groups, taps).</summary>
        public Parameter weight { get; }

        /// <summary>(out), or null.</summary>
        public Parameter? bias { get; }

        public override torch.Tensor forward(torch.Tensor input) =>
            torch.nn.functional.conv1d(input, weight, bias, stride, padding, dilation, groups);
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
            /// <param name="padding">Zeros on both sides.</param>
            /// <param name="dilation">Steps between taps, at least 1.</param>
            /// <param name="padding_mode">Zeros.</param>
            /// <param name="groups">Divides both channel counts.</param>
            /// <param name="bias">Adds one.</param>
            /// <param name="device">The managed engine runs on the CPU.</param>
            /// <param name="dtype">Left out: the default floating type.</param>
            /// <param name="generator">Source of the initial values; left out: torch.manual_seed's.</param>
            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null, Generator? generator = null) =>
                new(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, dtype, generator);
        }
    }
}
