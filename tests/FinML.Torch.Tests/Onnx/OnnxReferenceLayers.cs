namespace FinML.Torch.Tests.Onnx;

/// <summary>Products and feed-forward layers of the reference evaluator.</summary>
internal static class OnnxReferenceLayers
{
    /// <summary>Y = A' B' + C, with alpha and beta 1.</summary>
    internal static OnnxValue Gemm(OnnxNode node, OnnxValue a, OnnxValue b, OnnxValue? c)
    {
        bool turnA = node.Int("transA", 0) == 1, turnB = node.Int("transB", 0) == 1;
        long rows = a.Shape[turnA ? 1 : 0], depth = a.Shape[turnA ? 0 : 1], columns = b.Shape[turnB ? 0 : 1];
        Assert.Equal(depth, b.Shape[turnB ? 1 : 0]);
        double[] y = new double[rows * columns];
        for (long i = 0; i < rows; i++)
        {
            for (long j = 0; j < columns; j++)
            {
                double sum = c is null ? 0 : c.Data[OnnxReferenceOperators.At([i, j], c.Shape)];
                for (long k = 0; k < depth; k++)
                    sum += a.Data[turnA ? (k * rows) + i : (i * depth) + k] * b.Data[turnB ? (j * depth) + k : (k * columns) + j];
                y[(i * columns) + j] = sum;
            }
        }

        return new OnnxValue(a.Type, [rows, columns], y);
    }

    /// <summary>As numpy.matmul.</summary>
    internal static OnnxValue MatMul(OnnxValue a, OnnxValue b)
    {
        Assert.True(a.Rank >= 2 && b.Rank >= 2);
        long rows = a.Shape[^2], depth = a.Shape[^1], columns = b.Shape[^1];
        Assert.Equal(depth, b.Shape[^2]);
        long[] batch = OnnxReferenceOperators.Broadcast(a.Shape[..^2], b.Shape[..^2]);
        long[] shape = [.. batch, rows, columns];
        List<double> y = [];
        foreach (long[] index in OnnxReferenceOperators.Indices(shape))
        {
            long[] outer = index[..^2];
            long left = (OnnxReferenceOperators.At(outer, a.Shape[..^2]) * rows) + index[^2];
            long right = OnnxReferenceOperators.At(outer, b.Shape[..^2]);
            double sum = 0;
            for (long k = 0; k < depth; k++)
                sum += a.Data[(left * depth) + k] * b.Data[(((right * depth) + k) * columns) + index[^1]];
            y.Add(sum);
        }

        return new OnnxValue(a.Type, shape, [.. y]);
    }

    /// <summary>Convolution over one spatial axis.</summary>
    internal static OnnxValue Conv(OnnxNode node, OnnxValue x, OnnxValue w, OnnxValue? b)
    {
        long stride = node.Ints("strides", [1])[0], dilation = node.Ints("dilations", [1])[0], groups = node.Int("group", 1);
        long[] pads = node.Ints("pads", [0, 0]);
        long batch = x.Shape[0], channels = x.Shape[1], length = x.Shape[2];
        long filters = w.Shape[0], inGroup = w.Shape[1], taps = w.Shape[2];
        Assert.Equal(channels, inGroup * groups);
        Assert.Equal([taps], node.Ints("kernel_shape", [taps]));
        long outLength = ((length + pads[0] + pads[1] - (dilation * (taps - 1)) - 1) / stride) + 1;
        double[] y = new double[batch * filters * outLength];
        foreach (long[] i in OnnxReferenceOperators.Indices([batch, filters, outLength]))
        {
            double sum = b is null ? 0 : b.Data[i[1]];
            for (long c = 0; c < inGroup; c++)
            {
                for (long k = 0; k < taps; k++)
                {
                    long t = (i[2] * stride) + (k * dilation) - pads[0];
                    long channel = (i[1] / (filters / groups) * inGroup) + c;
                    if (t >= 0 && t < length)
                        sum += w.Data[(((i[1] * inGroup) + c) * taps) + k] * x.Data[(((i[0] * channels) + channel) * length) + t];
                }
            }

            y[(((i[0] * filters) + i[1]) * outLength) + i[2]] = sum;
        }

        return new OnnxValue(x.Type, [batch, filters, outLength], y);
    }

    internal static OnnxValue LayerNorm(OnnxNode node, OnnxValue x, OnnxValue scale, OnnxValue? bias)
    {
        int axis = (int)node.Int("axis", -1);
        axis += axis < 0 ? x.Rank : 0;
        Assert.Equal(x.Shape[axis..], scale.Shape);
        int size = (int)OnnxReferenceOperators.Count(x.Shape[axis..]);
        double[] y = new double[x.Data.Length];
        for (int start = 0; start < y.Length; start += size)
        {
            double[] row = x.Data[start..(start + size)];
            double mean = row.Average(), variance = row.Average(v => (v - mean) * (v - mean));
            for (int i = 0; i < size; i++)
            {
                y[start + i] = ((row[i] - mean) / Math.Sqrt(variance + node.Float("epsilon", 1e-5f)) * scale.Data[i])
                    + (bias?.Data[i] ?? 0);
            }
        }

        return new OnnxValue(x.Type, x.Shape, y);
    }
}
