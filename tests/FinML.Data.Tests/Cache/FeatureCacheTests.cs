using FinML.Data.Features;

namespace FinML.Data.Tests.Cache;

public sealed class FeatureCacheTests : IDisposable
{
    private static readonly Panel s_panel = TestPanels.RandomWalk(120);
    private static readonly FeatureSet s_set = new(new LogReturn(1), new RollingVolatility(10));

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"finml-cache-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void The_second_time_the_features_are_read_to_the_bit()
    {
        FeatureCache cache = new(_folder);
        FeatureMatrix computed = s_set.Compute(s_panel, "A");
        Assert.Equal(CacheOutcome.Computed, cache.GetOrCompute(s_set, s_panel, "A").Outcome);
        int calls = 0;
        CachedFeatures read = cache.GetOrCompute(FeatureCacheKey.Of(s_set, s_panel, "A"), () =>
        {
            calls++;
            return computed;
        });
        Assert.Equal((CacheOutcome.Hit, 0), (read.Outcome, calls));
        Assert.Equal(computed.Values.ToArray(), read.Features.Values.ToArray());
        Assert.Equal(computed.Times, read.Features.Times);
        Assert.Equal(computed.Names, read.Features.Names);
        Assert.Equal(CacheOutcome.Hit, new FeatureCache(_folder).GetOrCompute(s_set, s_panel, "A").Outcome);
    }

    [Fact]
    public void The_key_changes_with_code_data_and_options_and_with_nothing_else()
    {
        string key = FeatureCacheKey.Of(s_set, s_panel, "A").Hash;
        Assert.Equal(key, FeatureCacheKey.Of(new FeatureSet(new LogReturn(1), new RollingVolatility(10)),
            TestPanels.RandomWalk(150).Slice(0, 120), "A").Hash); // equal values in another panel
        Panel late = Panel.Create(s_panel.Times, s_panel.Assets, s_panel.Fields, [.. s_panel.Fields.Select(
            f => s_panel.Column("A", f).ToArray())], [.. s_panel.Times.Select(t => t.AddTicks(1))]);
        Fold fold = WalkForwardSplit.Create(120, new WalkForwardOptions { InitialTrain = 50, Test = 30 })[0];
        FilledFeatureSet filled = new(s_set, [new ForwardFill(3)], [new Pad()]);
        string[] others =
        [
            FeatureCacheKey.Of(new FeatureSet(new LogReturn(2), new RollingVolatility(10)), s_panel, "A").Hash,
            FeatureCacheKey.Of(new FeatureSet(new RollingVolatility(10), new LogReturn(1)), s_panel, "A").Hash,
            FeatureCacheKey.Of(s_set, s_panel, "B").Hash,
            FeatureCacheKey.Of(s_set, s_panel, "A", "x").Hash,
            FeatureCacheKey.Of(s_set, s_panel.Slice(0, 119), "A").Hash,
            FeatureCacheKey.Of(s_set, late, "A").Hash,
            FeatureCacheKey.Of(s_set, s_panel.Map((_, f, x) =>
            {
                x[7] = f == "close" ? Math.BitIncrement(x[7]) : x[7];
                return x;
            }), "A").Hash,
            FeatureCacheKey.Of(filled, s_panel, "A").Hash,
            FeatureCacheKey.Of(filled, s_panel, "A", fold.Train).Hash,
            FeatureCacheKey.Of(new FilledFeatureSet(s_set, [new ForwardFill(4)], [new Pad()]), s_panel, "A").Hash,
        ];
        Assert.Equal(others.Length + 1, others.Append(key).Distinct().Count());

        string Parts(string code, string data, params string[] options) =>
            FeatureCacheKey.Create([code], data, options).Hash;
        string[] parts = [Parts("a", "d", "o"), Parts("b", "d", "o"), Parts("a", "e", "o"), Parts("a", "d", "p"),
            Parts("a", "d", "o", ""), Parts("a", "d", "o\n1:x"), Parts("a", "d", "o", "x")];
        Assert.Equal(parts.Length, parts.Distinct().Count());
    }

