using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FinML.Cli.Tests.Terminal;

/// <summary>The commands in a terminal, where they draw live: through util-linux's <c>script</c>, which makes
/// one.</summary>
public sealed class TerminalTests
{
    [SkippableFact]
    public async Task ARunDrawsItsBarsAndEndsWell()
    {
        using var place = new Workplace();
        place.Notebook("x.ipynb", "var bar = Progress(\"\");\nbar.Report(0.5);\nawait Task.Delay(300);\n\"the end\"");

        var run = await InTerminalAsync(place.Path, "run", "x.ipynb");

        Assert.True(run.Code == 0, run.Output);
        Assert.Contains("✓ In[1]", run.Output);
        Assert.Contains("50%", run.Output);
        Assert.Contains("the end", File.ReadAllText(place.Output("x.ipynb")));
    }

    [SkippableTheory]
    [InlineData("verify", "markets")]
    [InlineData("data", "list")]
    [InlineData("data", "show", "sp500")]
    [InlineData("doctor")]
    [InlineData("--help")]
    public async Task EveryOtherCommandWorksThereToo(params string[] arguments)
    {
        var run = await InTerminalAsync(AppContext.BaseDirectory, arguments);

        Assert.True(run.Code == 0, run.Output);
        Assert.DoesNotContain("finml:", run.Output);
    }

    private static async Task<Finml.Outcome> InTerminalAsync(string directory, params string[] arguments)
    {
        Skip.IfNot(
            OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"),
            "SKIPPED: a terminal needs util-linux's script, which is not here.");
        string library = Path.Combine(AppContext.BaseDirectory, "finml.dll");
        string[] words = ["dotnet", "exec", library, .. arguments];
        string command = string.Join(' ', words.Select(word => $"'{word}'"));
        var start = new ProcessStartInfo("/usr/bin/script")
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["TERM"] = "xterm-256color";
        foreach (string argument in new[] { "-qefc", command, "/dev/null" })
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var ended = await Finml.EndAsync(process);
        // Without colours and cursor moves.
        return ended with { Output = Regex.Replace(ended.Output, "\\x1b\\[[0-9;?]*[A-Za-z]", "") };
    }
}
