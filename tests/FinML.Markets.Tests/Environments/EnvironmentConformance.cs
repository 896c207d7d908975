using FinML.Data;

namespace FinML.Markets.Tests.Environments;

/// <summary>The contract of <see cref="IEnvironment"/>: an environment joins by a subclass of one line.</summary>
public abstract class EnvironmentConformance(Func<IEnvironment> make)
{
    private const int Horizon = 1_200;

    [Fact]
    public void ObservationsLieInTheirSpace()
    {
        (IEnvironment environment, float[] observation) = New();
        var random = new RandomStream(1);
        environment.Reset(1, observation);
        Assert.True(environment.ObservationSpace.Contains(observation), Show(observation));
        for (int i = 0; i < Horizon; i++)
        {
            StepResult result = environment.Step(Action(environment, random), observation);
            Assert.True(environment.ObservationSpace.Contains(observation), Show(observation));
            Assert.True(double.IsFinite(result.Reward));
            if (result.Done)
                environment.Reset((ulong)i, observation);
        }
    }

    [Fact]
    public void TheSameSeedGivesTheSameTrajectory()
    {
        Assert.Equal(Trajectory(New().Environment, 7), Trajectory(New().Environment, 7));

        // Also when the object has been used before.
        IEnvironment used = New().Environment;
        _ = Trajectory(used, 8);
        Assert.Equal(Trajectory(New().Environment, 7), Trajectory(used, 7));
    }

    [Fact]
    public void SavedStateContinuesToTheSameBits()
    {
        (IEnvironment environment, float[] observation) = New();
        environment.Reset(3, observation);
        StepResult result = environment.Step(Action(environment, new RandomStream(4)), observation);
        if (result.Done)
        {
            // Episodes of one step are saved before it.
            environment.Reset(3, observation);
            result = default;
        }

        byte[] state = ((IStateful)environment).SaveState();
        (IEnvironment other, float[] otherObservation) = New();
        ((IStateful)other).LoadState(state);
        RandomStream random = new(5), otherRandom = new(5);
        for (int i = 0; i < Horizon && !result.Done; i++)
        {
            result = environment.Step(Action(environment, random), observation);
            Assert.Equal(result, other.Step(Action(other, otherRandom), otherObservation));
            Assert.Equal(observation, otherObservation);
        }

        Assert.True(result.Done);
        Assert.Throws<InvalidOperationException>(() => other.Step(Action(other, otherRandom), otherObservation));
        Assert.ThrowsAny<ArgumentException>(() => ((IStateful)other).LoadState(state.AsSpan(0, state.Length - 1)));
    }

    [Fact]
    public void AStepOutsideAnEpisodeIsRefused()
    {
        (IEnvironment environment, float[] observation) = New();
        float[] action = Action(environment, new RandomStream(1));
        Assert.Contains(
            "Reset", Assert.Throws<InvalidOperationException>(() => environment.Step(action, observation)).Message);
        environment.Reset(2, observation);
        StepResult result = default;
        for (int i = 0; i < Horizon && !result.Done; i++)
            result = environment.Step(action, observation);
        Assert.True(result.Done, $"no episode ended within {Horizon} steps");
        Assert.Contains(
            "Reset", Assert.Throws<InvalidOperationException>(() => environment.Step(action, observation)).Message);
        environment.Reset(2, observation);
        environment.Step(action, observation);
    }

    [Fact]
    public void AWrongActionIsRefusedWithTheRange()
    {
        (IEnvironment environment, float[] observation) = New();
        environment.Reset(2, observation);
        float[] good = Action(environment, new RandomStream(1));
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity, -1e9f, 1e9f })
        {
            float[] action = [.. good];
            action[0] = bad;
            var error = Assert.ThrowsAny<ArgumentException>(() => environment.Step(action, observation));
            Assert.Contains(environment.ActionSpace.ToString()!, error.Message);
        }

        Assert.ThrowsAny<ArgumentException>(() => environment.Step([.. good, 0], observation));
        Assert.ThrowsAny<ArgumentException>(() => environment.Step(good, new float[observation.Length + 1]));
        Assert.ThrowsAny<ArgumentException>(() => environment.Reset(2, new float[observation.Length + 1]));
        environment.Step(good, observation); // a refused action changed nothing
    }

    [Fact]
    public void TerminatedAndTruncatedAreNeverBothSet()
    {
        (IEnvironment environment, float[] observation) = New();
        var random = new RandomStream(9);
        environment.Reset(1, observation);
        int ends = 0;
        for (int i = 0; i < 5 * Horizon; i++)
        {
            StepResult result = environment.Step(Action(environment, random), observation);
            Assert.False(result.Terminated && result.Truncated);
            if (!result.Done)
                continue;
            ends++;
            environment.Reset((ulong)i, observation);
        }

        Assert.True(ends > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void AVectorGivesTheBitsOfItsCopies(int count)
    {
        // Made by the factory they may be stepped together; from a list they are stepped one by one.
        VectorEnvironment together = VectorEnvironment.Create(count, _ => make());
        var each = new VectorEnvironment([.. Enumerable.Range(0, count).Select(_ => make())]);
        var random = new RandomStream(6);
        float[] actions = new float[count * together.ActionSize];
        together.Reset(4);
        each.Reset(4);
        for (int step = 0; step < 600; step++)
        {
            for (int i = 0; i < count; i++)
                together.ActionSpace.Sample(random, actions.AsSpan(i * together.ActionSize, together.ActionSize));
            together.Step(actions);
            each.Step(actions);
            if (step is 40)
                (together, each) = (Moved(together), Moved(each));
            AssertSame(each, together);
        }

        // The state of one continues in the other.
        VectorEnvironment Moved(VectorEnvironment from)
        {
            VectorEnvironment other = from == together
                ? new VectorEnvironment([.. Enumerable.Range(0, count).Select(_ => make())])
                : VectorEnvironment.Create(count, _ => make());
            byte[] state = from.SaveState();
            other.LoadState(state);
            Assert.Equal(state, other.SaveState());
            return other;
        }
    }

    private static void AssertSame(VectorEnvironment expected, VectorEnvironment got)
    {
        Assert.Equal(expected.Observations, got.Observations);
        Assert.Equal(expected.FinalObservations, got.FinalObservations);
        Assert.Equal(expected.Rewards, got.Rewards);
        Assert.Equal(expected.Terminated, got.Terminated);
        Assert.Equal(expected.Truncated, got.Truncated);
        Assert.Equal(expected.EpisodeReturns, got.EpisodeReturns);
        Assert.Equal(expected.EpisodeLengths, got.EpisodeLengths);
    }

    private (IEnvironment Environment, float[] Observation) New()
    {
        IEnvironment environment = make();
        return (environment, new float[environment.ObservationSpace.Size]);
    }

    private static float[] Action(IEnvironment environment, RandomStream random)
    {
        float[] action = new float[environment.ActionSpace.Size];
        environment.ActionSpace.Sample(random, action);
        return action;
    }

    private static List<double> Trajectory(IEnvironment environment, ulong seed)
    {
        float[] observation = new float[environment.ObservationSpace.Size];
        var random = new RandomStream(seed);
        environment.Reset(seed, observation);
        List<double> trajectory = [.. observation];
        for (int i = 0; i < 100; i++)
        {
            StepResult result = environment.Step(Action(environment, random), observation);
            trajectory.AddRange([result.Reward, .. observation]);
            if (result.Done)
                environment.Reset(seed + 1, observation);
        }

        return trajectory;
    }

    private static string Show(float[] values) => string.Join(", ", values);
}
