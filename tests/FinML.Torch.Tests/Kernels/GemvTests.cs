using FinML.Torch.Kernels;

namespace FinML.Torch.Tests.Kernels;

/// <summary>The product with a vector: the bits of Gemm's chain at every register width.</summary>
public class GemvTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 64)]
    [InlineData(16, 5)]
    [InlineData(64, 64)]
    [InlineData(112, 33)]
    [InlineData(128, 7)]
    [InlineData(257, 300)]
    public void EveryWidthGivesOneChainPerRow(int rows, int columns)
    {
        Random random = new((rows * 1000) + columns);
        float[] Draw(int n) => Enumerable.Range(0, n).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
        float[] weight = Draw(rows * columns), x = Draw(columns), start = Draw(rows);
        float[] expected = (float[])start.Clone(), fromZero = new float[rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                expected[i] = MathF.FusedMultiplyAdd(x[j], weight[(i * columns) + j], expected[i]);
                fromZero[i] = MathF.FusedMultiplyAdd(x[j], weight[(i * columns) + j], fromZero[i]);
            }
        }

        PackedMatrix packed = new(rows, columns, weight);
        foreach (int bits in new[] { 128, 256, 512 })
        {
            float[] y = new float[rows];
            GemvKernel.MultiplyAtWidth(bits, packed, x, start, y);
            Assert.Equal(expected, y);
            GemvKernel.MultiplyAtWidth(bits, packed, x, [], y);
            Assert.Equal(fromZero, y);
        }

        GemvKernel.Multiply(packed, x, start, start); // in place
        Assert.Equal(expected, start);
    }

    [Fact]
    public void WrongLengthsAreRefused() =>
        Assert.Throws<ArgumentException>(() =>
            GemvKernel.Multiply(new PackedMatrix(2, 2, new float[4]), new float[1], [], new float[2]));
}
