using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>The p-norm of the difference of vectors along the last axis.</summary>
    public sealed class PairwiseDistance : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>
    {
        internal PairwiseDistance(double norm, double eps, bool keepdim)
            : base(nameof(PairwiseDistance))
        {
            this.norm = norm;
            this.eps = eps;
            this.keepdim = keepdim;
        }

        public double norm { get; }

        public double eps { get; }

        public bool keepdim { get; }

        public override torch.Tensor forward(torch.Tensor input1, torch.Tensor input2) =>
            torch.nn.functional.pairwise_distance(input1, input2, norm, eps, keepdim);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The p-norm of the difference of vectors along the last axis.</summary>
            public static PairwiseDistance PairwiseDistance(double p = 2.0, double eps = 1e-6, bool keepdim = false) =>
                new(p, eps, keepdim);
        }
    }
}
