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
                {
                    sum += a.Data[turnA ? (k * rows) + i : (i * depth) + k]
                        * b.Data[turnB ? (j * depth) + k : (k * columns) + j];
                }

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

    /// <summary>Convolution over any number of spatial axes.</summary>
    internal static OnnxValue Conv(OnnxNode node, OnnxValue x, OnnxValue w, OnnxValue? b)
    {
        int axes = x.Rank - 2;
        long[] ones = [.. Enumerable.Repeat(1L, axes)], none = new long[2 * axes];
        long[] strides = node.Ints("strides", ones), dilations = node.Ints("dilations", ones);
        long[] pads = node.Ints("pads", none), size = x.Shape[2..], taps = w.Shape[2..];
        long groups = node.Int("group", 1), filters = w.Shape[0], inGroup = w.Shape[1];
        Assert.Equal(x.Shape[1], inGroup * groups);
        Assert.Equal(taps, node.Ints("kernel_shape", taps));
        long[] result =
        [
            .. Enumerable.Range(0, axes).Select(i =>
                ((size[i] + pads[i] + pads[axes + i] - (dilations[i] * (taps[i] - 1)) - 1) / strides[i]) + 1),
        ];
        long[] shape = [x.Shape[0], filters, .. result];
        List<double> y = [];
        foreach (long[] at in OnnxReferenceOperators.Indices(shape))
        {
            double sum = b is null ? 0 : b.Data[at[1]];
            foreach (long[] k in OnnxReferenceOperators.Indices([inGroup, .. taps]))
            {
                long[] seen =
                    [.. size.Select((_, i) => (at[2 + i] * strides[i]) + (k[1 + i] * dilations[i]) - pads[i])];
                if (seen.Zip(size).Any(t => t.First < 0 || t.First >= t.Second))
                    continue;
                long channel = (at[1] / (filters / groups) * inGroup) + k[0];
                sum += w.Data[OnnxReferenceOperators.At([at[1], .. k], w.Shape)]
                    * x.Data[OnnxReferenceOperators.At([at[0], channel, .. seen], x.Shape)];
            }

            y.Add(sum);
        }

        return new OnnxValue(x.Type, shape, [.. y]);
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

    /// <summary>By the first row's cofactors.</summary>
    internal static OnnxValue Det(OnnxValue a)
    {
        int n = (int)a.Shape[^1];
        Assert.Equal(a.Shape[^2], a.Shape[^1]);
        return new OnnxValue(a.Type, a.Shape[..^2], [.. a.Data.Chunk(n * n).Select(m => Expand(m, n))]);

        static double Expand(double[] m, int n)
        {
            if (n == 1)
                return m[0];
            double sum = 0;
            for (int j = 0; j < n; j++)
            {
                int column = j;
                double[] minor = [.. m.Where((_, i) => i >= n && i % n != column)];
                sum += (j % 2 == 0 ? 1 : -1) * m[j] * Expand(minor, n - 1);
            }

            return sum;
        }
    }

    /// <summary>Sorted: the values, where each stands first, where each element went, and how many did.</summary>
    internal static OnnxValue[] Unique(OnnxNode node, OnnxValue a)
    {
        Assert.Equal(1L, node.Int("sorted", 1));
        bool slices = node.Attributes.ContainsKey("axis");
        int axis = (int)node.Int("axis", 0);
        long n = slices ? a.Shape[axis] : a.Data.Length;
        double[][] rows = [.. Enumerable.Range(0, (int)n).Select(i => slices
            ? OnnxReferenceOperators.Indices(a.Shape).Where(at => at[axis] == i)
                .Select(at => a.Data[OnnxReferenceOperators.At(at, a.Shape)]).ToArray()
            : [a.Data[i]])];
        static int Compare(double[] x, double[] y) =>
            x.Zip(y).Select(p => p.First.CompareTo(p.Second)).FirstOrDefault(c => c != 0);
        Comparer<double[]> comparer = Comparer<double[]>.Create(Compare);
        List<double[]> distinct = [];
        foreach (double[] row in rows.Order(comparer))
        {
            if (distinct.Count == 0 || Compare(distinct[^1], row) != 0)
                distinct.Add(row);
        }

        int Place(double[] row) => distinct.FindIndex(d => Compare(d, row) == 0);
        double[] first = [.. distinct.Select(d => (double)Array.FindIndex(rows, r => Compare(r, d) == 0))];
        OnnxValue Longs(IEnumerable<double> values) => new(OnnxValue.Int64, [values.Count()], [.. values]);
        long[] shape = (long[])a.Shape.Clone();
        if (slices)
            shape[axis] = distinct.Count;
        OnnxValue y = !slices
            ? new OnnxValue(a.Type, [distinct.Count], [.. distinct.Select(d => d[0])])
            : new OnnxValue(a.Type, shape, [.. OnnxReferenceOperators.Indices(shape).Select(at =>
            {
                at[axis] = (long)first[at[axis]];
                return a.Data[OnnxReferenceOperators.At(at, a.Shape)];
            })]);
        return
        [
            y, Longs(first), Longs(rows.Select(r => (double)Place(r))),
            Longs(distinct.Select(d => (double)rows.Count(r => Compare(r, d) == 0))),
        ];
    }
}
