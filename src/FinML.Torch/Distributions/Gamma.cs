using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>The gamma distribution, density rate^a x^(a-1) exp(-rate x) / Gamma(a).</summary>
    public sealed class Gamma : torch.distributions.ExponentialFamily
    {
        /// <param name="concentration">The shape a, above 0.</param>
        /// <param name="rate">One over the scale, above 0.</param>
        /// <param name="generator">Source of the draws.</param>
        public Gamma(torch.Tensor concentration, torch.Tensor rate, torch.Generator? generator = null)
            : base(generator, [])
        {
            (Concentration, Rate) = Broadcast("Gamma", concentration, rate);
            CheckPositive("Gamma", "concentration", concentration);
            CheckPositive("Gamma", "rate", rate);
            batch_shape = Rate.Sizes;
        }

        public override torch.Tensor mean => Concentration / Rate;

        public override torch.Tensor mode => ((Concentration - 1) / Rate).clamp_min(0);

        public override torch.Tensor variance => Concentration / Rate.square();

        internal torch.Tensor Concentration { get; }

        internal torch.Tensor Rate { get; }

        /// <summary>A draw; its gradient by the concentration is that of the quantile of the draw (Figurnov, Mohamed
        /// and Mnih, "Implicit reparameterization gradients", NeurIPS 2018).</summary>
        public override torch.Tensor rsample(params long[] sample_shape) =>
            StandardGamma.Log(Expanded(Concentration, ExtendedShape(sample_shape)), generator).exp() / Rate;

        /// <inheritdoc/>
        public override torch.Tensor log_prob(torch.Tensor value) =>
            (Concentration * Rate.log()) + ((Concentration - 1) * value.log()) - (Rate * value)
            - Concentration.lgamma();

        /// <inheritdoc/>
        public override torch.Tensor entropy() =>
            Concentration - Rate.log() + Concentration.lgamma() + ((1 - Concentration) * Concentration.digamma());

        /// <inheritdoc/>
        public override torch.Tensor cdf(torch.Tensor value)
        {
            (torch.Tensor a, torch.Tensor x) = Broadcast("Gamma.cdf", Concentration, value * Rate);
            return StandardGamma.Cdf(a, x);
        }

        /// <inheritdoc/>
        public override torch.distributions.Distribution expand(
            torch.Size batch_shape, torch.distributions.Distribution? instance = null) =>
            new Gamma(Concentration.expand(batch_shape.Shape), Rate.expand(batch_shape.Shape), generator);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <summary>The gamma distribution.</summary>
            /// <param name="concentration">The shape, above 0.</param>
            /// <param name="rate">One over the scale, above 0.</param>
            /// <param name="generator">Source of the draws.</param>
            public static Gamma Gamma(Tensor concentration, Tensor rate, Generator? generator = null) =>
                new(concentration, rate, generator);
        }
    }
}
