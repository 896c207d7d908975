namespace FinML.Torch.Tests.Onnx;

/// <summary>LSTM, GRU and RNN of the reference evaluator: one direction, layout 0, the equations of the specification
/// with its default activations.</summary>
internal static class OnnxReferenceRecurrent
{
    internal static OnnxValue[] Run(OnnxNode node, OnnxValue?[] inputs)
    {
        OnnxValue x = inputs[0]!, w = inputs[1]!, r = inputs[2]!;
        OnnxValue? bias = inputs.ElementAtOrDefault(3), first = inputs.ElementAtOrDefault(5);
        OnnxValue? cell = inputs.ElementAtOrDefault(6);
        Assert.Null(inputs.ElementAtOrDefault(4));
        string direction = (string)node.Attributes.GetValueOrDefault("direction", "forward");
        Assert.Contains(direction, new[] { "forward", "reverse" });
        long steps = x.Shape[0], batch = x.Shape[1], features = x.Shape[2], hidden = node.Int("hidden_size", 0);
        long gates = node.Type switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
        Assert.Equal([1, gates * hidden, features], w.Shape);
        Assert.Equal([1, gates * hidden, hidden], r.Shape);
        Assert.Equal([1, 2 * gates * hidden], bias?.Shape ?? [1, 2 * gates * hidden]);
        Assert.Equal([1, batch, hidden], first?.Shape ?? [1, batch, hidden]);
        double[] h = first?.Data.ToArray() ?? new double[batch * hidden];
        double[] c = cell?.Data.ToArray() ?? new double[batch * hidden];
        double[] y = new double[steps * batch * hidden];
        for (long s = 0; s < steps; s++)
        {
            long t = direction == "forward" ? s : steps - 1 - s;
            double[] next = new double[h.Length];
            for (long n = 0; n < batch; n++)
            {
                double Input(long gate, long j)
                {
                    long row = (gate * hidden) + j;
                    double sum = bias?.Data[row] ?? 0;
                    for (long k = 0; k < features; k++)
                        sum += x.Data[(((t * batch) + n) * features) + k] * w.Data[(row * features) + k];
                    return sum;
                }

                double Hidden(long gate, long j)
                {
                    long row = (gate * hidden) + j;
                    double sum = bias?.Data[(gates * hidden) + row] ?? 0;
                    for (long k = 0; k < hidden; k++)
                        sum += h[(n * hidden) + k] * r.Data[(row * hidden) + k];
                    return sum;
                }

                double Gate(long gate, long j) => Input(gate, j) + Hidden(gate, j);

                for (long j = 0; j < hidden; j++)
                {
                    long at = (n * hidden) + j;
                    next[at] = node.Type switch
                    {
                        "LSTM" => Lstm(Gate(0, j), Gate(1, j), Gate(2, j), Gate(3, j), ref c[at]),
                        "GRU" => Gru(node, Gate(0, j), Gate(1, j), Input(2, j), Hidden(2, j), h[at]),
                        _ => node.Attributes.TryGetValue("activations", out object? names)
                            ? Named(((string[])names).Single(), Gate(0, j))
                            : Math.Tanh(Gate(0, j)),
                    };
                }
            }

            h = next;
            h.CopyTo(y, t * batch * hidden);
        }

        OnnxValue all = new(x.Type, [steps, 1, batch, hidden], y), last = new(x.Type, [1, batch, hidden], h);
        return node.Type == "LSTM" ? [all, last, new OnnxValue(x.Type, [1, batch, hidden], c)] : [all, last];
    }

    /// <summary>Ct = ft Ct-1 + it ct; Ht = ot h(Ct).</summary>
    private static double Lstm(double i, double o, double f, double z, ref double c)
    {
        c = (Sigmoid(f) * c) + (Sigmoid(i) * Math.Tanh(z));
        return Sigmoid(o) * Math.Tanh(c);
    }

    /// <summary>linear_before_reset: ht = g(Xt Wh' + rt (Ht-1 Rh' + Rbh) + Wbh); Ht = (1 - zt) ht + zt Ht-1.</summary>
    private static double Gru(OnnxNode node, double z, double r, double input, double hidden, double before)
    {
        Assert.Equal(1, node.Int("linear_before_reset", 0));
        double h = Math.Tanh(input + (Sigmoid(r) * hidden));
        return ((1 - Sigmoid(z)) * h) + (Sigmoid(z) * before);
    }

    private static double Named(string activation, double x) => activation switch
    {
        "Relu" => Math.Max(x, 0),
        "Tanh" => Math.Tanh(x),
        _ => throw new InvalidDataException($"activation {activation}"),
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
