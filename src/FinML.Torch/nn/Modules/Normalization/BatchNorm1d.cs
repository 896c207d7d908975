using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Batch normalisation of (batch, channels) or (batch, channels, length) (Ioffe and Szegedy, ICML
    /// 2015).</summary>
    public sealed class BatchNorm1d : BatchNorm
    {
        internal BatchNorm1d(
            long num_features, double eps, double? momentum, bool affine, bool track_running_stats,
            torch.ScalarType? dtype)
            : base(nameof(BatchNorm1d), num_features, eps, momentum, affine, track_running_stats, dtype)
        {
        }

        /// <inheritdoc/>
        protected override void ValidateInputDimensions(torch.Tensor input) => CheckAxes(input, 2, 3);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Batch normalisation of (batch, channels) or (batch, channels, length).</summary>
            /// <param name="num_features">Channels.</param>
            /// <param name="eps">Added to the variance.</param>
            /// <param name="momentum">Share of a batch in the new running moments.</param>
            /// <param name="affine">Scale and shift each channel.</param>
            /// <param name="track_running_stats">Keep running moments for evaluation.</param>
            /// <param name="device">Here for source compatibility.</param>
            /// <param name="dtype">Of the parameters and buffers.</param>
            public static BatchNorm1d BatchNorm1d(
                long num_features, double eps = 1e-5, double momentum = 0.1, bool affine = true,
                bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, dtype);
        }
    }
}
