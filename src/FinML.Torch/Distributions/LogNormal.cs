using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>exp of a normal variable.</summary>
    public sealed class LogNormal : TransformedDistribution
    {
        /// <param name="loc">Mean of the logarithm.</param>
        /// <param name="scale">Standard deviation of the logarithm, above 0.</param>
        /// <param name="generator">Source of the draws.</param>
        internal LogNormal(torch.Tensor loc, torch.Tensor scale, torch.Generator? generator = null)
            : base(new Normal(loc, scale, generator), new torch.distributions.transforms.ExpTransform(), generator)
        {
        }

        /// <summary>Mean of the logarithm.</summary>
        public torch.Tensor loc => base_distribution.mean;

        /// <summary>Standard deviation of the logarithm.</summary>
        public torch.Tensor scale => base_distribution.stddev;

        public override torch.Tensor mean => (loc + (scale.square() / 2)).exp();

        public override torch.Tensor mode => (loc - scale.square()).exp();

        public override torch.Tensor variance => scale.square().expm1() * ((loc * 2) + scale.square()).exp();

        /// <inheritdoc/>
        public override torch.Tensor entropy() => base_distribution.entropy() + loc;

        /// <inheritdoc/>
        public override torch.distributions.Distribution expand(
            torch.Size batch_shape, torch.distributions.Distribution? instance = null) =>
            new LogNormal(loc.expand(batch_shape.Shape), scale.expand(batch_shape.Shape), generator);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <summary>exp of a normal variable.</summary>
            /// <param name="loc">Mean of the logarithm.</param>
            /// <param name="scale">Standard deviation of the logarithm, above 0.</param>
            /// <param name="generator">Source of the draws.</param>
            public static LogNormal LogNormal(Tensor loc, Tensor scale, Generator? generator = null) =>
                new(loc, scale, generator);
        }
    }
}
