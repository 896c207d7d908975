using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>x where positive, alpha (e^(x / alpha) - 1) below (Barron, 2017).</summary>
    public sealed class CELU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly double alpha;

        internal CELU(double alpha)
            : base(nameof(CELU))
        {
            this.alpha = alpha;
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.celu(tensor, alpha);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x where positive, alpha (e^(x / alpha) - 1) below (Barron, 2017).</summary>
            public static CELU CELU(double alpha = 1.0, bool inplace = false) => new(alpha);

            public static partial class functional
            {
                /// <summary>x where positive, alpha (e^(x / alpha) - 1) below (Barron, 2017).</summary>
                public static Tensor celu(Tensor x, double alpha, bool inplace = false) =>
                    where(x.detach().gt(0), x, (x.clamp_max(0) / alpha).expm1() * alpha);
            }
        }
    }
}
