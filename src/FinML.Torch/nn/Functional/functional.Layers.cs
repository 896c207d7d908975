namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>The layers and losses as functions.</summary>
        public static partial class functional
        {
            /// <summary>y = x W^T + b.</summary>
            /// <param name="input">(..., in).</param>
            /// <param name="weights">(out, in).</param>
            /// <param name="bias">(out), or none.</param>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                LinearOperation.Apply(input, weights, bias);

            /// <summary>(x - mean) / sqrt(var + eps) * weight + bias over the last axes, with the biased variance.
            /// </summary>
            public static Tensor layer_norm(
                Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                LayerNormOperation.Apply(input, normalized_shape, weight, bias, eps);

            /// <summary>While training, zeroes each element with probability <paramref name="p"/> and divides the
            /// others by 1 - p; otherwise the input itself.</summary>
            /// <param name="input">Any shape, floating.</param>
            /// <param name="p">In [0, 1].</param>
            /// <param name="training">False: do nothing.</param>
            /// <param name="inplace">Here for source compatibility; the input is not overwritten.</param>
            /// <param name="generator">Source of the draws; left out, the default one of torch.manual_seed.</param>
            public static Tensor dropout(
                Tensor input, double p = 0.5, bool training = true, bool inplace = false, Generator? generator = null)
            {
                if (!(p >= 0 && p <= 1))
                    throw new ArgumentOutOfRangeException(nameof(p), p, $"dropout: p must be in [0, 1], got {p}.");
                if (!training || p == 0)
                    return input;
                if (p == 1)
                    return input * 0.0;
                ScalarType drawn = input.dtype == ScalarType.BFloat16 ? ScalarType.Float32 : input.dtype;
                return input * DropoutFactors(input.Sizes, p, drawn, generator).to(input.dtype);
            }

            public static Tensor relu(Tensor x, bool inplace = false) => x.relu();

            public static Tensor tanh(Tensor x) => x.tanh();

            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            public static Tensor silu(Tensor x, bool inplace = false) => x.silu();

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) =>
                x.softplus(beta, threshold);

            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => x.elu(alpha);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                input.leaky_relu(negative_slope);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);
        }
    }
}
