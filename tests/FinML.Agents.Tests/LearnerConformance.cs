using FinML.Data;
using FinML.Markets;

namespace FinML.Agents.Tests;

/// <summary>What every learner owes: an algorithm joins by a subclass of one line.</summary>
/// <param name="make">A learner from a seed, fresh environments each time.</param>
/// <param name="iterate">One iteration of its training.</param>
public abstract class LearnerConformance<T>(Func<ulong, T> make, Action<T> iterate)
    where T : IAgent, IStateful
{
    [Fact]
    public void TheSameSeedGivesTheSameBits()
    {
        byte[] a = Train(3, 4).SaveState();
        Assert.Equal(a, Train(3, 4).SaveState());
        Assert.NotEqual(a, Train(4, 4).SaveState());
    }

    [Fact]
    public void TwoThreadsGiveTheBitsOfOneAfterTheOther()
    {
        byte[][] expected = [Train(1, 3).SaveState(), Train(2, 3).SaveState()];
        byte[][] got = new byte[2][];
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(i =>
            new Thread(() => got[i] = Train((ulong)i + 1, 3).SaveState()))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.Equal(expected, got);
    }

    [Fact]
    public void StoppedAndResumedIsUninterrupted()
    {
        byte[] whole = Train(3, 5).SaveState();
        for (int stop = 0; stop < 5; stop += 2)
        {
            byte[] half = Train(3, stop).SaveState();
            T resumed = make(3);
            resumed.LoadState(half);
            for (int i = stop; i < 5; i++)
                iterate(resumed);
            Assert.Equal(whole, resumed.SaveState());
        }
    }

    [Fact]
    public void ABrokenStateIsRefused()
    {
        T learner = make(3);
        byte[] state = learner.SaveState();
        Assert.ThrowsAny<ArgumentException>(() => learner.LoadState(state.AsSpan(0, state.Length - 1)));
        Assert.ThrowsAny<ArgumentException>(() => learner.LoadState([.. state, 0]));
        Assert.ThrowsAny<ArgumentException>(() => make(4).LoadState(state));
        Assert.ThrowsAny<ArgumentException>(() => learner.LoadState([]));
    }

    [Fact]
    public void ActsInsideTheSpaceAndRefusesAWrongSize()
    {
        T learner = Train(3, 1);
        float[] observation = new float[learner.ObservationSize], action = new float[learner.ActionSpace.Size];
        var random = new RandomStream(1);
        for (int i = 0; i < 200; i++)
        {
            for (int j = 0; j < observation.Length; j++)
                observation[j] = (float)(3 * random.NextNormal());
            learner.Act(observation, action, i % 2 == 0 ? random : null);
            Assert.True(learner.ActionSpace.Contains(action));
        }

        learner.Act(observation, action);
        float[] again = new float[action.Length];
        learner.Act(observation, again);
        Assert.Equal(action, again);
        Assert.ThrowsAny<ArgumentException>(() => learner.Act(new float[observation.Length + 1], action));
        Assert.ThrowsAny<ArgumentException>(() => learner.Act(observation, new float[action.Length + 1]));
    }

    private T Train(ulong seed, int iterations)
    {
        T learner = make(seed);
        for (int i = 0; i < iterations; i++)
            iterate(learner);
        return learner;
    }
}
