using FinML.Data;

namespace FinML.Markets.Tests.Environments;

public sealed class VectorEnvironmentTests
{
    [Fact]
    public void KeepsTheFinalObservationAndStartsAnew()
    {
        VectorEnvironment vector = VectorEnvironment.Create(3, _ => new CartPole());
        vector.Reset(1);
        int ends = 0;
        for (int i = 0; i < 100; i++)
        {
            vector.Step([1, 0, 1]);
            for (int e = 0; e < 3; e++)
            {
                ReadOnlySpan<float> now = vector.Observations.Slice(4 * e, 4),
                    last = vector.FinalObservations.Slice(4 * e, 4);
                bool done = vector.Terminated[e] || vector.Truncated[e];
                Assert.Equal(done, vector.EpisodeLengths[e] > 0);
                if (!done)
                    continue;
                ends++;
                Assert.True(Math.Abs(last[2]) > 0.2);
                Assert.True(Math.Abs(now[2]) <= 0.05);
                Assert.Equal(vector.EpisodeLengths[e], vector.EpisodeReturns[e]);
                Assert.InRange(vector.EpisodeLengths[e], 7, 12);
            }
        }

        Assert.True(ends > 20);
    }

    [Fact]
    public void AnEnvironmentsTrajectoryDoesNotDependOnItsNeighbours()
    {
        List<float> alone = Run([0], 40), among = Run([0, 1, 1, 0], 40);
        Assert.Equal(alone, among);

        static List<float> Run(float[] actions, int steps)
        {
            VectorEnvironment vector = VectorEnvironment.Create(actions.Length, _ => new CartPole());
            vector.Reset(5);
            List<float> seen = [];
            for (int i = 0; i < steps; i++)
            {
                vector.Step(actions);
                seen.AddRange(vector.Observations[..4]);
            }

            return seen;
        }
    }

    [Fact]
    public void EnvironmentsStartDifferently()
    {
        VectorEnvironment vector = VectorEnvironment.Create(2, _ => new CartPole());
        vector.Reset(5);
        Assert.NotEqual(vector.Observations[..4].ToArray(), vector.Observations[4..].ToArray());
    }

    [Fact]
    public void SavedStateContinuesToTheSameBits()
    {
        VectorEnvironment vector = VectorEnvironment.Create(2, _ => new Pendulum());
        VectorEnvironment other = VectorEnvironment.Create(2, _ => new Pendulum());
        vector.Reset(9);
        for (int i = 0; i < 150; i++)
            vector.Step([1, -1]);
        other.LoadState(vector.SaveState());
        for (int i = 0; i < 300; i++)
        {
            vector.Step([0.5f, -1.5f]);
            other.Step([0.5f, -1.5f]);
            Assert.Equal(vector.Observations.ToArray(), other.Observations.ToArray());
            Assert.Equal(vector.EpisodeReturns.ToArray(), other.EpisodeReturns.ToArray());
        }

        Assert.Throws<ArgumentException>(() =>
            VectorEnvironment.Create(3, _ => new Pendulum()).LoadState(vector.SaveState()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SteppingAllocatesNothing(bool together)
    {
        VectorEnvironment vector = together
            ? VectorEnvironment.Create(6, _ => new CartPole())
            : VectorEnvironment.Create(
                6, i => Market.Environment(new() { EpisodeLength = 50, Window = 3 }, seed: (ulong)i));
        vector.Reset(1);
        float[] actions = [0, 1, 1, 1, 0, 0];
        vector.Step(actions);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
            vector.Step(actions);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void WhatFitsTogetherIsSteppedTogether()
    {
        Assert.True(VectorEnvironment.Create(2, _ => new CartPole()).StepsTogether);
        Assert.False(new VectorEnvironment([new CartPole(), new CartPole()]).StepsTogether);
        Assert.False(VectorEnvironment.Create(2, _ => new Pendulum()).StepsTogether);
        Assert.True(Trading(_ => new()).StepsTogether);
        Assert.True(Trading(_ => new() { Positions = null, Execution = new() { RuinFraction = .5 } }).StepsTogether);
        Assert.False(Trading(i => new() { Interval = (RewardInterval)i }).StepsTogether);
        Assert.False(Trading(_ => new() { Execution = new() { MaximumLeverage = 2 } }).StepsTogether);

        static VectorEnvironment Trading(Func<int, TradingOptions> options) =>
            VectorEnvironment.Create(2, i => Market.Environment(options(i)));
    }

    [Fact]
    public void CartsTogetherAndAloneEndByFallingAndByTheClock()
    {
        // Half of them balance (to the time limit), half push one way; 7 is four together and three of the rest.
        const int Count = 7;
        VectorEnvironment together = VectorEnvironment.Create(Count, _ => new CartPole());
        var each = new VectorEnvironment([.. Enumerable.Range(0, Count).Select(_ => new CartPole())]);
        together.Reset(2);
        each.Reset(2);
        int fallen = 0, late = 0;
        float[] actions = new float[Count];
        for (int step = 0; step < 1_100; step++)
        {
            for (int i = 0; i < Count; i++)
                actions[i] = i % 2 == 0 || together.Observations[4 * i + 2] + together.Observations[4 * i + 3] > 0
                    ? 1 : 0;
            together.Step(actions);
            each.Step(actions);
            Assert.Equal(each.Observations, together.Observations);
            Assert.Equal(each.FinalObservations, together.FinalObservations);
            Assert.Equal(each.Terminated, together.Terminated);
            Assert.Equal(each.Truncated, together.Truncated);
            fallen += together.Terminated.Count(true);
            late += together.Truncated.Count(true);
        }

        Assert.True(fallen > 300 && late >= 3, $"{fallen} fell, {late} were truncated");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ARefusedActionMovesNothing(bool together)
    {
        VectorEnvironment vector = together
            ? VectorEnvironment.Create(5, _ => new CartPole())
            : new VectorEnvironment([.. Enumerable.Range(0, 5).Select(_ => new CartPole())]);
        vector.Reset(1);
        byte[] before = vector.SaveState();
        Assert.Contains("The action of environment 3 is (2), which is not in Discrete(0..1)",
            Assert.Throws<ArgumentException>(() => vector.Step([0, 1, 1, 2, 0])).Message);
        Assert.Throws<ArgumentException>(() => vector.Step([0, 1, 1, 1, float.NaN]));
        Assert.Equal(before, vector.SaveState());
    }

    [Fact]
    public void RefusesBadInput()
    {
        var cart = new CartPole();
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => new VectorEnvironment([])).Message);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => new VectorEnvironment([cart, cart])).Message);
        Assert.Contains("other spaces",
            Assert.Throws<ArgumentException>(() => new VectorEnvironment([cart, new Pendulum()])).Message);
        var vector = new VectorEnvironment([cart]);
        Assert.Throws<InvalidOperationException>(() => vector.Step([0]));
        vector.Reset(1);
        Assert.Contains("has 2 values", Assert.Throws<ArgumentException>(() => vector.Step([0, 1])).Message);
        Assert.Contains("Discrete(0..1)", Assert.Throws<ArgumentException>(() => vector.Step([2])).Message);
    }
}
