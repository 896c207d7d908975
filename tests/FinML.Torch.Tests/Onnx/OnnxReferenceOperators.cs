namespace FinML.Torch.Tests.Onnx;

/// <summary>The operators of the reference evaluator.</summary>
internal static class OnnxReferenceOperators
{
    internal static OnnxValue[] Run(OnnxNode node, OnnxValue?[] x)
    {
        OnnxValue a = x[0]!;
        switch (node.Type)
        {
            case "LSTM" or "GRU" or "RNN": return OnnxReferenceRecurrent.Run(node, x);
            case "Conv": return [OnnxReferenceLayers.Conv(node, a, x[1]!, x.ElementAtOrDefault(2))];
            case "LayerNormalization": return [OnnxReferenceLayers.LayerNorm(node, a, x[1]!, x.ElementAtOrDefault(2))];
            case "Gemm": return [OnnxReferenceLayers.Gemm(node, a, x[1]!, x.ElementAtOrDefault(2))];
            case "Det": return [OnnxReferenceLayers.Det(a)];
            case "Unique": return OnnxReferenceLayers.Unique(node, a);
            case "MatMul": return [OnnxReferenceLayers.MatMul(a, x[1]!)];
            case "Identity": return [a];
            case "Cast": return [Cast(a, (int)node.Int("to", 0))];
            case "Where": return [Where(a, x[1]!, x[2]!)];
            case "Clip": return [Clip(a, x.ElementAtOrDefault(1), x.ElementAtOrDefault(2))];
            case "Concat": return [Concat(x, node.Int("axis", 0))];
            case "Pad": return [Pad(a, x[1]!, x.ElementAtOrDefault(2))];
            case "Slice": return [Slice(a, x)];
            case "Reshape": return [Reshape(a, x[1]!.Longs)];
            case "Squeeze": return [a with { Shape = [.. a.Shape.Where((_, i) => !x[1]!.Longs.Contains(i))] }];
            case "Unsqueeze": return [Unsqueeze(a, x[1]!.Longs)];
            case "Expand": return [Map(a, Broadcast(a.Shape, x[1]!.Longs))];
            case "Transpose": return [Transpose(a, node.Ints("perm", []))];
            case "Gather": return [Gather(a, x[1]!, (int)node.Int("axis", 0))];
            case "GatherElements": return [GatherElements(a, x[1]!, (int)node.Int("axis", 0))];
            case "ScatterElements": return [ScatterElements(node, a, x[1]!, x[2]!)];
            case "TopK": return TopK(node, a, x[1]!);
            case "Softmax": return [Softmax(a, Axis(node, a), logarithm: false)];
            case "LogSoftmax": return [Softmax(a, Axis(node, a), logarithm: true)];
            case "CumSum": return [CumSum(a, (int)x[1]!.Data[0])];
            case "ReduceSum": return [Reduce(a, x[1]!.Longs, node.Int("keepdims", 1), row => row.Sum())];
            case "ReduceProd":
                return
                [
                    Reduce(
                        a, node.Ints("axes", []), node.Int("keepdims", 1), row => row.Aggregate(1.0, (p, v) => p * v)),
                ];
            case "ReduceMax": return [Reduce(a, node.Ints("axes", []), node.Int("keepdims", 1), row => row.Max())];
            case "ReduceMin": return [Reduce(a, node.Ints("axes", []), node.Int("keepdims", 1), row => row.Min())];
            case "ArgMax": return [Position(node, a, row => Array.IndexOf(row, row.Max()))];
            case "ArgMin": return [Position(node, a, row => Array.IndexOf(row, row.Min()))];
            case "Mod": return [Binary(node.Int("fmod", 0) == 1 ? "fmod" : "Mod", a, x[1]!)];
            default: return [x.Length == 1 ? Unary(node.Type, a) : Binary(node.Type, a, x[1]!)];
        }
    }

    /// <summary>Position in a broadcast operand of the element at <paramref name="index"/>.</summary>
    internal static long At(long[] index, long[] shape)
    {
        long at = 0;
        for (int i = 0; i < shape.Length; i++)
            at = (at * shape[i]) + (shape[i] == 1 ? 0 : index[index.Length - shape.Length + i]);
        return at;
    }

    internal static long Count(IEnumerable<long> shape) => shape.Aggregate(1L, (a, b) => a * b);

