namespace FinML.Torch.Tests.Additions;

public sealed class SamplerTests
{
    [Fact]
    public void SequentialCounts() => Assert.Equal([0L, 1, 2], new SequentialSampler(3));

    [Fact]
    public void RandomIsANewPermutationEachTimeAndTheSameForASeed()
    {
        var sampler = new RandomSampler(40, Seeded(1));
        long[] first = [.. sampler], second = [.. sampler];
        Assert.Equal(40, sampler.Count);
        Assert.NotEqual(first, second);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (long)i), first.Order());
        Assert.Equal(first.Order(), second.Order());
        var again = new RandomSampler(40, Seeded(1));
        Assert.Equal(first, again);
        Assert.Equal(second, again);
        Assert.NotEqual(first, new RandomSampler(40, Seeded(2)));
        Assert.Empty(new RandomSampler(0));
    }

    [Fact]
    public void TheOrderIsDrawnWhenAnEpochBegins()
    {
        torch.Generator generator = Seeded(5);
        var sampler = new RandomSampler(10, generator);
        using IEnumerator<long> slow = sampler.GetEnumerator();
        Assert.True(slow.MoveNext());
        torch.randperm(3, generator: generator).Dispose(); // a draw in between changes nothing
        List<long> order = [slow.Current];
        while (slow.MoveNext())
            order.Add(slow.Current);
        Assert.Equal(new RandomSampler(10, Seeded(5)), order);
    }

    [Fact]
    public void EveryPermutationIsAsLikely()
    {
        var sampler = new RandomSampler(3, Seeded(9));
        int[] counts = Enumerable.Range(0, 6000).Select(_ => string.Concat(sampler)).GroupBy(p => p)
            .Select(g => g.Count()).ToArray();
        Assert.Equal(6, counts.Length);
        Assert.All(counts, c => Assert.InRange(c, 1000 - 145, 1000 + 145)); // 5 standard deviations of 29
    }

    [Fact]
    public void SubsetHoldsItsIndices()
    {
        var sampler = new SubsetRandomSampler([4, 9, 2], Seeded(1));
        Assert.Equal(3, sampler.Count);
        Assert.Equal([2L, 4, 9], sampler.Order());
    }

    [Fact]
    public void WeightedDrawsInProportion()
    {
        var sampler = new WeightedRandomSampler([1, 0, 3], 8000, generator: Seeded(4));
        long[] drawn = [.. sampler];
        Assert.Equal(8000, drawn.Length);
        Assert.DoesNotContain(1L, drawn);
        Assert.InRange(drawn.Count(i => i == 2), 6000 - 195, 6000 + 195); // 5 standard deviations of 39
        long[] distinct = [.. new WeightedRandomSampler([1, 0, 3, 2], 3, replacement: false, generator: Seeded(4))];
        Assert.Equal([0L, 2, 3], distinct.Order());
    }

    [Fact]
    public void BatchesGroup()
    {
        Assert.Equal([[0, 1], [2, 3], [4]], new BatchSampler(new SequentialSampler(5), 2));
        Assert.Equal([[0, 1], [2, 3]], new BatchSampler(new SequentialSampler(5), 2, drop_last: true));
    }

    [Fact]
    public void ARandomSplitIsAPartitionAndTheSameForASeed()
    {
        var letters = new Letters();
        Subset<string>[] parts = Datasets.random_split(letters, [5, 0, 2], Seeded(3));
        Assert.Equal([5, 0, 2], parts.Select(p => p.Count));
        Assert.Equal(
            "abcdefg", string.Concat(parts.SelectMany(p => p.Indices.Select((_, i) => p.GetTensor(i))).Order()));
        Assert.Equal(
            parts.Select(p => p.Indices), Datasets.random_split(letters, [5, 0, 2], Seeded(3)).Select(p => p.Indices));
        Assert.NotEqual(parts[0].Indices, Datasets.random_split(letters, [5, 0, 2], Seeded(4))[0].Indices);
        Assert.Equal([4, 2, 1], Datasets.random_split(letters, [0.5, 0.25, 0.25], Seeded(3)).Select(p => p.Count));
        parts[0].Dispose();
        Assert.False(letters.Disposed);
    }

    [Fact]
    public void RefusesWhatIsOutOfRange()
    {
        Assert.Contains("got -1", Message(() => new SequentialSampler(-1)));
        Assert.Contains("got -1", Message(() => new WeightedRandomSampler([1, -1], 2)));
        Assert.Contains("from 0 positive", Message(() => new WeightedRandomSampler([0, 0], 2)));
        Assert.Contains("3 samples without", Message(() => new WeightedRandomSampler([1, 1], 3, replacement: false)));
        Assert.Contains("batch_size", Message(() => new BatchSampler([1], 0)));
        Assert.Contains("7 items", Message(() => Datasets.random_split(new Letters(), [5, 1])));
        Assert.Contains("7 items", Message(() => Datasets.random_split(new Letters(), [8, -1])));
        Assert.Contains("sum to 1", Message(() => Datasets.random_split(new Letters(), [0.5, 0.4])));
        Assert.Contains("index 7 of a dataset of 7", Message(() => new Subset<string>(new Letters(), [0, 7])));
        static string Message(Func<object> act) => Assert.ThrowsAny<ArgumentException>(act).Message;
    }

    private static torch.Generator Seeded(long seed) => new torch.Generator().manual_seed(seed);

    private sealed class Letters : torch.utils.data.Dataset<string>
    {
        public bool Disposed { get; private set; }

        public override long Count => 7;

        public override string GetTensor(long index) => ((char)('a' + index)).ToString();

        protected override void Dispose(bool disposing) => Disposed = true;
    }
}
