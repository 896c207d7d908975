using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>y_k = x1^T W_k x2 + b_k.</summary>
    public sealed class Bilinear : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>
    {
        internal Bilinear(
            long in1_features, long in2_features, long out_features, bool hasBias, torch.ScalarType? dtype,
            torch.Generator? generator)
            : base(nameof(Bilinear))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(in1_features, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(in2_features, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(out_features, 1);
            this.in1_features = in1_features;
            this.in2_features = in2_features;
            this.out_features = out_features;
            weight = new Parameter(torch.empty([out_features, in1_features, in2_features], dtype));
            bias = hasBias ? new Parameter(torch.empty([out_features], dtype)) : null;
            DefaultInit.Uniform(in1_features, generator, weight, bias);
            register_parameter(nameof(weight), weight);
            register_parameter(nameof(bias), bias);
        }

        public long in1_features { get; }

        public long in2_features { get; }

        public long out_features { get; }

        /// <summary>(out, in1, in2).</summary>
        public Parameter weight { get; }

        /// <summary>(out), or null.</summary>
        public Parameter? bias { get; }

        public override torch.Tensor forward(torch.Tensor input1, torch.Tensor input2) =>
            torch.nn.functional.bilinear(input1, input2, weight, bias);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>y_k = x1^T W_k x2 + b_k; weights and bias start uniform within 1 / sqrt(in1_features).
            /// </summary>
            public static Bilinear Bilinear(
                long in1_features, long in2_features, long out_features, bool hasBias = true, Device? device = null,
                ScalarType? dtype = null, Generator? generator = null) =>
                new(in1_features, in2_features, out_features, hasBias, dtype, generator);

            public static partial class functional
            {
                /// <summary>y_k = x1^T W_k x2 + b_k.</summary>
                /// <param name="input1">(..., in1).</param>
                /// <param name="input2">(..., in2), the same leading axes.</param>
                /// <param name="weight">(out, in1, in2).</param>
                /// <param name="bias">(out), or none.</param>
                public static Tensor bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias = null)
                {
                    if (weight.Sizes.Length != 3 || input1.Sizes.Length == 0 || input2.Sizes.Length == 0
                        || input1.Sizes[^1] != weight.Sizes[1] || input2.Sizes[^1] != weight.Sizes[2]
                        || !Shapes.Equal(input1.Sizes.AsSpan()[..^1], input2.Sizes.AsSpan()[..^1]))
                    {
                        throw new ArgumentException(
                            "bilinear: (..., in1), (..., in2) and (out, in1, in2) are expected, got "
                            + $"{Shapes.Text(input1.Sizes)}, {Shapes.Text(input2.Sizes)} and "
                            + $"{Shapes.Text(weight.Sizes)}.");
                    }

                    (long outputs, long first, long second) = (weight.Sizes[0], weight.Sizes[1], weight.Sizes[2]);
                    Tensor rows = input1.reshape(-1, first), others = input2.reshape(-1, second);
                    Tensor folded = weight.permute(1, 0, 2).reshape(first, outputs * second);
                    Tensor half = rows.matmul(folded).reshape(rows.Sizes[0], outputs, second);
                    Tensor result = (half * others.unsqueeze(1)).sum(-1).reshape([.. input1.Sizes[..^1], outputs]);
                    return bias is null ? result : result + bias;
                }
            }
        }
    }
}
