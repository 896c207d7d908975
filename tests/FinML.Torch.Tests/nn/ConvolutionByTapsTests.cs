using F = FinML.Torch.torch.nn.functional;

namespace FinML.Torch.Tests.nn;

/// <summary>Convolutions of sequences of many channels, which have a path of their own, against the definition.
/// </summary>
public sealed class ConvolutionByTapsTests
{
    [Theory]
    [InlineData(9, 16, 16, 1, 20, 3, 1, 1)]
    [InlineData(2, 32, 64, 2, 33, 3, 8, 8)]   // groups
    [InlineData(3, 18, 17, 1, 40, 2, 0, 5)]   // no padding, sizes that fill no register
    [InlineData(1, 16, 16, 1, 2500, 3, 2, 2)] // several blocks of positions
    [InlineData(1, 16, 16, 1, 700, 2, 9, 300)] // of which the second input block lies past the output
    [InlineData(2, 16, 20, 1, 6, 3, 5, 5)]    // taps that reach further than the sequence
    [InlineData(2, 16, 20, 1, 4, 3, 8, 4)]    // positions that see nothing but zeros
    [InlineData(2, 16, 20, 1, 4, 3, 8, 8)]    // taps too far apart: as columns
    public void OutputAndGradientsEqualTheDefinition(
        int batch, int inChannels, int outChannels, int groups, int length, int taps, int padding, int dilation)
    {
        int inGroup = inChannels / groups, outGroup = outChannels / groups;
        int outLength = length + (2 * padding) - ((taps - 1) * dilation);
        double[] x = Noise(batch * inChannels * length, 1), weight = Noise(outChannels * inGroup * taps, 2);
        double[] bias = Noise(outChannels, 3), above = Noise(batch * outChannels * outLength, 4);
        double[] y = new double[above.Length], dx = new double[x.Length];
        double[] dWeight = new double[weight.Length], dBias = new double[bias.Length];
        for (int row = 0; row < batch * outChannels; row++)
        {
            int b = row / outChannels, o = row % outChannels, firstChannel = o / outGroup * inGroup;
            for (int p = 0; p < outLength; p++)
            {
                int to = (row * outLength) + p;
                y[to] = bias[o];
                dBias[o] += above[to];
                for (int i = 0; i < inGroup * taps; i++)
                {
                    int position = p + (i % taps * dilation) - padding;
                    if (position < 0 || position >= length)
                        continue;
                    int from = (((b * inChannels) + firstChannel + (i / taps)) * length) + position;
                    int w = (o * inGroup * taps) + i;
                    y[to] += weight[w] * x[from];
                    dx[from] += weight[w] * above[to];
                    dWeight[w] += x[from] * above[to];
                }
            }
        }

        foreach (ScalarType type in (ScalarType[])[ScalarType.Float64, ScalarType.Float32])
        {
            // Sums of up to 2500 products below one: their rounding errors grow like the root of the number.
            double tolerance = type == ScalarType.Float64 ? 1e-11 : 2e-4;
            Tensor input = Leaf(x, type, batch, inChannels, length);
            Tensor filter = Leaf(weight, type, outChannels, inGroup, taps);
            Tensor start = Leaf(bias, type, outChannels);
            Tensor output = F.conv1d(input, filter, start, padding: padding, dilation: dilation, groups: groups);
            output.backward([tensor(above).reshape(batch, outChannels, outLength).to(type)]);
            AssertClose(y, output.detach(), tolerance);
            AssertClose(dx, input.grad!, tolerance);
            AssertClose(dWeight, filter.grad!, tolerance);
            AssertClose(dBias, start.grad!, tolerance);
        }
    }

    private static Tensor Leaf(double[] values, ScalarType type, params long[] sizes) =>
        tensor(values).reshape(sizes).to(type).detach().requires_grad_();

    private static double[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    private static void AssertClose(double[] expected, Tensor actual, double tolerance)
    {
        double[] values = actual.to(ScalarType.Float64).reshape(-1).data<double>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - values[i]) < tolerance, $"Element {i}: {values[i]}, not {expected[i]}.");
    }
}