    /// <summary>A change of any byte, and any earlier end, is found: the entry is built again.</summary>
    [Fact]
    public void A_damaged_entry_is_computed_again()
    {
        FeatureCache cache = new(_folder);
        cache.GetOrCompute(s_set, s_panel, "A");
        string path = cache.PathOf(FeatureCacheKey.Of(s_set, s_panel, "A"));
        byte[] whole = File.ReadAllBytes(path);
        RandomStream random = new(3);
        for (int i = 0; i < 200; i++)
        {
            byte[] damaged = i % 2 == 0 ? (byte[])whole.Clone() : whole[..random.NextInt(whole.Length)];
            if (i % 2 == 0)
            {
                damaged[random.NextInt(whole.Length)] ^= (byte)(1 << random.NextInt(8));
            }

            Assert.Null(FeatureFile.Read(FeatureCacheKey.Of(s_set, s_panel, "A"), damaged));
        }

        File.WriteAllBytes(path, whole[..^1]);
        CachedFeatures again = cache.GetOrCompute(s_set, s_panel, "A");
        Assert.Equal(CacheOutcome.Rebuilt, again.Outcome);
        Assert.Equal(s_set.Compute(s_panel, "A").Values.ToArray(), again.Features.Values.ToArray());
        Assert.Equal(whole, File.ReadAllBytes(path));
        File.WriteAllBytes(path, []);
        Assert.Equal(CacheOutcome.Rebuilt, cache.GetOrCompute(s_set, s_panel, "A").Outcome);
        // A whole entry under the name of another key is none of it.
        FeatureCacheKey other = FeatureCacheKey.Of(s_set, s_panel, "A", "other");
        File.Copy(path, cache.PathOf(other));
        Assert.Equal(CacheOutcome.Rebuilt, cache.GetOrCompute(other, () => s_set.Compute(s_panel, "A")).Outcome);
    }

    [Fact]
    public void The_least_recently_used_entries_go_when_the_cache_is_full()
    {
        Clock clock = new();
        FeatureCacheKey[] keys = [.. Enumerable.Range(0, 4).Select(
            i => FeatureCacheKey.Of(s_set, s_panel, "A", $"{i}"))];
        FeatureMatrix features = s_set.Compute(s_panel, "A");
        int size = FeatureFile.Write(keys[0], features).Length;
        FeatureCache cache = new(_folder, new FeatureCacheOptions { MaximumBytes = 3 * size }, clock);
        CacheOutcome Get(int i)
        {
            clock.Now += TimeSpan.FromMinutes(1);
            return cache.GetOrCompute(keys[i], () => features).Outcome;
        }

        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(CacheOutcome.Computed, Get(i)));
        Assert.Equal(CacheOutcome.Hit, Get(0)); // now 1 is the oldest
        Assert.Equal(CacheOutcome.Computed, Get(3));
        Assert.Equal([true, false, true, true], keys.Select(key => File.Exists(cache.PathOf(key))));
        File.WriteAllText(Path.Combine(_folder, "notes.txt"), "not an entry");
        string dead = Path.Combine(_folder, "x.features.1.tmp");
        File.WriteAllText(dead, "left by a process that died");
        File.SetLastWriteTimeUtc(dead, clock.Now.UtcDateTime);
        Assert.Equal(CacheOutcome.Computed, Get(1));
        Assert.True(File.Exists(dead)); // it may be at work
        clock.Now += TimeSpan.FromHours(2);
        Assert.Equal(CacheOutcome.Computed, Get(2)); // pushed out by 1
        Assert.False(File.Exists(dead));
        Assert.True(File.Exists(Path.Combine(_folder, "notes.txt")));
    }

    [Fact]
    public void A_cache_that_cannot_store_still_gives_the_result()
    {
        FeatureCache small = new(_folder, new FeatureCacheOptions { MaximumBytes = 10 });
        Assert.Equal(CacheOutcome.NotStored, small.GetOrCompute(s_set, s_panel, "A").Outcome);
        File.WriteAllText(_folder, "a file where the folder should be");
        CachedFeatures got = new FeatureCache(_folder).GetOrCompute(s_set, s_panel, "A");
        Assert.Equal(CacheOutcome.NotStored, got.Outcome);
        Assert.Equal(120, got.Features.Rows);
        File.Delete(_folder);
        Assert.Throws<ArgumentException>(() => new FeatureCache(_folder).GetOrCompute(s_set, s_panel, "Z"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureCache(_folder, new() { MaximumBytes = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureCache(_folder, new() { Abandoned = default }));
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2024, 1, 2, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
