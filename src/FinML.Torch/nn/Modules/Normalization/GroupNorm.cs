using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Normalisation of groups of channels of each example (Wu and He, ECCV 2018).</summary>
    public sealed class GroupNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, torch.ScalarType? dtype)
            : base(nameof(GroupNorm))
        {
            if (num_groups < 1 || num_channels < 1 || num_channels % num_groups != 0)
            {
                throw new ArgumentException(
                    $"GroupNorm: the groups must divide the channels, got {num_groups} and {num_channels}.");
            }

            this.num_groups = num_groups;
            this.eps = eps;
            this.affine = affine;
            weight = affine ? new Parameter(torch.ones(num_channels, dtype)) : null;
            bias = affine ? new Parameter(torch.zeros(num_channels, dtype)) : null;
            register_parameter(nameof(weight), weight);
            register_parameter(nameof(bias), bias);
        }

        public long num_groups { get; }

        public double eps { get; }

        public bool affine { get; }

        /// <summary>(channels), or null.</summary>
        public Parameter? weight { get; }

        /// <summary>(channels), or null.</summary>
        public Parameter? bias { get; }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.group_norm(tensor, num_groups, weight, bias, eps);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Normalisation of groups of channels of each example.</summary>
            /// <param name="num_groups">Divides the channels.</param>
            /// <param name="num_channels">Size of axis 1.</param>
            /// <param name="eps">Added to the variance.</param>
            /// <param name="affine">Scale and shift each channel.</param>
            /// <param name="device">Here for source compatibility.</param>
            /// <param name="dtype">Of the parameters.</param>
            public static GroupNorm GroupNorm(
                long num_groups, long num_channels, double eps = 1e-5, bool affine = true, Device? device = null,
                ScalarType? dtype = null) => new(num_groups, num_channels, eps, affine, dtype);
        }
    }
}
