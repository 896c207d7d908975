using System.Diagnostics;

namespace FinML.Data.Tests.Cache;

public sealed class FeatureCacheProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("finml-cache-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Processes_share_a_small_cache_while_entries_are_damaged_and_pushed_out()
    {
        Process[] others = [.. Enumerable.Range(1, 4).Select(seed => OtherProcess.Start(
            FeatureCacheProcess.Name, _folder, "300", $"{seed}"))];
        long[] outcomes = new long[4];
        HashSet<string> keys = [];
        foreach (Process other in others)
        {
            using (other)
            {
                string[] lines = other.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
                string errors = other.StandardError.ReadToEnd();
                other.WaitForExit();
                Assert.True(other.ExitCode == 0, errors);
                keys.Add(lines[0].Trim());
                string[] counts = lines[1].Split(' ');
                for (int i = 0; i < 4; i++)
                {
                    outcomes[i] += int.Parse(counts[i], System.Globalization.CultureInfo.InvariantCulture);
                }
            }
        }

        (FeatureSet set, Panel panel) = FeatureCacheProcess.Entry(0);
        Assert.Equal([FeatureCacheKey.Of(set, panel, "A").Hash], keys); // one key in every process
        Assert.Equal(1200, outcomes.Sum());
        Assert.True(outcomes[(int)CacheOutcome.Hit] > 100, "no process read what another wrote");
        Assert.True(outcomes[(int)CacheOutcome.Rebuilt] > 0, "no damage was found");
        RequireBounded();
    }

    [Fact]
    public void Processes_killed_at_any_moment_leave_whole_entries_only()
    {
        // Six times, and on a busy machine as often as it takes until one of them had time to write.
        for (int kill = 0; kill < 6 || (kill < 60 && Directory.GetFiles(_folder, "*.features").Length == 0); kill++)
        {
            using Process other = OtherProcess.Start(FeatureCacheProcess.Name, _folder, "1000000", $"{kill + 50}");
            other.StandardOutput.ReadLine(); // it has begun
            SpinWait.SpinUntil(() => other.HasExited, 20 + 15 * kill);
            other.Kill();
            other.WaitForExit();
        }

        Assert.NotEmpty(Directory.GetFiles(_folder, "*.features"));
        FeatureCache cache = new(_folder, FeatureCacheProcess.Options with { Abandoned = TimeSpan.FromTicks(1) });
        for (int number = 0; number < FeatureCacheProcess.Entries; number++)
        {
            (FeatureSet set, Panel panel) = FeatureCacheProcess.Entry(number);
            Assert.Equal(set.Compute(panel, "A").Values.ToArray(),
                cache.GetOrCompute(set, panel, "A").Features.Values.ToArray());
        }

        RequireBounded();
    }

    private void RequireBounded()
    {
        FileInfo[] files = new DirectoryInfo(_folder).GetFiles();
        Assert.All(files, file => Assert.Equal(".features", file.Extension)); // nothing half-written stays
        Assert.InRange(files.Sum(file => file.Length), 1, FeatureCacheProcess.Options.MaximumBytes);
    }
}
