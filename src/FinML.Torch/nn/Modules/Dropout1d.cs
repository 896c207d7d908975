using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Zeroes whole channels of (batch, channels, length) while training.</summary>
    public sealed class Dropout1d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly torch.Generator? generator;

        internal Dropout1d(double p, torch.Generator? generator)
            : base(nameof(Dropout1d))
        {
            this.p = torch.nn.functional.CheckShare(nameof(Dropout1d), p);
            this.generator = generator;
        }

        /// <summary>In [0, 1].</summary>
        public double p { get; }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.dropout1d(tensor, p, training, generator: generator);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Zeroes whole channels while training, the others divided by 1 - p.</summary>
            /// <param name="p">In [0, 1].</param>
            /// <param name="inplace">Here for source compatibility.</param>
            /// <param name="generator">Source of the draws; left out: torch.manual_seed's.</param>
            public static Dropout1d Dropout1d(double p = 0.5, bool inplace = false, Generator? generator = null) =>
                new(p, generator);
        }
    }
}
