using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>The normal distribution.</summary>
    public sealed class Normal : torch.distributions.Distribution
    {
        private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

        /// <param name="loc">Mean.</param>
        /// <param name="scale">Standard deviation, above 0.</param>
        /// <param name="generator">Source of the draws.</param>
        public Normal(torch.Tensor loc, torch.Tensor scale, torch.Generator? generator = null)
            : base(generator)
        {
            (Loc, Scale) = Broadcast("Normal", loc, scale);
            CheckPositive("Normal", "scale", scale);
            batch_shape = Loc.Sizes;
        }

        public override torch.Tensor mean => Loc;

        public override torch.Tensor mode => Loc;

        public override torch.Tensor stddev => Scale;

        public override torch.Tensor variance => Scale.square();

        internal torch.Tensor Loc { get; }

        internal torch.Tensor Scale { get; }

        /// <inheritdoc/>
        public override torch.Tensor rsample(params long[] sample_shape) =>
            Normals(sample_shape, Loc).mul(Scale).add(Loc);

        /// <inheritdoc/>
        public override torch.Tensor log_prob(torch.Tensor value) =>
            ((value - Loc) / Scale).square() * -0.5 - Scale.log() - HalfLogTwoPi;

        /// <inheritdoc/>
        public override torch.Tensor entropy() => Scale.log() + (0.5 + HalfLogTwoPi);

        /// <inheritdoc/>
        public override torch.Tensor cdf(torch.Tensor value) =>
            (((value - Loc) / Scale / Math.Sqrt(2)).erf() + 1) * 0.5;

        /// <inheritdoc/>
        public override torch.Tensor icdf(torch.Tensor value) =>
            Loc + (Scale * ((value * 2) - 1).erfinv() * Math.Sqrt(2));

        /// <inheritdoc/>
        public override torch.distributions.Distribution expand(
            torch.Size batch_shape, torch.distributions.Distribution? instance = null) =>
            new Normal(Loc.expand(batch_shape.Shape), Scale.expand(batch_shape.Shape), generator);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <summary>The normal distribution.</summary>
            /// <param name="loc">Mean.</param>
            /// <param name="scale">Standard deviation, above 0.</param>
            /// <param name="generator">Source of the draws.</param>
            public static Normal Normal(Tensor loc, Tensor scale, Generator? generator = null) =>
                new(loc, scale, generator);

            public static Normal Normal(float loc, float scale = 1.0f, Generator? generator = null) =>
                new(tensor(loc), tensor(scale), generator);

            public static Normal Normal(double loc, double scale = 1.0, Generator? generator = null) =>
                new(tensor(loc), tensor(scale), generator);
        }
    }
}
