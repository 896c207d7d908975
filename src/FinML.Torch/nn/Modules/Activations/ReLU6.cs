using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>max(x, 0), at most 6.</summary>
    public sealed class ReLU6 : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal ReLU6()
            : base(nameof(ReLU6))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.relu6(tensor);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>max(x, 0), at most 6.</summary>
            public static ReLU6 ReLU6(bool inplace = false) => new();

            public static partial class functional
            {
                /// <summary>max(x, 0), at most 6.</summary>
                public static Tensor relu6(Tensor x, bool inplace = false) =>
                    hardtanh(x, 0, 6);
            }
        }
    }
}
