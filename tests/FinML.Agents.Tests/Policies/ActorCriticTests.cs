using FinML.Markets;

namespace FinML.Agents.Tests.Policies;

public sealed class ActorCriticTests
{
    [Fact]
    public void StartsNearUniformWithOrthogonalLayers()
    {
        ActorCritic policy = Make(new Discrete(3));
        float[] output = new float[3], value = new float[1];
        policy.Infer([1, -1, 2, .5f], output, value);
        Assert.All(output, logit => Assert.InRange(Math.Abs(logit), 0, .05));
        foreach ((string name, var parameter) in policy.named_parameters())
        {
            float[] values = parameter.data<float>().ToArray();
            if (name.EndsWith("bias", StringComparison.Ordinal))
            {
                Assert.All(values, v => Assert.Equal(0, v));
                continue;
            }

            // Rows (or columns, whichever are fewer) are orthogonal with the gain as their length.
            double gain = !name.Contains("output") ? Math.Sqrt(2) : name.StartsWith("actor", StringComparison.Ordinal)
                ? .01 : 1;
            Tensor w = parameter.shape[0] <= parameter.shape[1] ? parameter : parameter.t();
            Tensor off = w.matmul(w.t()) - eye(w.shape[0]) * (gain * gain);
            Assert.InRange(off.abs().max().item<float>(), 0, 1e-5 * gain * gain + 1e-6);
        }
    }

    [Fact]
    public void AContinuousPolicyHasADeviationThatTheObservationDoesNotChange()
    {
        ActorCritic policy = Make(new Box([-1, -1], [1, 1]));
        float[] output = new float[8];
        policy.Infer([1, -1, 2, .5f, 0, 0, 0, 9], output, []);
        Assert.Equal([-.5f, -.5f], output[2..4]);
        Assert.Equal([-.5f, -.5f], output[6..8]);
        Assert.NotEqual(output[0], output[4]);
        Assert.Contains(policy.named_parameters(), p => p.name == "log_std");
    }

    [Fact]
    public void TheSameSeedGivesTheSameWeights()
    {
        float[] Weights(ulong seed) =>
            [.. Make(new Discrete(2), seed).parameters().SelectMany(p => p.data<float>().ToArray())];
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
    }

    [Fact]
    public void AnExtractorSeesTheWindowAndThePolicyAlsoTheRest()
    {
        var extractor = new WindowExtractor(new LastRow(), window: 3, features: 2);
        Tensor features = extractor.call(arange(7).to(ScalarType.Float32).reshape(1, 7));
        Assert.Equal([4, 5, 6], features.data<float>().ToArray());
        var policy = new ActorCritic(7, new Discrete(2), [8], Activation.ReLU, new Generator(1), extractor: extractor);
        float[] output = new float[2];
        policy.Infer([0, 1, 2, 3, 4, 5, 6], output, []);
        float[] other = new float[2];
        policy.Infer([9, 9, 9, 9, 4, 5, 6], other, []);
        Assert.Equal(output, other);
        Assert.Contains("holds no window", Assert.Throws<ArgumentException>(() => extractor.call(zeros(1, 5))).Message);
    }

    [Fact]
    public void RefusesHalfAnObservation() =>
        Assert.Contains("no whole number", Assert.Throws<ArgumentException>(() =>
            Make(new Discrete(2)).Infer([1, 2, 3], new float[2], [])).Message);

    private static ActorCritic Make(Space actions, ulong seed = 1) =>
        new(4, actions, [16, 8], Activation.Tanh, new Generator(seed), initialLogDeviation: -.5);

    private sealed class LastRow() : nn.Module<Tensor, Tensor>("LastRow")
    {
        public override Tensor forward(Tensor input) => input.narrow(1, input.shape[1] - 1, 1).squeeze(1);
    }
}
