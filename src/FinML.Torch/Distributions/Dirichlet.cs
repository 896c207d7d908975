using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Dirichlet's distribution over shares that sum to 1.</summary>
    public sealed class Dirichlet : torch.distributions.ExponentialFamily
    {
        /// <param name="concentration">(..., k), above 0.</param>
        /// <param name="generator">Source of the draws.</param>
        /// <exception cref="ArgumentException">It is a single number, or not above 0.</exception>
        public Dirichlet(torch.Tensor concentration, torch.Generator? generator = null)
            : base(generator, Leading(concentration), concentration.shape[^1..])
        {
            CheckPositive("Dirichlet", "concentration", concentration);
            Concentration = concentration;
        }

        public override torch.Tensor mean => Concentration / Total;

        /// <summary>(a - 1) / sum(a - 1) with a not below 1; where all are, the corner of the largest.</summary>
        public override torch.Tensor mode
        {
            get
            {
                torch.Tensor above = (Concentration - 1).clamp_min(0);
                torch.Tensor shares = above / above.sum(-1, keepdim: true);
                torch.Tensor all = Concentration.detach().lt(1).all(-1, keepdim: true);
                torch.Tensor corner = torch.arange(Concentration.shape[^1])
                    .eq(Concentration.detach().argmax(-1, keepdim: true)).to(Concentration.dtype);
                return torch.where(all, corner, shares);
            }
        }

        public override torch.Tensor variance =>
            Concentration * (Total - Concentration) / (Total.square() * (Total + 1));

        internal torch.Tensor Concentration { get; }

        private torch.Tensor Total => Concentration.sum(-1, keepdim: true);

        /// <summary>Gamma draws over their sum, from their logarithms, so that small concentrations do not give 0 / 0;
        /// gradients are the gammas'.</summary>
        public override torch.Tensor rsample(params long[] sample_shape) =>
            StandardGamma.Log(Expanded(Concentration, ExtendedShape(sample_shape)), generator).softmax(-1);

        /// <inheritdoc/>
        public override torch.Tensor log_prob(torch.Tensor value) =>
            ((Concentration - 1) * value.log()).sum(-1) + Concentration.sum(-1).lgamma()
            - Concentration.lgamma().sum(-1);

        /// <inheritdoc/>
        public override torch.Tensor entropy()
        {
            torch.Tensor total = Concentration.sum(-1);
            return Concentration.lgamma().sum(-1) - total.lgamma()
                - ((Concentration.shape[^1] - total) * total.digamma())
                - ((Concentration - 1) * Concentration.digamma()).sum(-1);
        }

        /// <inheritdoc/>
        public override torch.distributions.Distribution expand(
            torch.Size batch_shape, torch.distributions.Distribution? instance = null) =>
            new Dirichlet(Concentration.expand([.. batch_shape.Shape, .. event_shape.Shape]), generator);

        private static long[] Leading(torch.Tensor concentration)
        {
            ArgumentNullException.ThrowIfNull(concentration);
            return concentration.dim() > 0
                ? concentration.shape[..^1]
                : throw new ArgumentException("Dirichlet: concentration must have at least one axis, got a number.");
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <summary>Dirichlet's distribution over shares that sum to 1.</summary>
            /// <param name="concentration">(..., k), above 0.</param>
            /// <param name="generator">Source of the draws.</param>
            public static Dirichlet Dirichlet(Tensor concentration, Generator? generator = null) =>
                new(concentration, generator);
        }
    }
}
