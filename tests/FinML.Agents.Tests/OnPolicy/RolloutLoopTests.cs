using FinML.Markets;

namespace FinML.Agents.Tests.OnPolicy;

public sealed class RolloutLoopTests
{
    [Fact]
    public void ATruncatedEpisodeIsBootstrappedFromItsOwnLastObservation()
    {
        // Episodes of 3 steps that count 1, 2, 3; truncated. The next episode starts at 0.
        VectorEnvironment environments = VectorEnvironment.Create(1, _ => new Counter(truncates: true));
        (ActorCritic policy, RolloutLoop loop) = Make(environments);
        RolloutBuffer buffer = loop.CreateBuffer(4);
        loop.Collect(buffer, .9, .95);
        float[] value = new float[1];
        policy.Infer([3], [], value);
        Assert.Equal([0, 1, 2, 0], buffer.Observations.ToArray());
        Assert.Equal([false, false, true, false], buffer.Truncated.ToArray());
        Assert.Equal([0, 0, value[0], 0], buffer.FinalValues.ToArray());
        Assert.NotEqual(0, value[0]);
        Assert.Equal(1 + .9 * value[0], buffer.Returns[2], 1e-6);
    }

    [Fact]
    public void ATerminatedEpisodeIsNotBootstrapped()
    {
        (_, RolloutLoop loop) = Make(VectorEnvironment.Create(1, _ => new Counter(truncates: false)));
        RolloutBuffer buffer = loop.CreateBuffer(4);
        loop.Collect(buffer, .9, .95);
        Assert.Equal([false, false, true, false], buffer.Terminated.ToArray());
        Assert.Equal([0, 0, 0, 0], buffer.FinalValues.ToArray());
        Assert.Equal(1, buffer.Returns[2], 1e-6);
        Assert.Equal(1, loop.Recent.Finished);
        Assert.Equal(3, loop.Recent.MeanReturn);
    }

    [Fact]
    public void TheBufferKeepsTheActionAsDrawnAndTheEnvironmentGetsItClipped()
    {
        // A standard deviation of e² on a range of ±2: many draws lie outside, and the environment would refuse them.
        var environments = VectorEnvironment.Create(2, _ => new Pendulum());
        var policy = new ActorCritic(
            3, environments.ActionSpace, [4], Activation.Tanh, new Generator(1), initialLogDeviation: 2);
        var loop = new RolloutLoop(environments, policy, 3);
        RolloutBuffer buffer = loop.CreateBuffer(50);
        loop.Collect(buffer, .9, .95);
        Assert.Contains(buffer.Actions.ToArray(), action => Math.Abs(action) > 2);
        Tensor outputs = policy.call(tensor(buffer.Observations.ToArray(), [100, 3])).Policy;
        float[] exact = policy.Distribution.LogProbability(
            outputs, tensor(buffer.Actions.ToArray(), [100, 1])).data<float>().ToArray();
        Assert.Equal(exact, buffer.LogProbabilities.ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void RefusesAPolicyForOtherObservations() =>
        Assert.Contains(
            "observations of 3 values; the policy takes 4", Assert.Throws<ArgumentException>(() => new RolloutLoop(
            VectorEnvironment.Create(1, _ => new Pendulum()),
            new ActorCritic(4, new Discrete(2), [4], Activation.Tanh, new Generator(1)), 1)).Message);

    private static (ActorCritic Policy, RolloutLoop Loop) Make(VectorEnvironment environments)
    {
        var policy = new ActorCritic(1, environments.ActionSpace, [4], Activation.Tanh, new Generator(1));
        return (policy, new RolloutLoop(environments, policy, 3));
    }
}
