using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>x moved by lambda towards 0, 0 in between.</summary>
    public sealed class Softshrink : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly double lambda;

        internal Softshrink(double lambda)
            : base(nameof(Softshrink))
        {
            this.lambda = lambda;
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.softshrink(tensor, lambda);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x moved by lambda towards 0, 0 in between.</summary>
            public static Softshrink Softshrink(double lambda = 0.5) => new(lambda);

            public static partial class functional
            {
                /// <summary>x moved by lambda towards 0, 0 in between.</summary>
                public static Tensor softshrink(Tensor x, double lambda = 0.5) =>
                    where(x.detach().gt(lambda), x - lambda, where(x.detach().lt(-lambda), x + lambda, x * 0));
            }
        }
    }
}
