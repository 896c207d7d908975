using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>x where positive, alpha (e^x - 1) below, times a scale: means and variances stay (Klambauer et al.,
    /// NIPS 2017).</summary>
    public sealed class SELU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal SELU()
            : base(nameof(SELU))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.selu(tensor);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x where positive, alpha (e^x - 1) below, times a scale.</summary>
            public static SELU SELU(bool inplace = false) => new();

            public static partial class functional
            {
                /// <summary>x where positive, alpha (e^x - 1) below, times a scale.</summary>
                public static Tensor selu(Tensor x, bool inplace = false)
                {
                    const double alpha = 1.6732632423543772848, scale = 1.0507009873554804934;
                    return where(x.detach().gt(0), x, x.clamp_max(0).expm1() * alpha) * scale;
                }
            }
        }
    }
}
