using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>A distribution whose last batch axes are one event: log-probabilities are summed over them.</summary>
    public sealed class Independent : torch.distributions.Distribution
    {
        private readonly int axes;

        /// <param name="base_distribution">Has at least that many batch axes.</param>
        /// <param name="reinterpreted_batch_ndims">How many batch axes become part of the event.</param>
        /// <param name="generator">Here for source compatibility; the base distribution draws.</param>
        public Independent(
            torch.distributions.Distribution base_distribution, int reinterpreted_batch_ndims,
            torch.Generator? generator = null)
            : base(generator)
        {
            ArgumentNullException.ThrowIfNull(base_distribution);
            int batch = base_distribution.batch_shape.Length;
            if (reinterpreted_batch_ndims < 0 || reinterpreted_batch_ndims > batch)
            {
                throw new ArgumentException(
                    $"Independent: reinterpreted_batch_ndims must be in [0, {batch}], got "
                    + $"{reinterpreted_batch_ndims}.");
            }

            Base = base_distribution;
            axes = reinterpreted_batch_ndims;
            batch_shape = base_distribution.batch_shape.Shape[..(batch - axes)];
            event_shape = (long[])[
                .. base_distribution.batch_shape.Shape[(batch - axes)..], .. base_distribution.event_shape.Shape];
        }

        public override torch.Tensor mean => Base.mean;

        public override torch.Tensor mode => Base.mode;

        public override torch.Tensor variance => Base.variance;

        internal torch.distributions.Distribution Base { get; }

        internal int Axes => axes;

        /// <inheritdoc/>
        public override torch.Tensor sample(params long[] sample_shape) => Base.sample(sample_shape);

        /// <inheritdoc/>
        public override torch.Tensor rsample(params long[] sample_shape) => Base.rsample(sample_shape);

        /// <inheritdoc/>
        public override torch.Tensor log_prob(torch.Tensor value) =>
            Probabilities.SumRightmost(Base.log_prob(value), axes);

        /// <inheritdoc/>
        public override torch.Tensor entropy() => Probabilities.SumRightmost(Base.entropy(), axes);

        /// <inheritdoc/>
        public override torch.distributions.Distribution expand(
            torch.Size batch_shape, torch.distributions.Distribution? instance = null)
        {
            long[] inner = event_shape.Shape[..axes];
            return new Independent(Base.expand(batch_shape + new torch.Size(inner)), axes, generator);
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <summary>A distribution whose last batch axes are one event.</summary>
            /// <param name="base_distribution">Has at least that many batch axes.</param>
            /// <param name="reinterpreted_batch_dims">How many batch axes become part of the event.</param>
            /// <param name="generator">Here for source compatibility.</param>
            public static Independent Independent(
                Distribution base_distribution, int reinterpreted_batch_dims, Generator? generator = null) =>
                new(base_distribution, reinterpreted_batch_dims, generator);
        }
    }
}
