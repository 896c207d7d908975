using System.Diagnostics;
using FinML.Notebooks.Packages;

namespace FinML.Notebooks.Tests.Packages;

/// <summary>Packages in a session: had, kept, refused. Each restore starts the SDK, so cases share them.</summary>
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
        string[] cells = ["#r \"nuget:Tiny.Outer, 1.0.0\"\nOuter.Name", "Inner.Name"];

        NotebookRunResult first = await feed.RunAsync(cells);
        int started = DotnetCommand.Started;
        Directory.Delete(feed.PathOf("feed"), recursive: true);
        NotebookRunResult second = await feed.RunAsync(cells);

        foreach (NotebookRunResult result in (NotebookRunResult[])[first, second])
        {
            Assert.Equal("outer inner", Notebooks.Text(result, 1)); // and no word about a version that was written
            Assert.Equal("inner", Notebooks.Text(result, 2));
            Assert.Equal(
                """{"Tiny.Inner":"1.0.0","Tiny.Outer":"1.0.0"}""",
                result.Executed.Metadata["finml"]!["packages"]!.ToJsonString());
        }

        Assert.Equal(started, DotnetCommand.Started);
        Assert.Empty(Directory.GetFileSystemEntries(feed.PathOf("cache/work")));
    }
}
