using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>x where |x| is above lambda, else 0.</summary>
    public sealed class Hardshrink : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly double lambda;

        internal Hardshrink(double lambda)
            : base(nameof(Hardshrink))
        {
            this.lambda = lambda;
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.hardshrink(tensor, lambda);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x where |x| is above lambda, else 0.</summary>
            public static Hardshrink Hardshrink(double lambda = 0.5) => new(lambda);

            public static partial class functional
            {
                /// <summary>x where |x| is above lambda, else 0.</summary>
                public static Tensor hardshrink(Tensor x, double lambda = 0.5) =>
                    where(x.detach().abs().le(lambda), zeros_like(x), x);
            }
        }
    }
}
