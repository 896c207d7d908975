using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>x - tanh x.</summary>
    public sealed class Tanhshrink : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Tanhshrink()
            : base(nameof(Tanhshrink))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.tanhshrink(tensor);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x - tanh x.</summary>
            public static Tanhshrink Tanhshrink(bool inplace = false) => new();

            public static partial class functional
            {
                /// <summary>x - tanh x.</summary>
                public static Tensor tanhshrink(Tensor x, bool inplace = false) =>
                    x - x.tanh();
            }
        }
    }
}
