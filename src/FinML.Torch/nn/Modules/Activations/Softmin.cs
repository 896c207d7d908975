using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Softmax of -x along an axis.</summary>
    public sealed class Softmin : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long dim;

        internal Softmin(long dim)
            : base(nameof(Softmin))
        {
            this.dim = dim;
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.softmin(tensor, dim);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Softmax of -x along an axis.</summary>
            public static Softmin Softmin(long dim) => new(dim);

            public static partial class functional
            {
                /// <summary>Softmax of -x along an axis.</summary>
                public static Tensor softmin(Tensor x, long dim) =>
                    x.neg().softmax(dim);
            }
        }
    }
}
