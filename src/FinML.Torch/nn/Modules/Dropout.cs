using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Zeroes elements at random while training (Srivastava et al., JMLR 2014).</summary>
    public sealed class Dropout : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly double p;
        private readonly torch.Generator? generator;

        internal Dropout(double p, torch.Generator? generator)
            : base(nameof(Dropout))
        {
            if (!(p >= 0 && p <= 1))
                throw new ArgumentOutOfRangeException(nameof(p), p, $"Dropout: p must be in [0, 1], got {p}.");
            this.p = p;
            this.generator = generator;
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.dropout(tensor, p, training, generator: generator);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Zeroes each element with probability <paramref name="p"/> while training, and divides the
            /// others by 1 - p.</summary>
            /// <param name="p">In [0, 1].</param>
            /// <param name="inplace">Here for source compatibility.</param>
            /// <param name="generator">Source of the draws; left out: torch.manual_seed's.</param>
            public static Dropout Dropout(double p = 0.5, bool inplace = false, Generator? generator = null) =>
                new(p, generator);
        }
    }
}
