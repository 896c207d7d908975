using System.Text.Json.Nodes;

namespace FinML.Cli.Tests.Notebooks;

public sealed class NotebooksCacheCommandTests
{
    [Fact]
    public async Task ResultsAreUsedListedReplacedAndRemoved()
    {
        using var work = new Workplace();
        work.Notebook("a.ipynb", "var n = 2;", "var x = new[] { n, 0.5 };", "x[0] + x[1]");
        var file = Path.Combine(work.Path, "a.ipynb");
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        json["cells"]![1]!["metadata"]!["tags"] = new JsonArray("cache");
        File.WriteAllText(file, json.ToJsonString());
        Task<Finml.Outcome> Run(params string[] arguments) => Finml.RunAsync(work.Path, arguments);

        var first = await Run("run", "a.ipynb", "--json");
        var second = await Run("run", "a.ipynb");
        var fresh = await Run("run", "a.ipynb", "--no-cache", "--json");
        var list = await Run("notebooks", "cache", "list");
        var other = await Run("notebooks", "cache", "clear", "b.ipynb");
        var clear = await Run("notebooks", "cache", "clear", "a.ipynb");

        Assert.True(first.Code == 0, first.Error);
        Assert.Equal(0, (int)JsonNode.Parse(first.Output)!["cellsFromCache"]!);
        Assert.Contains("1 of them did not run: their results are an earlier run's", second.Output);
        Assert.Equal(0, (int)JsonNode.Parse(fresh.Output)!["cellsFromCache"]!);
        Assert.Contains("a.ipynb  cell cell-1", list.Output);
        Assert.Contains("1 results", list.Output);
        Assert.Equal(1, other.Code);
        Assert.Contains("the cache holds no result of b.ipynb", other.Error);
        Assert.Contains("removed 1 results", clear.Output);
        Assert.Contains("0 results", (await Run("notebooks", "cache", "list")).Output);
    }
}
