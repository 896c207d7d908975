using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Layer normalisation over the last axes (Ba, Kiros and Hinton, 2016).</summary>
    public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long[] shape;
        private readonly double eps;

        internal LayerNorm(long[] normalized_shape, double eps, bool affine, bool hasBias, torch.ScalarType? dtype)
            : base(nameof(LayerNorm))
        {
            ArgumentNullException.ThrowIfNull(normalized_shape);
            if (normalized_shape.Length == 0 || normalized_shape.Any(s => s < 1))
            {
                throw new ArgumentException(
                    $"LayerNorm: sizes of at least 1 are expected, got {Shapes.Text(normalized_shape)}.");
            }

            shape = (long[])normalized_shape.Clone();
            this.eps = eps;
            weight = affine ? new Parameter(torch.ones(shape, dtype)) : null;
            bias = affine && hasBias ? new Parameter(torch.zeros(shape, dtype)) : null;
            register_parameter(nameof(weight), weight);
            register_parameter(nameof(bias), bias);
        }

        /// <summary>The normalised shape, or null without affine.</summary>
        public Parameter? weight { get; }

        /// <summary>The normalised shape, or null.</summary>
        public Parameter? bias { get; }

        public override torch.Tensor forward(torch.Tensor input) =>
            torch.nn.functional.layer_norm(input, shape, weight, bias, eps);

        /// <summary>The normalisation of x + change, as one operation where that is possible.</summary>
        internal torch.Tensor OfSum(torch.Tensor x, torch.Tensor change) =>
            !IsHooked && x.dtype == change.dtype && x.dtype != torch.ScalarType.BFloat16
                && Shapes.Equal(x.Sizes, change.Sizes)
                ? LayerNormOperation.Apply(x, shape, weight, bias, eps, change)
                : call(x + change);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Normalises the last axes to mean 0 and variance 1, then scales and shifts.</summary>
            public static LayerNorm LayerNorm(
                long[] normalized_shape, double eps = 1e-5, bool elementwise_affine = true, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, dtype);

            /// <summary>Normalises the last axis.</summary>
            public static LayerNorm LayerNorm(
                long normalized_shape, double eps = 1e-5, bool elementwise_affine = true, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias, dtype);
        }
    }
}
