using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Laplace's distribution, density exp(-|x - loc| / scale) / (2 scale).</summary>
    public sealed class Laplace : torch.distributions.Distribution
    {
        /// <param name="loc">Mean.</param>
        /// <param name="scale">Above 0.</param>
        /// <param name="generator">Source of the draws.</param>
        public Laplace(torch.Tensor loc, torch.Tensor scale, torch.Generator? generator = null)
            : base(generator)
        {
            (Loc, Scale) = Broadcast("Laplace", loc, scale);
            CheckPositive("Laplace", "scale", scale);
            batch_shape = Loc.Sizes;
        }

        public override torch.Tensor mean => Loc;

        public override torch.Tensor mode => Loc;

        public override torch.Tensor stddev => Scale * Math.Sqrt(2);

        public override torch.Tensor variance => Scale.square() * 2;

        internal torch.Tensor Loc { get; }

        internal torch.Tensor Scale { get; }

        /// <inheritdoc/>
        public override torch.Tensor rsample(params long[] sample_shape)
        {
            // An exponential draw with a random sign: both tails are as fine as the numbers near 0.
            torch.Tensor u = (Uniforms(sample_shape, Loc) * 2) - 1;
            return Loc - (Scale * (u.sign() * u.abs().neg().log1p()));
        }

        /// <inheritdoc/>
        public override torch.Tensor log_prob(torch.Tensor value) =>
            (Scale * 2).log().neg() - ((value - Loc).abs() / Scale);

        /// <inheritdoc/>
        public override torch.Tensor entropy() => (Scale * 2).log() + 1;

        /// <inheritdoc/>
        public override torch.Tensor cdf(torch.Tensor value)
        {
            torch.Tensor z = (value - Loc) / Scale;
            return 0.5 - (z.sign() * z.abs().neg().expm1() * 0.5);
        }

        /// <inheritdoc/>
        public override torch.Tensor icdf(torch.Tensor value)
        {
            torch.Tensor term = value - 0.5;
            return Loc - (Scale * term.sign() * (term.abs() * -2).log1p());
        }

        /// <inheritdoc/>
        public override torch.distributions.Distribution expand(
            torch.Size batch_shape, torch.distributions.Distribution? instance = null) =>
            new Laplace(Loc.expand(batch_shape.Shape), Scale.expand(batch_shape.Shape), generator);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <summary>Laplace's distribution.</summary>
            /// <param name="loc">Mean.</param>
            /// <param name="scale">Above 0.</param>
            /// <param name="generator">Source of the draws.</param>
            public static Laplace Laplace(Tensor loc, Tensor scale, Generator? generator = null) =>
                new(loc, scale, generator);

            public static Laplace Laplace(float loc, float scale = 1.0f, Generator? generator = null) =>
                new(tensor(loc), tensor(scale), generator);

            public static Laplace Laplace(double loc, double scale = 1.0, Generator? generator = null) =>
                new(tensor(loc), tensor(scale), generator);
        }
    }
}
