using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>The uniform distribution on [low, high).</summary>
    public sealed class Uniform : torch.distributions.Distribution
    {
        /// <param name="low">The lower bound.</param>
        /// <param name="high">The upper bound, above <paramref name="low"/>.</param>
        /// <param name="generator">Source of the draws.</param>
        public Uniform(torch.Tensor low, torch.Tensor high, torch.Generator? generator = null)
            : base(generator)
        {
            (Low, High) = Broadcast("Uniform", low, high);
            CheckPositive("Uniform", "high - low", (High - Low).detach());
            batch_shape = Low.Sizes;
        }

        public override torch.Tensor mean => (High + Low) / 2;

        /// <summary>NaN: every value is as likely.</summary>
        public override torch.Tensor mode => High * double.NaN;

        public override torch.Tensor stddev => (High - Low) / Math.Sqrt(12);

        public override torch.Tensor variance => (High - Low).square() / 12;

        internal torch.Tensor Low { get; }

        internal torch.Tensor High { get; }

        /// <inheritdoc/>
        public override torch.Tensor rsample(params long[] sample_shape) =>
            (Uniforms(sample_shape, Low) * (High - Low)) + Low;

        /// <summary>-log(high - low); minus infinity outside [low, high).</summary>
        public override torch.Tensor log_prob(torch.Tensor value)
        {
            torch.Tensor inside = Low.detach().le(value.detach()).logical_and(High.detach().gt(value.detach()));
            return inside.to(Low.dtype).log() - (High - Low).log();
        }

        /// <inheritdoc/>
        public override torch.Tensor entropy() => (High - Low).log();

        /// <inheritdoc/>
        public override torch.Tensor cdf(torch.Tensor value) => ((value - Low) / (High - Low)).clamp(0, 1);

        /// <inheritdoc/>
        public override torch.Tensor icdf(torch.Tensor value) => (value * (High - Low)) + Low;

        /// <inheritdoc/>
        public override torch.distributions.Distribution expand(
            torch.Size batch_shape, torch.distributions.Distribution? instance = null) =>
            new Uniform(Low.expand(batch_shape.Shape), High.expand(batch_shape.Shape), generator);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <summary>The uniform distribution on [low, high).</summary>
            public static Uniform Uniform(Tensor low, Tensor high, Generator? generator = null) =>
                new(low, high, generator);
        }
    }
}
