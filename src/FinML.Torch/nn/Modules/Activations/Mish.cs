using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>x tanh(log(1 + e^x)) (Misra, BMVC 2020).</summary>
    public sealed class Mish : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Mish()
            : base(nameof(Mish))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.mish(tensor);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x tanh(log(1 + e^x)) (Misra, BMVC 2020).</summary>
            public static Mish Mish(bool inplace = false) => new();

            public static partial class functional
            {
                /// <summary>x tanh(log(1 + e^x)) (Misra, BMVC 2020).</summary>
                public static Tensor mish(Tensor x, bool inplace = false) =>
                    x * x.softplus().tanh();
            }
        }
    }
}
