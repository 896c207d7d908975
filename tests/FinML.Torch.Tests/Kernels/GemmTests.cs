using FinML.Torch.Kernels;

namespace FinML.Torch.Tests.Kernels;

public sealed class GemmTests
{
    public static TheoryData<int, int, int> Shapes()
    {
        var data = new TheoryData<int, int, int>();
        foreach (int m in new[] { 1, 2, 3, 5, 11, 16, 17, 23, 64 })
        {
            foreach (int n in new[] { 1, 3, 4, 5, 15, 16, 17, 31, 32, 33, 64, 100 })
            {
                foreach (int k in new[] { 1, 7, 64, 300 })
                    data.Add(m, n, k);
            }
        }

        data.Add(49, 700, 520); // more than one block in k and n, and packed because A is tall
        data.Add(64, 512, 257);
        data.Add(300, 140, 530); // rows of A are packed in either layout
        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void EqualsTheNaiveProductInEveryLayout(int m, int n, int k)
    {
        foreach (bool transposeA in new[] { false, true })
        {
            foreach (bool transposeB in new[] { false, true })
            {
                foreach (bool accumulate in new[] { false, true })
                    CheckBoth(m, n, k, transposeA, transposeB, accumulate);
            }
        }
    }

    [Fact]
    public void ReadsThroughAnyStridesAndLeavesThePaddingOfC()
    {
        const int m = 19, n = 37, k = 23, stride = 50;
        float[] a = Values(m * k * 6, 1), b = Values(k * n * 6, 2), c = Values(m * stride, 3);
        float[] before = (float[])c.Clone();
        Gemm.Multiply(m, n, k, a, 3 * k, 2, b, 2, 2 * k, c, stride, accumulate: false);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < stride; j++)
            {
                double expected = before[(i * stride) + j];
                for (int p = 0; j < n && p < k; p++)
                    expected = (p == 0 ? 0 : expected) + ((double)a[(i * 3 * k) + (2 * p)] * b[(p * 2) + (j * 2 * k)]);
                Assert.Equal(expected, c[(i * stride) + j], 1e-5);
            }
        }
    }

    [Fact]
    public void TheBitsOfARowDoNotDependOnTheOtherRows()
    {
        const int n = 45, k = 333;
        float[] a = Values(64 * k, 4), b = Values(n * k, 5);
        float[] all = new float[64 * n];
        Gemm.Multiply(64, n, k, a, k, 1, b, 1, k, all, n, accumulate: false);
        for (int rows = 1; rows <= 20; rows++)
        {
            float[] some = new float[rows * n];
            Gemm.Multiply(rows, n, k, a, k, 1, b, 1, k, some, n, accumulate: false);
            Assert.Equal(all.AsSpan(0, rows * n).ToArray(), some);
        }
    }

    [Fact]
    public void TheBitsDoNotDependOnTheWidthOfTheVectorUnit()
    {
        const int m = 29, n = 83, k = 270;
        float[] a = Values(m * k, 6), b = Values(n * k, 7);
        float[] c512 = new float[m * n], c256 = new float[m * n], c128 = new float[m * n];
        Gemm.MultiplyAtWidth(512, m, n, k, a, b, c512);
        Gemm.MultiplyAtWidth(256, m, n, k, a, b, c256);
        Gemm.MultiplyAtWidth(128, m, n, k, a, b, c128);
        Assert.Equal(c512, c256);
        Assert.Equal(c512, c128);
    }

    [Fact]
    public void AnEmptyInnerSizeGivesZeroOrC()
    {
        float[] c = [1, 2, 3, 4];
        Gemm.Multiply(2, 2, 0, [], 0, 1, [], 2, 1, c, 2, accumulate: true);
        Assert.Equal([1f, 2f, 3f, 4f], c);
        Gemm.Multiply(2, 2, 0, [], 0, 1, [], 2, 1, c, 2, accumulate: false);
        Assert.Equal([0f, 0f, 0f, 0f], c);
    }

    [Fact]
    public void RefusesSpansThatAreTooShort()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => Gemm.Multiply(2, 3, 4, new float[8], 4, 1, new float[11], 3, 1, new float[6], 3, false));
        Assert.Contains("needs 8, 12 and 6 elements; the spans have 8, 11 and 6", error.Message);
    }

    private static void CheckBoth(int m, int n, int k, bool transposeA, bool transposeB, bool accumulate)
    {
        float[] a = Values(m * k, 8), b = Values(k * n, 9), c = Values(m * n, 10);
        (int ar, int ac) = transposeA ? (1, m) : (k, 1);
        (int br, int bc) = transposeB ? (1, k) : (n, 1);
        double[] ad = Array.ConvertAll(a, x => (double)x), bd = Array.ConvertAll(b, x => (double)x);
        double[] cd = Array.ConvertAll(c, x => (double)x), expected = new double[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = accumulate ? c[(i * n) + j] : 0;
                for (int p = 0; p < k; p++)
                    sum += ad[(i * ar) + (p * ac)] * bd[(p * br) + (j * bc)];
                expected[(i * n) + j] = sum;
            }
        }

        Gemm.Multiply(m, n, k, a, ar, ac, b, br, bc, c, n, accumulate);
        Gemm.Multiply(m, n, k, ad, ar, ac, bd, br, bc, cd, n, accumulate);
        for (int i = 0; i < m * n; i++)
        {
            // |error| <= k u |a||b| with entries in [-1, 1]; the random signs leave it far below that.
            Assert.True(Math.Abs(expected[i] - c[i]) <= 1e-7 * (k + 8), $"float {m}x{n}x{k} at {i}");
            Assert.True(Math.Abs(expected[i] - cd[i]) <= 1e-15 * (k + 8), $"double {m}x{n}x{k} at {i}");
        }
    }

    private static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (float)((2 * random.NextDouble()) - 1);
        return values;
    }
}
