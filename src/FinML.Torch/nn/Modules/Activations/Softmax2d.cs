using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Softmax over the channels of (batch, channels, height, width).</summary>
    public sealed class Softmax2d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Softmax2d()
            : base(nameof(Softmax2d))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.softmax2d(tensor);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Softmax over the channels of (batch, channels, height, width).</summary>
            public static Softmax2d Softmax2d() => new();

            public static partial class functional
            {
                /// <summary>Softmax over the channels of (batch, channels, height, width).</summary>
                public static Tensor softmax2d(Tensor x)
                {
                    if (x.Sizes.Length is not (3 or 4))
                    {
                        throw new ArgumentException(
                            $"softmax2d: three or four axes are expected, got {Shapes.Text(x.Sizes)}.");
                    }

                    return x.softmax(-3);
                }
            }
        }
    }
}
