using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>x / 6 + 1/2 between -3 and 3, 0 below and 1 above.</summary>
    public sealed class Hardsigmoid : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Hardsigmoid()
            : base(nameof(Hardsigmoid))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.hardsigmoid(tensor);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x / 6 + 1/2 between -3 and 3, 0 below and 1 above.</summary>
            public static Hardsigmoid Hardsigmoid(bool inplace = false) => new();

            public static partial class functional
            {
                /// <summary>x / 6 + 1/2 between -3 and 3, 0 below and 1 above.</summary>
                public static Tensor hardsigmoid(Tensor input, bool inplace = false) =>
                    hardtanh((input / 6) + 0.5, 0, 1);
            }
        }
    }
}
