using FinML.Torch.Kernels;

namespace FinML.Torch.Tests.Kernels;

public sealed class VectorMathTests
{
    private delegate void Function(ReadOnlySpan<float> x, Span<float> y);

    [Fact]
    public void ExpIsWithinTwoUlp() => CheckUlp(VectorMath.Exp, Math.Exp, -10, 10, 2);

    [Fact]
    public void ExpIsWithinTwoUlpOverTheWholeRange() => CheckUlp(VectorMath.Exp, Math.Exp, -87, 88.7, 2);

    [Fact]
    public void TanhIsWithinTwoUlp() => CheckUlp(VectorMath.Tanh, Math.Tanh, -10, 10, 2);

    [Fact]
    public void TanhIsWithinTwoUlpNearZero() => CheckUlp(VectorMath.Tanh, Math.Tanh, -1e-3, 1e-3, 2);

    [Fact]
    public void SigmoidIsWithinThreeUlp() => CheckUlp(VectorMath.Sigmoid, VectorMath.Sigmoid, -10, 10, 3);

    [Fact]
    public void LogIsWithinTwoUlp()
    {
        CheckUlp(VectorMath.Log, Math.Log, 1e-6, 10, 2);
        CheckUlp(VectorMath.Log, Math.Log, 1e-38, 1e-37, 2);
        CheckUlp(VectorMath.Log, Math.Log, 10, 3e38, 2);
    }

    [Fact]
    public void SpecialValues()
    {
        const float inf = float.PositiveInfinity, nan = float.NaN, tiny = float.Epsilon;
        Check(
            VectorMath.Exp, [inf, -inf, nan, 0, -0f, 89, 1000, -104, -1000, tiny],
            [inf, 0, nan, 1, 1, inf, inf, 0, 0, 1]);
        Check(VectorMath.Exp, [-100f], [(float)Math.Exp(-100)]);
        Check(
            VectorMath.Log, [inf, -inf, nan, 0, -0f, 1, -1, tiny],
            [inf, nan, nan, -inf, -inf, 0, nan, MathF.Log(tiny)]);
        Check(VectorMath.Tanh, [inf, -inf, nan, 0, 50, -50, tiny, -tiny], [1, -1, nan, 0, 1, -1, tiny, -tiny]);
        Check(VectorMath.Sigmoid, [inf, -inf, nan, 0, 100, -100], [1, 0, nan, .5f, 1, (float)Math.Exp(-100)]);
        float[] zero = [-0f];
        VectorMath.Tanh(zero, zero);
        Assert.True(float.IsNegative(zero[0]));
    }

    [Fact]
    public void AnElementsBitsDoNotDependOnItsPlace()
    {
        foreach (Function f in new Function[] { VectorMath.Exp, VectorMath.Log, VectorMath.Tanh, VectorMath.Sigmoid })
        {
            float[] x = new float[53], all = new float[53], one = new float[1];
            for (int i = 0; i < x.Length; i++)
                x[i] = .1f + (i * .37f);
            f(x, all);
            for (int i = 0; i < x.Length; i++)
            {
                f(x.AsSpan(i, 1), one);
                Assert.Equal(all[i], one[0]);
            }
        }
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 64)]
    [InlineData(7, 75)]
    [InlineData(9, 150)]
    public void RowsAddUpInOrder(int rows, int columns)
    {
        float[] x = new float[rows * columns], sum = new float[columns], expected = new float[columns];
        for (int i = 0; i < x.Length; i++)
            x[i] = MathF.Sin(i) * 3;
        for (int j = 0; j < columns; j++)
            sum[j] = expected[j] = j;
        for (int i = 0; i < x.Length; i++)
            expected[i % columns] += x[i];
        VectorSum.AddRows<float>(x, sum);
        Assert.Equal(expected, sum);
    }

    [Fact]
    public void SumsAreRightAndAccurate()
    {
        foreach (int n in new[] { 0, 1, 15, 16, 31, 33, 4095, 4096, 4097, 100_000 })
        {
            float[] x = new float[n];
            double sum = 0, squares = 0;
            for (int i = 0; i < n; i++)
            {
                x[i] = 1f + (i % 7 * .01f);
                sum += x[i];
                squares += (double)x[i] * x[i];
            }

            Assert.Equal(sum, VectorSum.Sum(x), 1e-6 * (sum + 1));
            Assert.Equal(squares, VectorSum.SumOfSquares(x), 1e-6 * (squares + 1));
            double[] xd = Array.ConvertAll(x, v => (double)v);
            Assert.Equal(sum, VectorSum.Sum(xd), 1e-13 * (sum + 1));
            Assert.Equal(squares, VectorSum.SumOfSquares(xd), 1e-12 * (squares + 1));
        }
    }

    private static void Check(Function f, float[] x, float[] expected)
    {
        float[] y = new float[x.Length];
        f(x, y);
        for (int i = 0; i < x.Length; i++)
        {
            bool near = Math.Abs(y[i] - expected[i]) <= 4e-7f * Math.Abs(expected[i]);
            Assert.True(y[i].Equals(expected[i]) || near, $"f({x[i]:g9}) = {y[i]:g9}, expected {expected[i]:g9}");
        }
    }

    private static void CheckUlp(Function f, Func<double, double> exact, double low, double high, double limit)
    {
        const int n = 200_003;
        float[] x = new float[n], y = new float[n];
        for (int i = 0; i < n; i++)
            x[i] = (float)(low + ((high - low) * i / (n - 1)));
        f(x, y);
        double worst = 0, at = 0;
        for (int i = 0; i < n; i++)
        {
            double expected = exact(x[i]);
            float size = (float)Math.Abs(expected);
            double ulp = Math.Max(MathF.BitIncrement(size) - size, float.Epsilon);
            double error = Math.Abs(y[i] - expected) / ulp;
            if (error > worst || double.IsNaN(error))
                (worst, at) = (error, x[i]);
        }

        Assert.True(worst <= limit, $"{worst:g4} ulp at {at:g9}, limit {limit}");
    }
}
