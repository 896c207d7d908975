namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>One-dimensional cross-correlation: y[b, o, t] = bias[o] + sum over channels i of the group and
            /// taps j of weight[o, i, j] x[b, i, t stride + j dilation - padding].</summary>
            /// <param name="input">(batch, channels, length), or (channels, length).</param>
            /// <param name="weight">(out, channels / groups, taps).</param>
            /// <param name="bias">(out), or none.</param>
            /// <param name="stride">At least 1; left out: 1.</param>
            /// <param name="padding">Zeros on both sides, at least 0; left out: 0.</param>
            /// <param name="dilation">At least 1; left out: 1.</param>
            /// <param name="groups">Divides both channel counts.</param>
            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null,
                long? dilation = null, long groups = 1)
            {
                long[] zeros = [padding ?? 0];
                return ConvolutionOperation.Apply(
                    new ConvolutionShape("conv1d", [stride ?? 1], zeros, zeros, [dilation ?? 1], groups), input,
                    weight, bias);
            }

            /// <summary><see cref="conv1d"/> without padding (Valid), or with as many zeros as keep the length (Same,
            /// stride 1; one more behind than before where the number is odd).</summary>
            public static Tensor conv1d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null,
                Padding padding = Padding.Valid, long? dilation = null, long groups = 1) =>
                ConvolutionOperation.Apply(
                    Padded("conv1d", weight, [stride ?? 1], padding, [dilation ?? 1], groups), input, weight, bias);

            /// <summary>Two-dimensional cross-correlation; see <see cref="conv1d"/>.</summary>
            /// <param name="input">(batch, channels, height, width), or without batch.</param>
            /// <param name="weight">(out, channels / groups, kernel height, kernel width).</param>
            /// <param name="bias">(out), or none.</param>
            /// <param name="strides">One for both axes or one each, at least 1; left out: 1.</param>
            /// <param name="padding">Zeros on both sides, alike; left out: 0.</param>
            /// <param name="dilation">Alike; left out: 1.</param>
            /// <param name="groups">Divides both channel counts.</param>
            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, long groups = 1)
            {
                long[] zeros = ConvolutionShape.Each("conv2d", nameof(padding), padding, 2, 0);
                var shape = new ConvolutionShape(
                    "conv2d", ConvolutionShape.Each("conv2d", nameof(strides), strides, 2, 1), zeros, zeros,
                    ConvolutionShape.Each("conv2d", nameof(dilation), dilation, 2, 1), groups);
                return ConvolutionOperation.Apply(shape, input, weight, bias);
            }

            /// <summary><see cref="conv2d"/> without padding (Valid), or with as many zeros as keep the size (Same).
            /// </summary>
            public static Tensor conv2d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null,
                Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1) =>
                ConvolutionOperation.Apply(
                    Padded(
                        "conv2d", weight, ConvolutionShape.Each("conv2d", nameof(strides), strides, 2, 1), padding,
                        ConvolutionShape.Each("conv2d", nameof(dilation), dilation, 2, 1), groups),
                    input, weight, bias);

            /// <summary>The transpose of <see cref="conv1d"/>: y[b, o, t stride + j dilation - padding] sums
            /// weight[i, o, j] x[b, i, t], plus bias[o].</summary>
            /// <param name="input">(batch, channels, length), or (channels, length).</param>
            /// <param name="weight">(channels, out / groups, taps).</param>
            /// <param name="bias">(out), or none.</param>
            /// <param name="stride">At least 1; left out: 1.</param>
            /// <param name="padding">Cut from both sides of the result; left out: 0.</param>
            /// <param name="output_padding">Added at the end of the result, below stride or dilation.</param>
            /// <param name="dilation">At least 1; left out: 1.</param>
            /// <param name="groups">Divides both channel counts.</param>
            public static Tensor conv_transpose1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null,
                long? output_padding = null, long? dilation = null, long groups = 1)
            {
                long[] zeros = [padding ?? 0];
                return ConvolutionTransposeOperation.Apply(
                    new ConvolutionShape("conv_transpose1d", [stride ?? 1], zeros, zeros, [dilation ?? 1], groups),
                    input, weight, bias, output_padding ?? 0);
            }

            private static ConvolutionShape Padded(
                string name, Tensor weight, long[] stride, Padding padding, long[] dilation, long groups)
            {
                long[] before = new long[stride.Length], after = new long[stride.Length];
                if (padding == Padding.Same)
                {
                    if (stride.Any(s => s != 1))
                    {
                        throw new ArgumentException(
                            $"{name}: padding Same needs stride 1, got {Shapes.Text(stride)}.", nameof(padding));
                    }

                    for (int i = 0; i < stride.Length && i + 2 < weight.Sizes.Length; i++)
                    {
                        long total = dilation[i] * (weight.Sizes[i + 2] - 1);
                        (before[i], after[i]) = (total / 2, total - (total / 2));
                    }
                }

                return new ConvolutionShape(name, stride, before, after, dilation, groups);
            }
        }
    }
}
