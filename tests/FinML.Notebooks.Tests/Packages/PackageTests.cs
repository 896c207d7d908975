using System.Diagnostics;
using FinML.Notebooks.Packages;

namespace FinML.Notebooks.Tests.Packages;

/// <summary>Tests that start the SDK: one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SdkCollection
{
    public const string Name = "sdk";
}

/// <summary>Packages in a session: had, kept, refused. Each restore starts the SDK, so cases share them.</summary>
[Collection(SdkCollection.Name)]
public sealed class PackageTests
{
    private const string Outer = "public static class Outer { public static string Name => \"outer \" + Inner.Name; }";
    private const string Inner = "public static class Inner { public static string Name => \"inner\"; }";

    /// <summary>A feed with Tiny.Outer 1.0.0 and 1.1.0, which need Tiny.Inner 1.0.0.</summary>
    private static TinyFeed Feed(string? source = null)
    {
        TinyFeed feed = new(source);
        string inner = feed.PathOf("Tiny.Inner.dll");
        File.WriteAllBytes(inner, TinyFeed.Compile("Tiny.Inner", "1.0.0.0", Inner, []));
        feed.Add("Tiny.Inner", "1.0.0", Inner);
        foreach (string version in (string[])["1.0.0", "1.1.0"])
        {
            feed.Add("Tiny.Outer", version, Outer, needs: [("Tiny.Inner", "1.0.0")], references: [inner]);
        }

        return feed;
    }

    [Fact]
    public async Task A_package_comes_with_what_it_needs_and_the_second_time_from_the_cache()
    {
        using TinyFeed feed = Feed();
        // Any library will do for a native one: the runtime's own, under another name.
        string library = OperatingSystem.IsMacOS() ? "libSystem.Native.dylib" : OperatingSystem.IsWindows()
            ? "clrjit.dll" : "libSystem.Native.so";
        byte[] native = File.ReadAllBytes(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, library));
        string name = "tiny_native" + Path.GetExtension(library);
        feed.Add("Tiny.Native", "1.0.0", """
            public static class Native
            {
                public static bool IsThere => System.Runtime.InteropServices.NativeLibrary.TryLoad(
                    "tiny_native", typeof(Native).Assembly, null, out _);
            }
            """, files: [($"runtimes/{RuntimeIdentifiers.Current}/native/lib{name}", native),
                ($"runtimes/{RuntimeIdentifiers.Current}/native/{name}", native),
                ($"runtimes/other-cpu/native/{name}", [1, 2, 3])]);
        string[] cells =
        [
            "#r \"nuget:Tiny.Outer, 1.0.0\"\n#r \"nuget:Tiny.Native, 1.0.0\"\nOuter.Name",
            "Inner.Name", "Native.IsThere",
        ];

        NotebookRunResult first = await feed.RunAsync(cells);
        int started = DotnetCommand.Started;
        Directory.Delete(feed.PathOf("feed"), recursive: true);
        NotebookRunResult second = await feed.RunAsync(cells);

        foreach (NotebookRunResult result in (NotebookRunResult[])[first, second])
        {
            Assert.Equal("outer inner", Notebooks.Text(result, 1)); // and no word about a version that was written
            Assert.Equal("inner", Notebooks.Text(result, 2));
            Assert.Equal("true", Notebooks.Text(result, 3));
            Assert.Equal(
                """{"Tiny.Inner":"1.0.0","Tiny.Native":"1.0.0","Tiny.Outer":"1.0.0"}""",
                result.Executed.Metadata["finml"]!["packages"]!.ToJsonString());
        }

