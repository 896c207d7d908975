using FinML.Data;
using FinML.Markets;

namespace FinML.Agents.Tests.Policies;

public sealed class DistributionTests
{
    [Fact]
    public void CategoricalByHand()
    {
        // π = (.5, .25, .25)
        float[] logits = [MathF.Log(2), 0, 0];
        var distribution = new Categorical(3);
        Tensor output = tensor(logits, [1, 3]);
        Assert.Equal(
            Math.Log(.25), distribution.LogProbability(output, tensor(new float[] { 2 }, [1, 1])).item<float>(), 6);
        Assert.Equal(1.5 * Math.Log(2), distribution.Entropy(output).item<float>(), 6);
        Assert.Equal(0, distribution.Divergence(output, output).item<float>(), 6);
        Tensor uniform = zeros(1, 3);
        Assert.Equal(Math.Log(3) - 1.5 * Math.Log(2), distribution.Divergence(output, uniform).item<float>(), 6);
        float[] mode = new float[1];
        distribution.Mode(logits, mode);
        Assert.Equal(0, mode[0]);
    }

    [Fact]
    public void CategoricalDrawsWithItsProbabilities()
    {
        float[] logits = [MathF.Log(2), 0, 0], action = new float[1];
        var random = new RandomStream(1);
        int[] counts = new int[3];
        for (int i = 0; i < 40_000; i++)
        {
            float logProbability = new Categorical(3).Sample(logits, random, action);
            counts[(int)action[0]]++;
            Assert.Equal(action[0] == 0 ? Math.Log(.5) : Math.Log(.25), logProbability, 6);
        }

        Assert.InRange(counts[0] / 40_000.0, .49, .51); // 4 standard errors
        Assert.InRange(counts[1] / 40_000.0, .241, .259);
    }

    [Fact]
    public void GaussianMatchesItsClosedForm()
    {
        // Two dimensions: μ = (1, -2), σ = (.5, 3), a = (1.5, 1).
        float[] output = [1, -2, MathF.Log(.5f), MathF.Log(3)];
        var distribution = new DiagonalGaussian(2);
        Tensor outputs = tensor(output, [1, 4]);
        double expected = -.5 * (1 + 1) - Math.Log(.5) - Math.Log(3) - Math.Log(2 * Math.PI);
        Assert.Equal(
            expected, distribution.LogProbability(outputs, tensor(new float[] { 1.5f, 1 }, [1, 2])).item<float>(), 5);
        Assert.Equal(Math.Log(1.5 * 2 * Math.PI * Math.E), distribution.Entropy(outputs).item<float>(), 5);
        Assert.Equal(0, distribution.Divergence(outputs, outputs).item<float>(), 6);

        // KL(N(0,1) || N(1,2²)) = ln 2 + (1 + 1) / 8 - 1/2
        double kl = new DiagonalGaussian(1).Divergence(
            tensor(new float[] { 0, 0 }, [1, 2]), tensor(new float[] { 1, MathF.Log(2) }, [1, 2])).item<float>();
        Assert.Equal(Math.Log(2) - .25, kl, 6);
    }

    [Fact]
    public void GaussianDrawsAndSaysTheSameProbabilityAsTheTensors()
    {
        float[] output = [1, -2, MathF.Log(.5f), MathF.Log(2)], action = new float[2];
        var distribution = new DiagonalGaussian(2);
        var random = new RandomStream(1);
        double sum = 0, squares = 0;
        const int Draws = 20_000;
        for (int i = 0; i < Draws; i++)
        {
            float logProbability = distribution.Sample(output, random, action);
            sum += action[1];
            squares += (action[1] + 2) * (action[1] + 2);
            if (i < 10)
            {
                Tensor drawn = tensor((float[])action.Clone(), [1, 2]);
                Tensor exact = distribution.LogProbability(tensor(output, [1, 4]), drawn);
                Assert.Equal(exact.item<float>(), logProbability, 1e-5f);
            }
        }

        Assert.InRange(sum / Draws, -2.06, -1.94); // 4 standard errors of 2/sqrt(20,000)
        Assert.InRange(squares / Draws, 3.84, 4.16);
    }

    [Fact]
    public void TheSpaceDecides()
    {
        Assert.IsType<Categorical>(PolicyDistribution.For(new Discrete(3)));
        Assert.Equal(4, PolicyDistribution.For(new Box([0, 0], [1, 1])).OutputSize);
        Assert.Throws<ArgumentException>(() =>
            new Categorical(2).Sample([float.NaN, 0], new RandomStream(1), new float[1]));
    }
}
