using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>x kept between two bounds; the gradient at them is 0.</summary>
    public sealed class Hardtanh : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly double min_val, max_val;

        internal Hardtanh(double min_val, double max_val)
            : base(nameof(Hardtanh))
        {
            this.min_val = min_val;
            this.max_val = max_val;
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.hardtanh(tensor, min_val, max_val);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x kept between two bounds; the gradient at them is 0.</summary>
            public static Hardtanh Hardtanh(double min_val = -1.0, double max_val = 1.0, bool inplace = false) =>
                new(min_val, max_val);

            public static partial class functional
            {
                /// <summary>x kept between two bounds; the gradient at them is 0.</summary>
                public static Tensor hardtanh(
                    Tensor x, double min_val = -1.0, double max_val = 1.0, bool inplace = false)
                {
                    if (!(min_val < max_val))
                    {
                        throw new ArgumentException(
                            $"hardtanh: min_val must be below max_val, got {min_val} and {max_val}.");
                    }

                    Tensor value = x.detach();
                    return where(value.le(min_val), min_val, where(value.ge(max_val), max_val, x));
                }
            }
        }
    }
}
