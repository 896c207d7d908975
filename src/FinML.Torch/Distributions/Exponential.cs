using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>The exponential distribution, density rate exp(-rate x).</summary>
    public sealed class Exponential : torch.distributions.ExponentialFamily
    {
        /// <param name="rate">Above 0.</param>
        /// <param name="generator">Source of the draws.</param>
        public Exponential(torch.Tensor rate, torch.Generator? generator = null)
            : base(generator, rate.shape)
        {
            CheckPositive("Exponential", "rate", rate);
            Rate = rate;
        }

        public override torch.Tensor mean => Rate.reciprocal();

        public override torch.Tensor mode => torch.zeros_like(Rate);

        public override torch.Tensor stddev => Rate.reciprocal();

        public override torch.Tensor variance => Rate.pow(-2);

        internal torch.Tensor Rate { get; }

        /// <inheritdoc/>
        public override torch.Tensor rsample(params long[] sample_shape) =>
            Uniforms(sample_shape, Rate).neg().log1p().neg() / Rate;

        /// <inheritdoc/>
        public override torch.Tensor log_prob(torch.Tensor value) => Rate.log() - (Rate * value);

        /// <inheritdoc/>
        public override torch.Tensor entropy() => 1 - Rate.log();

        /// <inheritdoc/>
        public override torch.Tensor cdf(torch.Tensor value) => (Rate * value).neg().expm1().neg();

        /// <inheritdoc/>
        public override torch.Tensor icdf(torch.Tensor value) => value.neg().log1p().neg() / Rate;

        /// <inheritdoc/>
        public override torch.distributions.Distribution expand(
            torch.Size batch_shape, torch.distributions.Distribution? instance = null) =>
            new Exponential(Rate.expand(batch_shape.Shape), generator);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <summary>The exponential distribution, density rate exp(-rate x).</summary>
            public static Exponential Exponential(Tensor rate, Generator? generator = null) => new(rate, generator);
        }
    }
}
