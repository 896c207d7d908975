using FinML.Torch.Kernels;

namespace FinML.Torch.Tests.Kernels;

/// <summary>The inference kernel of recurrent layers beside the formulas in double precision.</summary>
public class RecurrentInferenceTests
{
    [Theory]
    [InlineData(RecurrentFormula.Lstm, 4, 3, 1, 5, 7, false)]
    [InlineData(RecurrentFormula.Lstm, 4, 2, 3, 5, 16, true)]
    [InlineData(RecurrentFormula.Gru, 3, 3, 1, 5, 7, false)]
    [InlineData(RecurrentFormula.Gru, 3, 4, 3, 2, 33, true)]
    [InlineData(RecurrentFormula.Gru, 3, 1, 1, 2, 16, false)]
    [InlineData(RecurrentFormula.Tanh, 1, 3, 2, 5, 7, true)]
    [InlineData(RecurrentFormula.Relu, 1, 3, 1, 5, 7, false)]
    [InlineData(RecurrentFormula.Relu, 1, 0, 2, 5, 7, false)]
    internal void EqualsTheFormula(
        RecurrentFormula formula, int gates, int steps, int batch, int features, int hidden, bool reverse)
    {
        Random random = new(gates + steps + hidden);
        float[] Draw(int n) => Enumerable.Range(0, n).Select(_ => random.NextSingle() - 0.5f).ToArray();
        int width = gates * hidden;
        float[] wx = Draw(width * features), wh = Draw(width * hidden), bx = Draw(width), bh = Draw(width);
        float[] x = Draw(steps * batch * features), h0 = Draw(batch * hidden), c0 = Draw(batch * hidden);
        RecurrentInference layer = new(formula, features, hidden, wx, wh, bx, bh);
        float[] output = new float[steps * batch * hidden], h = new float[h0.Length], c = (float[])c0.Clone();
        layer.Run(steps, batch, reverse, x, h0, output, h, c, new float[layer.ScratchLength(steps, batch)]);

        double[] state = [.. h0.Select(v => (double)v)], cell = [.. c0.Select(v => (double)v)];
        for (int s = 0; s < steps; s++)
        {
            int t = reverse ? steps - 1 - s : s;
            double[] next = new double[state.Length];
            for (int b = 0; b < batch; b++)
            {
                double[] zx = Product(wx, bx, x[(((t * batch) + b) * features)..][..features].Select(v => (double)v));
                double[] zh = Product(wh, bh, state[(b * hidden)..][..hidden]);
                for (int j = 0; j < hidden; j++)
                    next[(b * hidden) + j] = Cell(zx, zh, j, state[(b * hidden) + j], ref cell[(b * hidden) + j]);
            }

            state = next;
            AssertClose(state, output.AsSpan(t * batch * hidden, batch * hidden));
        }

        AssertClose(state, h);
        AssertClose(cell, c);

        double Cell(double[] zx, double[] zh, int j, double before, ref double memory)
        {
            double Z(int gate) => zx[(gate * hidden) + j] + zh[(gate * hidden) + j];
            switch (formula)
            {
                case RecurrentFormula.Lstm:
                    memory = (Sigmoid(Z(1)) * memory) + (Sigmoid(Z(0)) * Math.Tanh(Z(2)));
                    return Sigmoid(Z(3)) * Math.Tanh(memory);
                case RecurrentFormula.Gru:
                    double n = Math.Tanh(zx[(2 * hidden) + j] + (Sigmoid(Z(0)) * zh[(2 * hidden) + j]));
                    return ((1 - Sigmoid(Z(1))) * n) + (Sigmoid(Z(1)) * before);
                case RecurrentFormula.Tanh:
                    return Math.Tanh(Z(0));
                default:
                    return Math.Max(Z(0), 0);
            }
        }
    }

    private static double[] Product(float[] weight, float[] bias, IEnumerable<double> x)
    {
        double[] v = [.. x];
        return [.. bias.Select((b, i) => b + v.Select((value, k) => value * weight[(i * v.Length) + k]).Sum())];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5); // a few hundred float32 roundings of numbers near 1
    }
}
