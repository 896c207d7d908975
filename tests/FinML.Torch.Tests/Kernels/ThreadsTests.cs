using FinML.Torch.Kernels;

namespace FinML.Torch.Tests.Kernels;

/// <summary>The number of threads is the process's: tests that set it do not run beside one another.</summary>
[CollectionDefinition(Name)]
public sealed class ThreadCount
{
    public const string Name = "thread count";

    /// <summary>Runs with a number of threads and puts the old one back.</summary>
    internal static T With<T>(int threads, Func<T> run)
    {
        int before = torch.get_num_threads();
        torch.set_num_threads(threads);
        try
        {
            return run();
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }
}

[Collection(ThreadCount.Name)]
public sealed class ThreadsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Every_chunk_runs_once(int threads)
    {
        int[] runs = ThreadCount.With(threads, () =>
        {
            int[] seen = new int[57];
            for (int round = 0; round < 200; round++)
                Threads.For(seen.Length, new Counting(seen));
            return seen;
        });
        Assert.All(runs, r => Assert.Equal(200, r));
    }

    [Fact]
    public void A_chunk_that_throws_reaches_the_caller_and_the_team_goes_on() => ThreadCount.With(3, () =>
    {
        for (int round = 0; round < 20; round++)
        {
            var failure = Assert.Throws<InvalidOperationException>(() => Threads.For(40, new Throwing(round)));
            Assert.Equal($"chunk {round}", failure.Message);
        }

        int[] seen = new int[10];
        Threads.For(10, new Counting(seen));
        return Assert.Single(seen.Distinct());
    });

    [Fact]
    public void Nested_work_runs_inline() => ThreadCount.With(3, () =>
    {
        int[] seen = new int[12 * 5];
        Threads.For(12, new Nesting(seen));
        Assert.All(seen, s => Assert.Equal(1, s));
        return true;
    });

    [Fact]
    public void Threads_that_compute_side_by_side_each_get_their_results() => ThreadCount.With(3, () =>
    {
        Parallel.For(0, 8, _ =>
        {
            int[] seen = new int[33];
            for (int round = 0; round < 300; round++)
                Threads.For(seen.Length, new Counting(seen));
            Assert.All(seen, s => Assert.Equal(300, s));
        });
        return true;
    });

    [Fact]
    public void A_warm_call_allocates_nothing() => ThreadCount.With(2, () =>
    {
        int[] seen = new int[16];
        Threads.For(seen.Length, new Counting(seen));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
            Threads.For(seen.Length, new Counting(seen));
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(0, bytes);
        return bytes;
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void A_number_below_one_is_refused(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => torch.set_num_threads(threads));

    private readonly struct Counting(int[] seen) : IChunks
    {
        public void Run(int chunk) => Interlocked.Increment(ref seen[chunk]);
    }

    private readonly struct Throwing(int at) : IChunks
    {
        public void Run(int chunk)
        {
            if (chunk == at)
                throw new InvalidOperationException($"chunk {chunk}");
        }
    }

    private readonly struct Nesting(int[] seen) : IChunks
    {
        public void Run(int chunk) => Threads.For(5, new Inner(seen, chunk * 5));
    }

    private readonly struct Inner(int[] seen, int from) : IChunks
    {
        public void Run(int chunk) => Interlocked.Increment(ref seen[from + chunk]);
    }
}
