using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>x where above the threshold, else a value.</summary>
    public sealed class Threshold : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly double threshold, value;

        internal Threshold(double threshold, double value)
            : base(nameof(Threshold))
        {
            this.threshold = threshold;
            this.value = value;
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.threshold(tensor, threshold, value);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x where above the threshold, else a value.</summary>
            public static Threshold Threshold(double threshold, double value, bool inplace = false) =>
                new(threshold, value);

            public static partial class functional
            {
                /// <summary>x where above the threshold, else a value.</summary>
                public static Tensor threshold(Tensor x, double threshold, double value, bool inplace = false) =>
                    where(x.detach().le(threshold), value, x);
            }
        }
    }
}
