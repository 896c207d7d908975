using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Dropout that keeps mean 0 and variance 1 after SELU (Klambauer et al., NIPS 2017).</summary>
    public sealed class AlphaDropout : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly torch.Generator? generator;

        internal AlphaDropout(double p, torch.Generator? generator)
            : base(nameof(AlphaDropout))
        {
            this.p = torch.nn.functional.CheckShare(nameof(AlphaDropout), p);
            this.generator = generator;
        }

        /// <summary>In [0, 1].</summary>
        public double p { get; }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.alpha_dropout(tensor, p, training, generator: generator);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Elements become SELU's lower bound while training; mean and variance stay.</summary>
            /// <param name="p">In [0, 1].</param>
            /// <param name="inplace">Here for source compatibility.</param>
            /// <param name="generator">Source of the draws; left out: torch.manual_seed's.</param>
            public static AlphaDropout AlphaDropout(
                double p = 0.5, bool inplace = false, Generator? generator = null) =>
                new(p, generator);
        }
    }
}
