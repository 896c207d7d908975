namespace FinML.Torch.Tests.Generators;

public class GeneratorTests
{
    [Fact]
    public void SameSeedSameBits()
    {
        Assert.Equal(Bits(7), Bits(7));
        Assert.NotEqual(Bits(7), Bits(8));
    }

    [Fact]
    public void StateResumesBitByBit()
    {
        Generator generator = new(3);
        torch.randn(5, generator: generator);
        Tensor state = generator.get_state();
        float[] next = torch.randn(7, generator: generator).data<float>().ToArray();
        Generator other = new(99);
        other.set_state(state);
        Assert.Equal(next, torch.randn(7, generator: other).data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => other.set_state(torch.zeros(2)));
    }

    [Fact]
    public void ALongerDrawBeginsLikeAShorterOne() => Assert.Equal(
        torch.rand(5, generator: new Generator(4)).data<float>().ToArray(),
        torch.rand(50, generator: new Generator(4))[..5].data<float>().ToArray());

    // Standard errors at n = 200,000: mean 1/sqrt(n) = 0.0022, variance sqrt(2/n) = 0.0032; five of them are allowed.
    [Theory]
    [InlineData(float32)]
    [InlineData(float64)]
    public void NormalHasItsMoments(ScalarType type)
    {
        Tensor x = torch.randn([200_000], type, generator: new Generator(1)).to(float64);
        Assert.InRange(x.mean().ToDouble(), -0.011, 0.011);
        Assert.InRange(x.var().ToDouble(), 0.984, 1.016);
        Assert.InRange(x.pow(4).mean().ToDouble(), 2.9, 3.1);
        Assert.True(x.isfinite().all().ToBoolean());
    }

    [Fact]
    public void UniformFillsItsInterval()
    {
        Tensor x = torch.empty(100_000).uniform_(-2, 3, new Generator(2));
        Assert.InRange(x.min().ToSingle(), -2f, -1.99f);
        Assert.InRange(x.max().ToSingle(), 2.99f, 3f);
        Assert.InRange(x.mean().ToDouble(), 0.47, 0.53);
    }

    [Fact]
    public void PermutationsHoldEachNumberOnce()
    {
        Tensor x = torch.randperm(100, generator: new Generator(5));
        Assert.NotEqual(torch.arange(100).data<long>().ToArray(), x.data<long>().ToArray());
        Assert.Equal(torch.arange(100).data<long>().ToArray(), x.sort().Values.data<long>().ToArray());
        Assert.Equal(0, torch.randperm(0).numel());
    }

    [Fact]
    public void MultinomialFollowsItsWeights()
    {
        Tensor weights = torch.tensor([1.0, 0.0, 3.0]);
        Tensor draws = weights.multinomial(40_000, replacement: true, new Generator(6));
        Assert.Equal(0, draws.eq(1).sum().ToInt64());
        Assert.InRange(draws.eq(2).sum().ToInt64() / 40_000.0, 0.739, 0.761); // 0.75 +- 5 standard errors
        Assert.Equal([0L, 2], weights.multinomial(2, false, new Generator(7)).sort().Values.data<long>().ToArray());
    }

    [Fact]
    public void IntegersAreEvenlySpread()
    {
        Tensor draws = torch.randint(-3, 7, [50_000], generator: new Generator(8));
        Assert.Equal(-3, draws.min().ToInt64());
        Assert.Equal(6, draws.max().ToInt64());
        Assert.InRange(draws.eq(0).sum().ToInt64(), 4_660, 5_340); // 5,000 +- 5 standard deviations of 67
    }

    private static float[] Bits(ulong seed)
    {
        Generator generator = new(seed);
        return [
            .. torch.rand(33, generator: generator).data<float>().ToArray(),
            .. torch.randn(9, generator: generator).data<float>().ToArray()];
    }
}
