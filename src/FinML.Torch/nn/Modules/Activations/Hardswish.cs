using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>x times hardsigmoid (Howard et al., ICCV 2019).</summary>
    public sealed class Hardswish : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Hardswish()
            : base(nameof(Hardswish))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.hardswish(tensor);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x times hardsigmoid (Howard et al., ICCV 2019).</summary>
            public static Hardswish Hardswish(bool inplace = false) => new();

            public static partial class functional
            {
                /// <summary>x times hardsigmoid (Howard et al., ICCV 2019).</summary>
                public static Tensor hardswish(Tensor input, bool inplace = false)
                {
                    Tensor value = input.detach();
                    return where(value.lt(-3), input * 0, where(value.ge(3), input, input * (input + 3) / 6));
                }
            }
        }
    }
}
