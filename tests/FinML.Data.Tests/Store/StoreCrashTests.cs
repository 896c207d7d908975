using System.Diagnostics;
using System.Globalization;
using FinML.Data.Store;

namespace FinML.Data.Tests.Store;

/// <summary>A writer is killed 200 times at random moments of its appends and compactions: each time the store opens
/// with all that was committed, whole, and with nothing else.</summary>
public sealed class StoreCrashTests
{
    private const int Lanes = 4, KillsOfLane = 50;

    [SkippableFact]
    public void A_killed_writer_leaves_what_it_committed_and_nothing_else()
    {
        Engine.Require();
        int committed = 0, leftovers = 0;
        Parallel.For(0, Lanes, new ParallelOptions { MaxDegreeOfParallelism = Lanes }, lane =>
        {
            (int panels, int dirty) = Lane(new RandomStream(20, (ulong)lane));
            Interlocked.Add(ref committed, panels);
            Interlocked.Add(ref leftovers, dirty);
        });

        // The moments were such that something was at stake.
        Assert.True(committed >= Lanes * KillsOfLane / 2, $"{committed} panels");
        Assert.True(leftovers >= Lanes * KillsOfLane / 20, $"{leftovers} kills left files");
    }

    /// <summary>The lives of one store: how many panels it has in the end, and how many kills left files that were none
    /// of its own.</summary>
    private static (int Panels, int Dirty) Lane(RandomStream random)
    {
        using TemporaryStore place = new();
        PanelStore.Create(place.Folder, ["close"]);
        int panels = 0, dirty = 0;
        double[] milliseconds = [100, 30]; // of the first append of a life, and of a later one: as last seen
        for (int kill = 0; kill < KillsOfLane; kill++)
        {
            int confirmed = RunAndKill(place.Folder, random, milliseconds) ?? panels;
            string[] left = place.Files();
            PanelStore store = PanelStore.Open(place.Folder, StoreWriterProcess.Options);
            panels = (int)(store.Rows / (StoreWriterProcess.Rows * StoreWriterProcess.Symbols.Length));
            // The manifest may have been swapped and the word not have come through.
            Assert.InRange(panels, confirmed, confirmed + 1);
            RequireExactly(panels, store, place);
            dirty += left.Length > place.Files().Length ? 1 : 0;
        }

        return (panels, dirty);
    }

    private static void RequireExactly(int panels, PanelStore store, TemporaryStore place)
    {
        Assert.Equal(store.Manifest.Files.Select(f => Path.Combine("data", f.Path.Replace('/',
            Path.DirectorySeparatorChar))).Append("manifest.json").Order(StringComparer.Ordinal), place.Files());
        Assert.Empty(store.Verify());
        if (panels == 0)
            return;
        Panel panel = store.Load();
        Assert.Equal(panels * StoreWriterProcess.Rows, panel.Length);
        for (int asset = 0; asset < StoreWriterProcess.Symbols.Length; asset++)
        {
            ReadOnlySpan<double> column = panel.Column(StoreWriterProcess.Symbols[asset], "close");
            for (int row = 0; row < column.Length; row++)
                Assert.Equal(StoreWriterProcess.Value(row, asset), column[row]);
        }
    }

    /// <summary>
    /// Starts a writer and kills it at a random moment of its first, second or third append, whatever the machine's
    /// speed: gives how many panels the store has by what the writer said last, or null where it said nothing.
    /// </summary>
    private static int? RunAndKill(string folder, RandomStream random, double[] milliseconds)
    {
        using Process writer = OtherProcess.Start(StoreWriterProcess.Name, folder);
        string? last = writer.StandardOutput.ReadLine();
        int appends = random.NextInt(3);
        for (int i = 0; i < appends && last is not null; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            last = writer.StandardOutput.ReadLine();
            milliseconds[Math.Min(i, 1)] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        // It does not end by itself: a wait of that length.
        bool ended = last is null
            || writer.WaitForExit((int)(random.NextDouble() * 1.2 * milliseconds[Math.Min(appends, 1)]));
        Assert.False(ended, ended ? writer.StandardError.ReadToEnd() : "");
        writer.Kill();
        string[] rest = writer.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        writer.WaitForExit();
        last = rest.Length > 0 ? rest[^1] : last;
        return last == "ready" ? null : int.Parse(last!, CultureInfo.InvariantCulture) + 1;
    }
}