    internal static IEnumerable<long[]> Indices(long[] shape)
    {
        for (long i = 0; i < Count(shape); i++)
        {
            long[] index = new long[shape.Length];
            long rest = i;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                index[axis] = rest % shape[axis];
                rest /= shape[axis];
            }

            yield return index;
        }
    }

    internal static long[] Broadcast(long[] a, long[] b)
    {
        long[] shape = new long[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= shape.Length; i++)
        {
            long x = i > a.Length ? 1 : a[^i], y = i > b.Length ? 1 : b[^i];
            Assert.True(x == y || x == 1 || y == 1, $"[{string.Join(", ", a)}] and [{string.Join(", ", b)}]");
            shape[^i] = x == 1 ? y : x;
        }

        return shape;
    }

    private static int Axis(OnnxNode node, OnnxValue a)
    {
        long axis = node.Int("axis", node.Type.StartsWith("Arg", StringComparison.Ordinal) ? 0 : -1);
        return (int)(axis < 0 ? axis + a.Rank : axis);
    }

    private static OnnxValue Make(int type, long[] shape, Func<long[], double> element) =>
        new(type, shape, [.. Indices(shape).Select(element)]);

    private static OnnxValue Map(OnnxValue a, long[] shape) => Make(a.Type, shape, i => a.Data[At(i, a.Shape)]);

    private static OnnxValue Unary(string type, OnnxValue a)
    {
        Assert.True(
            a.Type is OnnxValue.Float or OnnxValue.Double || type is "Abs" or "Sign" or "Not", $"{type} of {a.Type}");
        return a with
        {
            Data = Array.ConvertAll(a.Data, v => type switch
        {
            "Abs" => Math.Abs(v),
            "Acos" => Math.Acos(v),
            "Acosh" => Math.Acosh(v),
            "Asin" => Math.Asin(v),
            "Asinh" => Math.Asinh(v),
            "Atan" => Math.Atan(v),
            "Atanh" => Math.Atanh(v),
            "Ceil" => Math.Ceiling(v),
            "Cos" => Math.Cos(v),
            "Cosh" => Math.Cosh(v),
            "Erf" => Erf(v),
            "Exp" => Math.Exp(v),
            "Floor" => Math.Floor(v),
            "Log" => Math.Log(v),
            "Not" => v == 0 ? 1 : 0,
            "Reciprocal" => 1 / v,
            "Relu" => Math.Max(v, 0),
            "Round" => Math.Round(v, MidpointRounding.ToEven),
            "Sigmoid" => 1 / (1 + Math.Exp(-v)),
            "Sign" => double.IsNaN(v) ? v : Math.Sign(v),
            "Sin" => Math.Sin(v),
            "Sinh" => Math.Sinh(v),
            "Tan" => Math.Tan(v),
            "Softplus" => Math.Log(Math.Exp(v) + 1),
            "Sqrt" => Math.Sqrt(v),
            "Tanh" => Math.Tanh(v),
            _ => throw new InvalidDataException($"operator {type}"),
        })
        };
    }

    private static OnnxValue Binary(string type, OnnxValue a, OnnxValue b)
    {
        Assert.Equal(a.Type, b.Type);
        bool compares = type is "Equal" or "Less" or "LessOrEqual" or "Greater" or "GreaterOrEqual";
        double Apply(double x, double y) => type switch
        {
            "Add" => x + y,
            "Sub" => x - y,
            "Mul" => x * y,
            "Div" => a.Type is OnnxValue.Float or OnnxValue.Double ? x / y : Math.Truncate(x / y),
            "Pow" => Math.Pow(x, y),
            "Max" => Math.Max(x, y),
            "Min" => Math.Min(x, y),
            "Mod" when a.Type is OnnxValue.Int32 or OnnxValue.Int64 => x - (Math.Floor(x / y) * y),
            "fmod" => x % y,
            "Equal" => x == y ? 1 : 0,
            "Less" => x < y ? 1 : 0,
            "LessOrEqual" => x <= y ? 1 : 0,
            "Greater" => x > y ? 1 : 0,
            "GreaterOrEqual" => x >= y ? 1 : 0,
            _ => throw new InvalidDataException($"operator {type}"),
        };
        return Make(
            compares ? OnnxValue.Bool : a.Type, Broadcast(a.Shape, b.Shape),
            i => Apply(a.Data[At(i, a.Shape)], b.Data[At(i, b.Shape)]));
    }

    // Series below 3, continued fraction above: Abramowitz and Stegun 7.1.6 and 7.1.14.
    private static double Erf(double x)
    {
        double z = Math.Abs(x);
        if (z < 3)
        {
            double term = z, sum = z;
            for (int n = 1; n < 100; n++)
            {
                term *= 2 * z * z / ((2 * n) + 1);
                sum += term;
            }

            return Math.Sign(x) * 2 / Math.Sqrt(Math.PI) * Math.Exp(-z * z) * sum;
        }

        double fraction = z;
        for (int n = 60; n > 0; n--)
            fraction = z + (n / 2.0 / fraction);
        return Math.Sign(x) * (1 - (Math.Exp(-z * z) / Math.Sqrt(Math.PI) / fraction));
    }

    private static OnnxValue Cast(OnnxValue a, int type) => new(type, a.Shape, Array.ConvertAll(a.Data, v => type switch
    {
        OnnxValue.Bool => v != 0 ? 1 : 0,
        OnnxValue.Int32 or OnnxValue.Int64 => Math.Truncate(v),
        _ => v,
    }));

    private static OnnxValue Where(OnnxValue condition, OnnxValue a, OnnxValue b)
    {
        Assert.Equal(OnnxValue.Bool, condition.Type);
        Assert.Equal(a.Type, b.Type);
        return Make(
            a.Type, Broadcast(Broadcast(condition.Shape, a.Shape), b.Shape),
            i => condition.Data[At(i, condition.Shape)] != 0 ? a.Data[At(i, a.Shape)] : b.Data[At(i, b.Shape)]);
    }

    private static OnnxValue Clip(OnnxValue a, OnnxValue? low, OnnxValue? high)
    {
        Assert.True((low is null || low.Type == a.Type) && (high is null || high.Type == a.Type));
        return a with
        {
            Data = Array.ConvertAll(a.Data, v =>
            Math.Min(Math.Max(v, low?.Data[0] ?? double.NegativeInfinity), high?.Data[0] ?? double.PositiveInfinity))
        };
    }

    private static OnnxValue Concat(OnnxValue?[] parts, long axis)
    {
        long[] shape = (long[])parts[0]!.Shape.Clone();
        shape[axis] = parts.Sum(p => p!.Shape[axis]);
        Assert.All(parts, p => Assert.Equal(parts[0]!.Type, p!.Type));
        return Make(parts[0]!.Type, shape, i =>
        {
            long[] index = (long[])i.Clone();
            foreach (OnnxValue? part in parts)
            {
                if (index[axis] < part!.Shape[axis])
                    return part.Data[At(index, part.Shape)];
                index[axis] -= part.Shape[axis];
            }

            throw new InvalidDataException("Concat");
        });
    }

    private static OnnxValue Pad(OnnxValue a, OnnxValue pads, OnnxValue? value)
    {
        long[] p = pads.Longs;
        return Make(a.Type, [.. a.Shape.Select((s, i) => s + p[i] + p[a.Rank + i])], index =>
        {
            long[] from = [.. index.Select((v, i) => v - p[i])];
            bool inside = from.Zip(a.Shape).All(t => t.First >= 0 && t.First < t.Second);
            return inside ? a.Data[At(from, a.Shape)] : value?.Data[0] ?? 0;
        });
    }

    private static OnnxValue Slice(OnnxValue a, OnnxValue?[] x)
    {
        long[] starts = x[1]!.Longs, ends = x[2]!.Longs;
        long[] axes = x.ElementAtOrDefault(3)?.Longs ?? [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        long[] steps = x.ElementAtOrDefault(4)?.Longs ?? [.. axes.Select(_ => 1L)];
        long[] first = new long[a.Rank], step = [.. a.Shape.Select(_ => 1L)], shape = (long[])a.Shape.Clone();
        for (int i = 0; i < axes.Length; i++)
        {
            long n = a.Shape[axes[i]], s = steps[i];
            long start = starts[i] < 0 ? starts[i] + n : starts[i], end = ends[i] < 0 ? ends[i] + n : ends[i];
            start = s > 0 ? Math.Clamp(start, 0, n) : Math.Clamp(start, 0, n - 1);
            end = s > 0 ? Math.Clamp(end, 0, n) : Math.Clamp(end, -1, n - 1);
            (first[axes[i]], step[axes[i]]) = (start, s);
            shape[axes[i]] = Math.Max(0, (long)Math.Ceiling((end - start) / (double)s));
        }

        return Make(a.Type, shape, i => a.Data[At([.. i.Select((v, k) => first[k] + (v * step[k]))], a.Shape)]);
    }

    private static OnnxValue Reshape(OnnxValue a, long[] wanted)
    {
        long[] shape = [.. wanted.Select((s, i) => s == 0 ? a.Shape[i] : s)];
        long rest = Count(shape.Where(s => s != -1));
        shape = [.. shape.Select(s => s == -1 ? a.Data.Length / rest : s)];
        Assert.Equal(a.Data.Length, Count(shape));
        return a with { Shape = shape };
    }

    private static OnnxValue Unsqueeze(OnnxValue a, long[] axes)
    {
        List<long> shape = [.. a.Shape];
        foreach (long axis in axes.Order())
            shape.Insert((int)axis, 1);
        return a with { Shape = [.. shape] };
    }

    private static OnnxValue Transpose(OnnxValue a, long[] perm)
    {
        Assert.Equal(Enumerable.Range(0, a.Rank).Select(i => (long)i), perm.Order());
        return Make(a.Type, [.. perm.Select(p => a.Shape[p])], i =>
        {
            long[] from = new long[a.Rank];
            for (int k = 0; k < from.Length; k++)
                from[perm[k]] = i[k];
            return a.Data[At(from, a.Shape)];
        });
    }

    private static OnnxValue Gather(OnnxValue a, OnnxValue index, int axis)
    {
        Assert.Equal(OnnxValue.Int64, index.Type);
        return Make(a.Type, [.. a.Shape[..axis], .. index.Shape, .. a.Shape[(axis + 1)..]], i =>
        {
            long position = (long)index.Data[At(i[axis..(axis + index.Rank)], index.Shape)];
            position = position < 0 ? position + a.Shape[axis] : position;
            return a.Data[At([.. i[..axis], position, .. i[(axis + index.Rank)..]], a.Shape)];
        });
    }

    private static OnnxValue GatherElements(OnnxValue a, OnnxValue index, int axis) => Make(a.Type, index.Shape, i =>
    {
        long[] from = (long[])i.Clone();
        from[axis] = (long)index.Data[At(i, index.Shape)];
        return a.Data[At(from, a.Shape)];
    });

    private static OnnxValue ScatterElements(OnnxNode node, OnnxValue a, OnnxValue index, OnnxValue updates)
    {
        Assert.Equal(index.Shape, updates.Shape);
        Assert.Equal(a.Type, updates.Type);
        int axis = (int)node.Int("axis", 0);
        bool add = node.Attributes.TryGetValue("reduction", out object? reduction) && (string)reduction == "add";
        double[] data = (double[])a.Data.Clone();
        foreach (long[] i in Indices(index.Shape))
        {
            long[] to = (long[])i.Clone();
            to[axis] = (long)index.Data[At(i, index.Shape)];
            double value = updates.Data[At(i, index.Shape)];
            data[At(to, a.Shape)] = add ? data[At(to, a.Shape)] + value : value;
        }

        return a with { Data = data };
    }

    // Values and indices; of equal elements the lower index comes first.
    private static OnnxValue[] TopK(OnnxNode node, OnnxValue a, OnnxValue k)
    {
        Assert.Equal([1L], k.Shape);
        int axis = Axis(node, a);
        long[] shape = (long[])a.Shape.Clone();
        shape[axis] = k.Longs[0];
        double sign = node.Int("largest", 1) == 1 ? -1 : 1;
        OnnxValue indices = Make(OnnxValue.Int64, shape, i =>
        {
            long[] from = (long[])i.Clone();
            double At(long j)
            {
                from[axis] = j;
                return sign * a.Data[OnnxReferenceOperators.At(from, a.Shape)];
            }

            return Enumerable.Range(0, (int)a.Shape[axis]).OrderBy(j => At(j)).ElementAt((int)i[axis]);
        });
        return [GatherElements(a, indices, axis), indices];
    }

    private static OnnxValue Reduce(OnnxValue a, long[] axes, long keep, Func<double[], double> function)
    {
        long[] kept = [.. a.Shape.Select((s, i) => axes.Contains(i) ? 1 : s)];
        long[] reduced = [.. a.Shape.Select((s, i) => axes.Contains(i) ? s : 1)];
        OnnxValue result = Make(a.Type, kept, i => function(
            [.. Indices(reduced).Select(r => a.Data[At([.. i.Zip(r, (x, y) => x + y)], a.Shape)])]));
        return keep == 1 ? result : result with { Shape = [.. a.Shape.Where((_, i) => !axes.Contains(i))] };
    }

    private static OnnxValue Position(OnnxNode node, OnnxValue a, Func<double[], double> function) =>
        Reduce(a, [Axis(node, a)], node.Int("keepdims", 1), function) with { Type = OnnxValue.Int64 };

    private static OnnxValue Softmax(OnnxValue a, int axis, bool logarithm)
    {
        OnnxValue top = Reduce(a, [axis], 1, row => row.Max());
        OnnxValue shifted = Binary("Sub", a, top);
        OnnxValue total = Reduce(Unary("Exp", shifted), [axis], 1, row => row.Sum());
        return logarithm ? Binary("Sub", shifted, Unary("Log", total)) : Binary("Div", Unary("Exp", shifted), total);
    }

    private static OnnxValue CumSum(OnnxValue a, int axis) => Make(a.Type, a.Shape, i =>
    {
        double sum = 0;
        long[] from = (long[])i.Clone();
        for (from[axis] = 0; from[axis] <= i[axis]; from[axis]++)
            sum += a.Data[At(from, a.Shape)];
        return sum;
    });
}
