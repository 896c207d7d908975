using System.Text.Json.Nodes;

namespace FinML.Cli.Tests;

/// <summary>The main job as a user runs it, in processes of its own, with agents that learn for less time.</summary>
public sealed class QuickstartTests : IDisposable
{
    private static readonly string[] Small = ["-p", "agents=2", "-p", "agentSteps=4096", "-p", "auditCutoffs=1"];
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task TheSameSeedGivesTheSameBitsInTwoProcessesAndAfterAKill()
    {
        string[] uninterrupted = await RunAsync("first", "-p", "threads=2");
        string[] again = await RunAsync("second", "-p", "threads=2");
        string[] killed = await KillAndResumeAsync("third", "-p", "threads=2");

        Assert.NotEmpty(uninterrupted);
        Assert.Contains(uninterrupted, output => output.Contains("After costs, agents earned a Sharpe ratio of"));
        Assert.Contains(uninterrupted, output => output.Contains("Causal: "));
        Assert.Equal(uninterrupted, again);
        Assert.Equal(uninterrupted, killed);
    }

    [Fact]
    public async Task ItsPageOpensWithoutANetwork()
    {
        await RunAsync("page");

        string page = File.ReadAllText(Path.Combine(place.Path, "page", "00-quickstart.html"));
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
        Assert.Equal(4, page.Split("<svg").Length - 1);
        Assert.Contains("What it is evidence for", page);
    }

    [Fact]
    public async Task AnUnknownParameterIsRefusedBeforeAnythingRuns()
    {
        var run = await Finml.RunAsync(place.Path, "run", Notebook, "--output", "refused", "-p", "agentStep=4096");

        Assert.Equal(1, run.Code);
        Assert.Contains("agentStep", run.Error);
        Assert.Contains("agentSteps", run.Error);
        Assert.False(File.Exists(Path.Combine(place.Path, "refused", "00-quickstart.ipynb")));
    }

    private static string Notebook { get; } =
        Path.Combine(
            FinML.Cli.Terminal.Workbench.FindRoot(AppContext.BaseDirectory)!, "notebooks", "00-quickstart.ipynb");

    private async Task<string[]> RunAsync(string folder, params string[] more)
    {
        var run = await Finml.RunAsync(place.Path, Arguments(folder, more));
        Assert.True(run.Code == 0, run.Error);
        return Outputs(folder);
    }

    private async Task<string[]> KillAndResumeAsync(string folder, params string[] more)
    {
        using (var process = Finml.Start(place.Path, Arguments(folder, more)))
        {
            // An agent of the middle of the walk has saved its state: others are done, others have not begun.
            string runs = Path.Combine(place.Path, folder, "runs");
            while (!Directory.Exists(runs)
                || Directory.GetFiles(runs, "agent-4-*.checkpoint", SearchOption.AllDirectories).Length == 0)
            {
                Assert.False(process.HasExited, "the run ended before it could be killed");
                await Task.Delay(5);
            }

            process.Kill(); // SIGKILL: nothing of ours runs any more
            await Finml.EndAsync(process);
        }

        Assert.False(File.Exists(Path.Combine(place.Path, folder, "00-quickstart.ipynb")));
        return await RunAsync(folder, [.. more, "--resume"]);
    }

    private static string[] Arguments(string folder, string[] more) =>
        ["run", Notebook, "--output", folder, .. Small, .. more];

    /// <summary>What the executed notebook shows, cell by cell, down to the last digit.</summary>
    private string[] Outputs(string folder)
    {
        var notebook = JsonNode.Parse(File.ReadAllText(Path.Combine(place.Path, folder, "00-quickstart.ipynb")))!;
        return notebook["cells"]!.AsArray()
            .Where(cell => cell!["cell_type"]!.GetValue<string>() == "code")
            .SelectMany(cell => cell!["outputs"]!.AsArray())
            .Select(output => output!.ToJsonString())
            .ToArray();
    }
}
