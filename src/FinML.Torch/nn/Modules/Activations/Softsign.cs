using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>x / (1 + |x|).</summary>
    public sealed class Softsign : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Softsign()
            : base(nameof(Softsign))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.softsign(tensor);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x / (1 + |x|).</summary>
            public static Softsign Softsign(bool inplace = false) => new();

            public static partial class functional
            {
                /// <summary>x / (1 + |x|).</summary>
                public static Tensor softsign(Tensor x, bool inplace = false) =>
                    x / (x.abs() + 1);
            }
        }
    }
}
