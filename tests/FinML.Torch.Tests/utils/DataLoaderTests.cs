using System.Collections.Concurrent;
using FinML.Torch.Modules;

namespace FinML.Torch.Tests.utils;

public sealed class DataLoaderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void ListsAreStackedInTheOrderOfTheDataset(int workers)
    {
        Tensor x = arange(20, dtype: float32).reshape(10, 2), y = arange(10, dtype: int64);
        using IterableDataLoader loader =
            torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), 4, num_worker: workers);
        Assert.Equal(3, loader.Count);
        List<long[]> shapes = [];
        List<long> seen = [];
        foreach (IList<Tensor> batch in loader)
        {
            shapes.Add(batch[0].shape);
            Assert.Equal(batch[1].data<long>().ToArray().Select(i => 2f * i), batch[0][.., 0].data<float>().ToArray());
            seen.AddRange(batch[1].data<long>().ToArray());
        }

        Assert.Equal([[4, 2], [4, 2], [2, 2]], shapes);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), seen);
        using IterableDataLoader full = torch.utils.data.DataLoader(
            torch.utils.data.TensorDataset(x, y), 4, num_worker: workers, drop_last: true);
        Assert.Equal((2, 2), (full.Count, full.Count()));
    }

    [Fact]
    public void NamedTensorsAreStackedByName()
    {
        using DataLoader loader = torch.utils.data.DataLoader(new Squares(5), 5);
        foreach (Dictionary<string, Tensor> batch in loader)
        {
            Assert.Equal(["value", "square"], batch.Keys);
            Assert.Equal([5], batch["value"].shape);
            Assert.Equal([0f, 1f, 4f, 9f, 16f], batch["square"].data<float>().ToArray());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void ASeedMeansTheSameEpochsWhateverTheNumberOfWorkers(int workers)
    {
        List<float> expected = Epochs(0), actual = Epochs(workers);
        Assert.Equal(expected, actual);
        Assert.NotEqual(expected[..50], expected[50..]); // another order in the second epoch
        Assert.Equal(expected[..50].Order(), expected[50..].Order());

        static List<float> Epochs(int workers)
        {
            using DataLoader loader =
                torch.utils.data.DataLoader(new Squares(50), 8, shuffle: true, seed: 3, num_worker: workers);
            List<float> values = [];
            for (int epoch = 0; epoch < 2; epoch++)
            {
                foreach (Dictionary<string, Tensor> batch in loader)
                    values.AddRange(batch["value"].data<float>().ToArray());
            }

            return values;
        }
    }

    [Fact]
    public void ASamplerOfTheCallersIsFollowed()
    {
        using DataLoader loader = torch.utils.data.DataLoader(new Squares(9), 2, [8L, 8, 1]);
        Assert.Equal(2, loader.Count);
        Assert.Equal([8f, 8f, 1f], loader.SelectMany(b => b["value"].data<float>().ToArray()));
        using DataLoader wrong = torch.utils.data.DataLoader(new Squares(9), 2, [0L, 9]);
        Assert.Contains(
            "named item 9 of a dataset of 9", Assert.Throws<InvalidOperationException>(() => wrong.Count()).Message);
    }

    [Fact]
    public void TwoWorkersFetchAtTheSameTime()
    {
        using var meeting = new Barrier(2);
        var dataset = new Squares(2)
        {
            OnItem = _ => Assert.True(meeting.SignalAndWait(TimeSpan.FromMinutes(1)), "the other did not come"),
        };
        using DataLoader loader = torch.utils.data.DataLoader(dataset, 1, num_worker: 2);
        Assert.Equal([0f, 1f], loader.Select(b => b["value"].data<float>().Single()));
        Assert.Equal(2, dataset.Threads.Distinct().Count());
        Assert.DoesNotContain(Thread.CurrentThread, dataset.Threads);
    }

    [Fact]
    public void WithoutWorkersItemsAreFetchedWhenAskedForOnTheConsumersThread()
    {
        var dataset = new Squares(6);
        using DataLoader loader = torch.utils.data.DataLoader(dataset, 2, num_worker: 0);
        using IEnumerator<Dictionary<string, Tensor>> epoch = loader.GetEnumerator();
        Assert.Empty(dataset.Threads);
        Assert.True(epoch.MoveNext());
        Assert.Equal([Thread.CurrentThread, Thread.CurrentThread], dataset.Threads);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void WhatAnItemThrowsReachesTheConsumerInItsPlaceWithTheIndex(int workers)
    {
        var dataset = new Squares(100) { OnItem = i => Assert.True(i != 13, "no such bar") };
        using DataLoader loader = torch.utils.data.DataLoader(dataset, 4, num_worker: workers);
        using IEnumerator<Dictionary<string, Tensor>> epoch = loader.GetEnumerator();
        for (int batch = 0; batch < 3; batch++)
            Assert.True(epoch.MoveNext());
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => epoch.MoveNext());
        Assert.StartsWith("DataLoader: item 13 of the dataset failed: ", error.Message);
        Assert.Contains("no such bar", error.Message);
        Assert.NotNull(error.InnerException);
        Assert.False(epoch.MoveNext());
        AssertWorkersEnded(dataset);
    }

    [Fact]
    public void WhatTheCollationThrowsNamesTheItems()
    {
        using var loader = new DataLoader<Dictionary<string, Tensor>, int>(
            new Squares(4), 2, (items, _) => items.Count() / (items.First()["value"].item<float>() > 0 ? 0 : 1));
        using IEnumerator<int> epoch = loader.GetEnumerator();
        Assert.True(epoch.MoveNext());
        Assert.Equal(2, epoch.Current);
        Assert.Contains(
            "the batch of items 2, 3 could not be collated",
            Assert.Throws<InvalidOperationException>(() => epoch.MoveNext()).Message);
        using IterableDataLoader ragged = torch.utils.data.DataLoader(new Ragged(), 2);
        Assert.Contains("[0]", Assert.Throws<InvalidOperationException>(() => ragged.Count()).Message);
    }

    [Fact]
    public void LeavingEarlyStopsTheWorkersAndBoundsWhatTheyFetched()
    {
        var dataset = new Squares(10_000);
        using DataLoader loader =
            torch.utils.data.DataLoader(dataset, 4, num_worker: 3, disposeDataset: false);
        foreach (Dictionary<string, Tensor> batch in loader)
            break;
        AssertWorkersEnded(dataset);
        Assert.InRange(dataset.Threads.Count, 4, 2 * 3 * 4);
    }

    [Fact]
    public void DisposingTheLoaderStopsItsEpochsBeforeItDisposesTheDataset()
    {
        var dataset = new Squares(10_000);
        DataLoader loader = torch.utils.data.DataLoader(dataset, 4, num_worker: 2);
        IEnumerator<Dictionary<string, Tensor>> epoch = loader.GetEnumerator();
        Assert.True(epoch.MoveNext());
        loader.Dispose();
        AssertWorkersEnded(dataset);
        Assert.True(dataset.Disposed);
        Assert.False(epoch.MoveNext());
    }

    [Fact]
    public void ResetBeginsAnEpoch()
    {
        using DataLoader loader = torch.utils.data.DataLoader(new Squares(6), 3, num_worker: 2);
        using IEnumerator<Dictionary<string, Tensor>> epoch = loader.GetEnumerator();
        Assert.True(epoch.MoveNext());
        epoch.Reset();
        Assert.True(epoch.MoveNext());
        Assert.Equal([0f, 1f, 2f], epoch.Current["value"].data<float>().ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void ABatchLivesUntilTheNextIsAskedFor(int workers)
    {
        using DataLoader loader = torch.utils.data.DataLoader(new Squares(6), 2, num_worker: workers);
        List<Tensor> batches = [];
        using (DisposeScope scope = NewDisposeScope())
        {
            foreach (Dictionary<string, Tensor> batch in loader)
            {
                Assert.All(batches, b => Assert.True(b.IsInvalid));
                Assert.False(batch["value"].IsInvalid);
                batches.Add(batch["value"]);
            }

            Assert.Equal(0, scope.DisposablesCount);
        }

        Assert.Equal([true, true, true], batches.Select(b => b.IsInvalid));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void ABatchThatIsNotDisposedBelongsToTheConsumersScope(int workers)
    {
        using DataLoader loader =
            torch.utils.data.DataLoader(new Squares(4), 2, num_worker: workers, disposeBatch: false);
        List<Tensor> batches = [];
        using (DisposeScope scope = NewDisposeScope())
        {
            foreach (Dictionary<string, Tensor> batch in loader)
                batches.Add(batch["value"]);
            Assert.Equal(4, scope.DisposablesCount);
            Assert.Equal([0f, 1f, 2f, 3f], batches.SelectMany(b => b.data<float>().ToArray()));
        }

        Assert.Equal([true, true], batches.Select(b => b.IsInvalid));
        foreach (Dictionary<string, Tensor> batch in loader)
            batches.Add(batch["value"]);
        Assert.Equal([false, false], batches[2..].Select(b => b.IsInvalid));
    }

    [Fact]
    public void WorkersRecordGradientsWhereTheConsumerDoes()
    {
        Tensor weight = ones([3], requires_grad: true);
        var dataset = new Squares(2) { Weight = weight };
        using DataLoader loader = torch.utils.data.DataLoader(dataset, 2, num_worker: 1);
        Assert.True(loader.Select(b => b["value"].requires_grad).Single());
        using IDisposable off = no_grad();
        Assert.False(loader.Select(b => b["value"].requires_grad).Single());
    }

    [Fact]
    public void RefusesWhatCannotBeLoaded()
    {
        Assert.Contains("its Count is 0", Message(() => torch.utils.data.DataLoader(new Squares(0), 2)));
        Assert.Contains("its Count is -1", Message(() => torch.utils.data.DataLoader(new Squares(-1), 2, true)));
        Assert.Contains("batchSize must be at least 1", Message(() => torch.utils.data.DataLoader(new Squares(3), 0)));
        Assert.Contains(
            "num_worker must be at least 0",
            Message(() => torch.utils.data.DataLoader(new Squares(3), 1, num_worker: -1)));
        Assert.Contains("at least one tensor", Message(() => torch.utils.data.TensorDataset()));
        Assert.Contains(
            "[3, 2], [4]", Message(() => torch.utils.data.TensorDataset(zeros([3, 2]), zeros([4]))));
        Assert.Contains("shapes []", Message(() => torch.utils.data.TensorDataset(tensor(1f))));
        static string Message(Func<object> act) => Assert.ThrowsAny<ArgumentException>(act).Message;
    }

    // Disposing waits for them, so that this needs no waiting.
    private static void AssertWorkersEnded(Squares dataset) => Assert.All(
        dataset.Threads.Where(t => t != Thread.CurrentThread), t => Assert.False(t.IsAlive, $"{t.Name} runs"));

    private sealed class Squares(long count) : torch.utils.data.Dataset
    {
        public Action<long> OnItem { get; init; } = _ => { };

        public Tensor? Weight { get; init; }

        public ConcurrentQueue<Thread> Threads { get; } = [];

        public bool Disposed { get; private set; }

        public override long Count => count;

        public override Dictionary<string, Tensor> GetTensor(long index)
        {
            Threads.Enqueue(Thread.CurrentThread);
            OnItem(index);
            Tensor value = tensor((float)index);
            return new() { ["value"] = Weight is null ? value : value * Weight, ["square"] = value * value };
        }

        protected override void Dispose(bool disposing) => Disposed = true;
    }

    private sealed class Ragged : torch.utils.data.IterableDataset
    {
        public override long Count => 2;

        public override IList<Tensor> GetTensor(long index) => [zeros([index])];
    }
}
