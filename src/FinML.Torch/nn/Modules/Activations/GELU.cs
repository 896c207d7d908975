using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>x Phi(x) (Hendrycks and Gimpel, 2016).</summary>
    public sealed class GELU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly Approximate approximate;

        internal GELU(Approximate approximate)
            : base(nameof(GELU)) => this.approximate = approximate;

        /// <summary>How Phi is computed.</summary>
        public enum Approximate
        {
            /// <summary>Exactly, by erf.</summary>
            none,

            /// <summary>(1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2.</summary>
            tanh,
        }

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.gelu(tensor, approximate);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x Phi(x).</summary>
            public static GELU GELU() => new(Modules.GELU.Approximate.none);

            /// <summary>x Phi(x).</summary>
            public static GELU GELU(bool inplace) => GELU();

            /// <summary>x Phi(x), Phi exact or by tanh.</summary>
            public static GELU GELU(GELU.Approximate approximate, bool inplace = false) => new(approximate);

            public static partial class functional
            {
                /// <summary>x Phi(x).</summary>
                public static Tensor gelu(Tensor x) => x.gelu();

                /// <summary>x Phi(x).</summary>
                public static Tensor gelu(Tensor x, bool inplace) => x.gelu();

                /// <summary>x Phi(x), Phi exact or by tanh.</summary>
                public static Tensor gelu(Tensor x, GELU.Approximate approximate, bool inplace = false) =>
                    approximate == Modules.GELU.Approximate.none
                        ? x.gelu()
                        : x * 0.5 * (((x + (x.pow(3) * 0.044715)) * Math.Sqrt(2 / Math.PI)).tanh() + 1);
            }
        }
    }
}
