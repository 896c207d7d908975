using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>log(1 / (1 + e^-x)).</summary>
    public sealed class LogSigmoid : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal LogSigmoid()
            : base(nameof(LogSigmoid))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.logsigmoid(tensor);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>log(1 / (1 + e^-x)).</summary>
            public static LogSigmoid LogSigmoid() => new();

            public static partial class functional
            {
                /// <summary>log(1 / (1 + e^-x)).</summary>
                public static Tensor logsigmoid(Tensor x) =>
                    x.neg().softplus(threshold: 40).neg();
            }
        }
    }
}
