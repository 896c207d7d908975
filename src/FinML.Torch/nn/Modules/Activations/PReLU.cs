using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>x where positive, a learned slope times x below (He et al., ICCV 2015).</summary>
    public sealed class PReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal PReLU(long num_parameters, double init, torch.ScalarType? dtype)
            : base(nameof(PReLU))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(num_parameters, 1);
            this.num_parameters = num_parameters;
            this.init = init;
            weight = new Parameter(torch.full([num_parameters], init, dtype));
            register_parameter(nameof(weight), weight);
        }

        /// <summary>One slope for all, or one a channel.</summary>
        public long num_parameters { get; }

        /// <summary>The slopes at start.</summary>
        public double init { get; }

        /// <summary>(num_parameters).</summary>
        public Parameter weight { get; }

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.prelu(tensor, weight);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x where positive, a learned slope times x below.</summary>
            /// <param name="num_parameters">1, or the number of channels (axis 1).</param>
            /// <param name="init">The slopes at start.</param>
            /// <param name="device">Here for source compatibility.</param>
            /// <param name="dtype">Of the slopes.</param>
            public static PReLU PReLU(
                long num_parameters, double init = 0.25, Device? device = null, ScalarType? dtype = null) =>
                new(num_parameters, init, dtype);

            public static partial class functional
            {
                /// <summary>x where positive, weight x below.</summary>
                /// <param name="input">(batch, channels, ...), or any shape for one slope.</param>
                /// <param name="weight">(1) or (channels).</param>
                public static Tensor prelu(Tensor input, Tensor weight)
                {
                    Tensor slope = weight.reshape(-1);
                    if (slope.Count != 1)
                    {
                        long channels = input.Sizes.Length > 1 ? input.Sizes[1] : 1;
                        if (slope.Count != channels)
                        {
                            throw new ArgumentException(
                                $"prelu: slopes of {Shapes.Text(weight.Sizes)} do not fit the {channels} channels of "
                                + $"{Shapes.Text(input.Sizes)}.");
                        }

                        slope = slope.reshape([-1, .. Enumerable.Repeat(1L, input.Sizes.Length - 2)]);
                    }

                    return where(input.detach().gt(0), input, slope * input);
                }
            }
        }
    }
}
