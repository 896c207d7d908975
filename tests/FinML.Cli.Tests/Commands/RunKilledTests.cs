using System.Diagnostics;
using System.Text.Json.Nodes;

namespace FinML.Cli.Tests.Commands;

/// <summary>A run that is killed (kill -9) at any moment leaves the outputs of the run before it, or its own, whole.
/// </summary>
public sealed class RunKilledTests
{
    private const int Kills = 10, Lines = 20_000;

    [Fact]
    public async Task AKilledRunLeavesWholeFilesOfTheOldRunOrTheNew()
    {
        using var work = new Workplace();
        // Much text, so that writing takes time.
        var print = $"for (var i = 0; i < {Lines}; i++) Console.WriteLine(run);";
        work.Notebook("a.ipynb", "// parameters\nvar run = 0;", print, print);
        Assert.Equal(0, (await Finml.RunAsync(work.Path, "run", "a.ipynb")).Code);

        var random = new Random(7);
        var (before, replaced, killed) = (0, 0, 0);
        for (var run = 1; run <= Kills; run++)
        {
            using var process = Finml.Start(work.Path, "run", "a.ipynb", "-p", $"run={run}");
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            // Anywhere in the run, or from the moment on in which it writes.
            if (run % 3 == 0)
                await Task.Delay(random.Next(1500));
            else
                await WritingAsync(work, process);
            await Task.Delay(random.Next(run % 3 == 2 ? 60 : 2));
            process.Kill(); // SIGKILL
            await process.WaitForExitAsync();
            await Task.WhenAll(output, error);
            killed += process.ExitCode == 0 ? 0 : 1;

            var now = Runs(work.Output("a.ipynb"));
            Assert.Single(now); // all cells of one run
            Assert.True(now[0] == before || now[0] == run, $"after run {run}: {now[0]}, before: {before}");
            replaced += now[0] == before ? 0 : 1;
            before = now[0];
            Assert.EndsWith("</html>", (await File.ReadAllTextAsync(work.Output("a.html"))).TrimEnd());
        }

        Assert.True(killed >= Kills / 2, $"{killed} of {Kills} were killed before their end, {replaced} had written");
        Assert.Equal(0, (await Finml.RunAsync(work.Path, "run", "a.ipynb", "-p", "run=99")).Code);
        Assert.Equal([99], Runs(work.Output("a.ipynb")));
    }

    /// <summary>The numbers that the cells of an executed notebook print, which must be whole.</summary>
    private static int[] Runs(string path)
    {
        var cells = JsonNode.Parse(File.ReadAllBytes(path))!["cells"]!.AsArray();
        return
        [
            .. cells.Where(cell => cell!["outputs"]!.AsArray().Count > 0).SelectMany(cell =>
            {
                var lines = cell!["outputs"]![0]!["text"]!.AsArray();
                Assert.Equal(Lines, lines.Count);
                return lines.Select(line => int.Parse(line!.ToString().Trim()));
            }).Distinct(),
        ];
    }

    private static async Task WritingAsync(Workplace work, Process process)
    {
        var folder = Path.GetDirectoryName(work.Output("a.ipynb"))!;
        var old = Directory.GetFiles(folder, "*.tmp");
        while (!process.HasExited && Directory.GetFiles(folder, "*.tmp").Length == old.Length)
            await Task.Delay(1);
    }
}
