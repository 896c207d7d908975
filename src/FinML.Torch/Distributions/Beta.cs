using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>The beta distribution on (0, 1), density x^(a-1) (1-x)^(b-1) / B(a, b).</summary>
    public sealed class Beta : torch.distributions.ExponentialFamily
    {
        private readonly Dirichlet pair;

        /// <param name="concentration1">a, above 0.</param>
        /// <param name="concentration0">b, above 0.</param>
        /// <param name="generator">Source of the draws.</param>
        public Beta(torch.Tensor concentration1, torch.Tensor concentration0, torch.Generator? generator = null)
            : base(generator, [])
        {
            (Concentration1, Concentration0) = Broadcast("Beta", concentration1, concentration0);
            CheckPositive("Beta", "concentration1", concentration1);
            CheckPositive("Beta", "concentration0", concentration0);
            batch_shape = Concentration1.Sizes;
            pair = new Dirichlet(torch.stack([Concentration1, Concentration0], -1), generator);
        }

        public override torch.Tensor mean => Concentration1 / (Concentration1 + Concentration0);

        public override torch.Tensor mode => pair.mode.select(-1, 0);

        public override torch.Tensor variance
        {
            get
            {
                torch.Tensor total = Concentration1 + Concentration0;
                return Concentration1 * Concentration0 / (total.square() * (total + 1));
            }
        }

        internal torch.Tensor Concentration1 { get; }

        internal torch.Tensor Concentration0 { get; }

        internal Dirichlet Pair => pair;

        /// <inheritdoc/>
        public override torch.Tensor rsample(params long[] sample_shape) => pair.rsample(sample_shape).select(-1, 0);

        /// <inheritdoc/>
        public override torch.Tensor log_prob(torch.Tensor value) =>
            ((Concentration1 - 1) * value.log()) + ((Concentration0 - 1) * value.neg().log1p())
            + (Concentration1 + Concentration0).lgamma() - Concentration1.lgamma() - Concentration0.lgamma();

        /// <inheritdoc/>
        public override torch.Tensor entropy() => pair.entropy();

        /// <inheritdoc/>
        public override torch.distributions.Distribution expand(
            torch.Size batch_shape, torch.distributions.Distribution? instance = null) =>
            new Beta(Concentration1.expand(batch_shape.Shape), Concentration0.expand(batch_shape.Shape), generator);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <summary>The beta distribution on (0, 1).</summary>
            /// <param name="concentration1">The exponent of x plus 1, above 0.</param>
            /// <param name="concentration0">The exponent of 1 - x plus 1, above 0.</param>
            /// <param name="generator">Source of the draws.</param>
            public static Beta Beta(Tensor concentration1, Tensor concentration0, Generator? generator = null) =>
                new(concentration1, concentration0, generator);
        }
    }
}
