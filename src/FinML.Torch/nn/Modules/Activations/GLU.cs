using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>The first half along an axis times the sigmoid of the second (Dauphin et al., ICML 2017).</summary>
    public sealed class GLU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long dim;

        internal GLU(long dim)
            : base(nameof(GLU))
        {
            this.dim = dim;
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.glu(tensor, dim);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The first half along an axis times the sigmoid of the second.</summary>
            public static GLU GLU(long dim = -1) => new(dim);

            public static partial class functional
            {
                /// <summary>The first half along an axis times the sigmoid of the second.</summary>
                public static Tensor glu(Tensor input, long dim = -1)
                {
                    int axis = Shapes.Axis("glu", dim, input.Sizes.Length);
                    long size = input.Sizes.Length == 0 ? 1 : input.Sizes[axis];
                    if (size % 2 != 0)
                    {
                        throw new ArgumentException(
                            $"glu: axis {axis} must have an even size, got {Shapes.Text(input.Sizes)}.");
                    }

                    return input.narrow(axis, 0, size / 2) * input.narrow(axis, size / 2, size / 2).sigmoid();
                }
            }
        }
    }
}
