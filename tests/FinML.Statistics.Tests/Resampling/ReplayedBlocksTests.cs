namespace FinML.Statistics.Tests;

public class ReplayedBlocksTests
{
    [Fact]
    public void Indices_AreThoseGiven()
    {
        var scheme = new ReplayedBlocks(3, [[0, 4], [3, 1]]);
        Assert.Equal([0, 1, 2, 4, 0], scheme.Indices(5, 9, 0));
        Assert.Equal([3, 4, 0, 1, 2], scheme.Indices(5, 1, 1));
    }

    // The resamples of a drawn scheme, replayed: the same numbers.
    [Fact]
    public void Replay_GivesTheSameReplicates()
    {
        var drawn = new CircularBlockBootstrap(10);
        int[][] starts = [.. Enumerable.Range(0, 200).Select(r =>
        {
            int[] indices = drawn.Indices(100, 5, r);
            return Enumerable.Range(0, 10).Select(b => indices[10 * b]).ToArray();
        })];
        var options = new BootstrapOptions { Replicates = 200, Seed = 5 };
        Assert.Equal(
            drawn.Replicates(Fixture.Nile, SampleStatistic.Sharpe, options),
            new ReplayedBlocks(10, starts).Replicates(Fixture.Nile, SampleStatistic.Sharpe, options));
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        var scheme = new ReplayedBlocks(3, [[0], [0, 9]]);
        Fixture.Says<ArgumentException>(() => scheme.Indices(5, 0, 0), "Replicate 0 has 1 starts for 5 values");
        Fixture.Says<ArgumentException>(() => scheme.Indices(5, 0, 1), "from 0 to 4");
        Fixture.Says<ArgumentException>(() => scheme.Indices(5, 0, 2), "Replicate 2", "2 were given");
    }
}
