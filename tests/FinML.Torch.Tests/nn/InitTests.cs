using static FinML.Torch.Tests.nn.NnGolden;

namespace FinML.Torch.Tests.nn;

public sealed class InitTests
{
    [Theory]
    [InlineData(5, 5)]
    [InlineData(3, 7)]
    [InlineData(7, 3)]
    [InlineData(64, 64)]
    public void OrthogonalIsOrthogonal(long rows, long columns)
    {
        Tensor w = torch.nn.init.orthogonal_(empty([rows, columns], float64), 1.5, new Generator(3));
        Tensor product = rows <= columns ? w.mm(w.t()) : w.t().mm(w);
        double[] expected = Values(eye(Math.Min(rows, columns), dtype: float64) * 2.25);
        double[] actual = Values(product);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-13);
    }

    [Fact]
    public void SameSeedSameBits()
    {
        Assert.Equal(Draw(5), Draw(5));
        Assert.NotEqual(Draw(5), Draw(6));
        static double[] Draw(ulong seed) =>
            Values(torch.nn.init.orthogonal_(empty([8, 4]), generator: new Generator(seed)));
    }

    [Fact]
    public void SpreadsAreThoseOfThePapers()
    {
        // 20,000 draws: the standard error of the mean is sd / 141, that of the variance about var / 100.
        Check(w => torch.nn.init.xavier_uniform_(w, 2, new Generator(1)), 4 * 2.0 / 300);
        Check(w => torch.nn.init.xavier_normal_(w, 2, new Generator(2)), 4 * 2.0 / 300);
        Check(w => torch.nn.init.kaiming_uniform_(w, 0, generator: new Generator(3)), 2.0 / 100);
        Check(w => torch.nn.init.kaiming_normal_(
            w, 0, torch.nn.init.FanInOut.FanOut, torch.nn.init.NonlinearityType.ReLU, new Generator(4)), 2.0 / 200);
        Check(w => torch.nn.init.kaiming_uniform_(w, Math.Sqrt(5), generator: new Generator(5)), 1.0 / 300);
        static void Check(Func<Tensor, Tensor> init, double variance)
        {
            double[] x = Values(init(empty([200, 100])));
            double mean = x.Average();
            Assert.Equal(0, mean, 5 * Math.Sqrt(variance) / 141);
            Assert.Equal(1, x.Select(v => (v - mean) * (v - mean)).Average() / variance, 0.05);
        }
    }

    [Fact]
    public void RefusesWhatHasNoFan()
    {
        Assert.Contains("two axes", Assert.Throws<ArgumentException>(
            () => torch.nn.init.xavier_uniform_(empty([3]))).Message);
        Assert.Contains("two axes", Assert.Throws<ArgumentException>(
            () => torch.nn.init.orthogonal_(empty([3]))).Message);
        Assert.Throws<ArgumentException>(() => torch.nn.init.uniform_(empty([3]), 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => torch.nn.init.normal_(empty([3]), 0, -1));
    }

    [Fact]
    public void ConstantsAndDefaults()
    {
        Assert.All(Values(torch.nn.init.constant_(empty([5]), 2.5)), v => Assert.Equal(2.5, v));
        Modules.Linear layer = torch.nn.Linear(16, 100, generator: new Generator(1));
        Assert.All(Values(layer.weight), v => Assert.InRange(v, -0.25, 0.25));
        Assert.True(Values(layer.weight).Max() > 0.24);
    }
}