        Assert.Equal(started, DotnetCommand.Started);
        Assert.Empty(Directory.GetFileSystemEntries(feed.PathOf("cache/work")));
    }

    [Fact]
    public async Task Versions_that_are_not_there_or_do_not_go_with_what_is_loaded_are_refused()
    {
        using TinyFeed feed = Feed();
        feed.Add("Markdig", "99.0.0", Inner, assemblyVersion: "99.0.0.0");

        Assert.Equal(
            "In[2]:line 2: ReferenceError: Tiny.Outer has no version 1.0.5; there are 1.1.0, 1.0.0. "
                + "Write one of these versions.",
            await feed.RefusalAsync("1", "var x = 1;\n#r \"nuget:Tiny.Outer, 1.0.5\""));
        Assert.Equal(
            "In[2]:line 1: ReferenceError: Tiny.Outer 1.1.0 cannot be loaded: the session has Tiny.Outer 1.0.0 "
                + "loaded, which stays. Restart the kernel, and write the #r lines into one cell.",
            await feed.RefusalAsync("#r \"nuget:Tiny.Outer, 1.0.0\"", "#r \"nuget:Tiny.Outer, 1.1.0\""));
        Assert.Matches(
            @"Markdig 99\.0\.0 has Markdig 99\.0\.0\.0, but the workbench itself runs on Markdig 1\.\d+\.0\.0, "
                + @"which stays\. Ask for a version that goes with Markdig 1\.\d+\.0\.0\.$",
            await feed.RefusalAsync("#r \"nuget:Markdig, 99.0.0\""));
    }

    [Fact]
    public async Task Two_at_once_and_one_that_is_stopped_leave_nothing_half_made()
    {
        using TinyFeed feed = Feed();
        PackageResolver Resolver() => new(
            feed.PathOf("notebooks"), feed.PathOf("cache"), feed.PathOf("packages"), TimeProvider.System);
        PackageRequest[] requests = [new("Tiny.Outer", "1.0.0")];
        using CancellationTokenSource stop = new();
        // What a killed restore leaves: a package without the file that is written last, and its folder.
        Directory.CreateDirectory(feed.PathOf("packages/tiny.outer/1.0.0/lib"));
        DirectoryInfo left = Directory.CreateDirectory(feed.PathOf("cache/work/left"));
        left.LastWriteTimeUtc = DateTime.UtcNow.AddDays(-2);
        Task<PackageClosure> stopped = Resolver().ResolveAsync(
            requests, [], () => { stop.CancelAfter(200); return null; }, stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        Assert.Empty(Directory.GetFileSystemEntries(feed.PathOf("cache/work")));
        Assert.Empty(Directory.GetFiles(feed.PathOf("cache")));

        PackageClosure[] both = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Resolver().ResolveAsync(requests, [], () => null, default)));

        foreach (PackageClosure closure in both)
        {
            Assert.Equal(["Tiny.Inner", "Tiny.Outer"], closure.Packages.Keys);
            Assert.True(closure.IsWhole());
        }

        Assert.Single(Directory.GetFiles(feed.PathOf("cache")));
        string key = Path.GetFileNameWithoutExtension(Directory.GetFiles(feed.PathOf("cache"))[0]);
        PackageCache cache = new(feed.PathOf("cache"), TimeProvider.System);
        Assert.NotNull(cache.Find(key, null));
        Assert.Null(cache.Find(key, TimeSpan.Zero));
        Directory.Delete(feed.PathOf("packages/tiny.inner"), recursive: true);
        Assert.Null(cache.Find(key, null)); // somebody emptied the packages folder
    }

    [Fact]
    public async Task Without_a_network_what_is_unpacked_works()
    {
        using TinyFeed feed = Feed();
        await feed.RunAsync("#r \"nuget:Tiny.Outer, 1.0.0\"");
        using TinyFeed offline = Feed("http://127.0.0.1:9/v3/index.json");
        Directory.Move(feed.PathOf("packages"), offline.PathOf("packages"));

        NotebookRunResult result = await offline.RunAsync("#r \"nuget:Tiny.Outer\"\nOuter.Name");
        NotebookRunResult newest = await offline.RunAsync("#r \"nuget:Tiny.Outer, 1.*\"\nOuter.Name");

        Assert.Equal("Tiny.Outer 1.0.0\nouter inner", Notebooks.Text(result, 1));
        Assert.Equal("Tiny.Outer 1.0.0\nouter inner", Notebooks.Text(newest, 1));
    }
}
