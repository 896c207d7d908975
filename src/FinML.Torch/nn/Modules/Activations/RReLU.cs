using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>A leaky ReLU whose slope is drawn while training and the mean of its bounds otherwise (Xu et al.,
    /// 2015).</summary>
    public sealed class RReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly torch.Generator? generator;

        internal RReLU(double lower, double upper, torch.Generator? generator)
            : base(nameof(RReLU))
        {
            if (!(lower <= upper))
                throw new ArgumentException($"RReLU: lower must not exceed upper, got {lower} and {upper}.");
            this.lower = lower;
            this.upper = upper;
            this.generator = generator;
        }

        public double lower { get; }

        public double upper { get; }

        public override torch.Tensor forward(torch.Tensor tensor)
        {
            if (!training)
                return tensor.leaky_relu((lower + upper) / 2);
            torch.Tensor slopes = torch.rand_like(tensor.detach(), generator: generator) * (upper - lower) + lower;
            return torch.where(tensor.detach().ge(0), tensor, tensor * slopes);
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A leaky ReLU with a random slope in [lower, upper) while training.</summary>
            public static RReLU RReLU(
                double lower = 1.0 / 8, double upper = 1.0 / 3, bool inplace = false, Generator? generator = null) =>
                new(lower, upper, generator);
        }
    }
}
