using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Instance normalisation of (batch, channels, height, width) (Ulyanov, Vedaldi and Lempitsky,
    /// 2016).</summary>
    public sealed class InstanceNorm2d : InstanceNorm
    {
        internal InstanceNorm2d(
            long num_features, double eps, double? momentum, bool affine, bool track_running_stats,
            torch.ScalarType? dtype)
            : base(nameof(InstanceNorm2d), num_features, eps, momentum, affine, track_running_stats, dtype)
        {
        }

        /// <inheritdoc/>
        protected override void ValidateInputDimensions(torch.Tensor input) => CheckAxes(input, 4);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Instance normalisation of (batch, channels, height, width).</summary>
            public static InstanceNorm2d InstanceNorm2d(
                long num_features, double eps = 1e-5, double momentum = 0.1, bool affine = false,
                bool track_running_stats = false, Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, dtype);
        }
    }
}
