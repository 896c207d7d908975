using System.Diagnostics;
using System.Text.Json.Nodes;

namespace FinML.Cli.Tests.Commands;

public sealed class RunCommandTests
{
    [Fact]
    public async Task ARunLeavesTheExecutedNotebookAndAPage()
    {
        using var place = new Workplace();
        place.Notebook("x.ipynb", "// parameters\nint seed = 1;", "Console.WriteLine($\"seed {seed}\");");
        var run = await Finml.RunAsync(place.Path, "run", "x.ipynb", "-p", "seed=42");
        Assert.Equal((0, true), (run.Code, run.Output.StartsWith("Ran 3 cells in ", StringComparison.Ordinal)));
        Assert.Contains("artifacts/x.html", run.Output.Replace('\\', '/'));
        Assert.Contains("ok     In[3] of 3", run.Error);
        Assert.Contains("seed 42", File.ReadAllText(place.Output("x.ipynb")));
        Assert.Contains("seed 42", File.ReadAllText(place.Output("x.html")));
    }

    [Fact]
    public async Task CellsSeeTheWorkbenchWithoutAUsing()
    {
        using var place = new Workplace();
        place.Notebook("x.ipynb", "typeof(torch).Namespace + Path.GetFileName(RunDirectory)[..2] + Resume");
        var run = await Finml.RunAsync(place.Path, "run", "x.ipynb");
        Assert.Equal(0, run.Code);
        Assert.Contains($"{typeof(torch).Namespace}x-False", File.ReadAllText(place.Output("x.ipynb")));
    }

    [Fact]
    public async Task JsonIsTheOnlyThingOnStandardOutput()
    {
        using var place = new Workplace();
        place.Notebook("x.ipynb", "Console.WriteLine(\"hello\");");
        var run = await Finml.RunAsync(place.Path, "run", "x.ipynb", "--json", "--output", "out");
        var json = JsonNode.Parse(run.Output)!;
        Assert.Equal("succeeded", json["status"]!.ToString());
        Assert.Equal(1, (int)json["cellsRun"]!);
        Assert.True(File.Exists(Path.Combine(place.Path, json["page"]!.ToString())));
    }

    [Fact]
    public async Task AnExceptionInACellIsExitCodeOneAndLeavesNoPage()
    {
        using var place = new Workplace();
        place.Notebook("x.ipynb", "var a = 1;", "\nthrow new InvalidOperationException(\"no prices\");");
        var run = await Finml.RunAsync(place.Path, "run", "x.ipynb");
        Assert.Equal(1, run.Code);
        Assert.Contains("finml: x.ipynb In[2]:line 2: InvalidOperationException: no prices", run.Error);
        Assert.Contains("    throw new InvalidOperationException", run.Error);
        Assert.DoesNotContain("Microsoft.CodeAnalysis", run.Error);
        Assert.Equal("", run.Output);
        Assert.False(File.Exists(place.Output("x.html")));
        Assert.False(File.Exists(place.Output("x.ipynb")));
        Assert.Contains("no prices", File.ReadAllText(place.Output("x.failed.ipynb")));

        place.Notebook("x.ipynb", "1");
        Assert.Equal(0, (await Finml.RunAsync(place.Path, "run", "x.ipynb")).Code);
        Assert.False(File.Exists(place.Output("x.failed.ipynb")));
    }

    [Theory]
    [InlineData("absent.ipynb", "finml: There is no notebook \"absent.ipynb\".")]
    [InlineData("bad.ipynb", "finml: bad.ipynb is not valid JSON at line 2, byte ")]
    [InlineData("x.ipynb -p sed=1", "finml: x.ipynb: unknown parameter \"sed\"; the notebook knows \"seed\".")]
    [InlineData("x.ipynb -p seed=one", "finml: x.ipynb: the parameter \"seed\" is a whole number (int), but the value")]
    [InlineData("x.ipynb -p seed", "finml: -p takes name=value, such as -p seed=7, but was 'seed'.")]
    [InlineData("x.ipynb -p seed=1 -p seed=2", "finml: The parameter 'seed' was given twice")]
    [InlineData("x.ipynb --timeout 0", "finml: --timeout takes seconds above 0")]
    [InlineData("x.ipynb --timeout soon", "finml: Cannot parse argument 'soon'")]
    [InlineData("slip.ipynb", "finml: slip.ipynb In[2]:line 2: CompileError: ")]
    public async Task ARefusalIsOneSentenceAndWritesNothing(string arguments, string expected)
    {
        using var place = new Workplace();
        place.Notebook("x.ipynb", "// parameters\nint seed = 1;");
        place.Notebook("slip.ipynb", "File.Create(\"ran\");", "\nvar x = 1 +;");
        File.WriteAllText(Path.Combine(place.Path, "bad.ipynb"), "{\n \"cells\": }\n");
        var before = place.Files();
        var run = await Finml.RunAsync(place.Path, ["run", .. arguments.Split(' ')]);
        Assert.Equal(1, run.Code);
        Assert.StartsWith(expected, run.Error);
        Assert.Equal("", run.Output);
        Assert.Equal(before, place.Files());
        // One sentence; a slip in a cell also shows the source line and a caret.
        var lines = run.Error.TrimEnd().Split('\n');
        Assert.Equal(arguments.StartsWith("slip", StringComparison.Ordinal) ? 3 : 1, lines.Length);
    }

    [Fact]
    public async Task TheTimeLimitEndsTheProcessWithExitCodeTwo()
    {
        using var place = new Workplace();
        place.Notebook("x.ipynb", "while (true) { }");
        var run = await Finml.RunAsync(place.Path, "run", "x.ipynb", "--timeout", "0.5");
        Assert.Equal(2, run.Code);
        Assert.Contains("In[1]: TimeoutException: the run passed its limit of 0.5 s while this cell ran.", run.Error);
        Assert.False(File.Exists(place.Output("x.html")));
        Assert.True(File.Exists(place.Output("x.failed.ipynb")));
    }

    /// <summary>A cell that counts to 5 in a file, stops for the kill at 3, and goes on from the file.</summary>
    private const string Counting = """
        var file = Path.Combine(RunDirectory, "count");
        var from = File.Exists(file) ? int.Parse(File.ReadAllText(file)) : 0;
        for (var i = from + 1; i <= 5; i++)
        {
            File.WriteAllText(file, $"{i}");
            if (i == 3 && !Resume && File.Exists("hold")) { File.WriteAllText("held", ""); await Task.Delay(-1); }
        }
        $"from {from}, resume {Resume}, at {File.ReadAllText(file)}"
        """;

    [Fact]
    public async Task AKilledRunGoesOnWhereItWas()
    {
        using var place = new Workplace();
        place.Notebook("x.ipynb", Counting);
        File.WriteAllText(Path.Combine(place.Path, "hold"), "");
        using (var first = Finml.Start(place.Path, "run", "x.ipynb"))
        {
            await Finml.WaitForAsync(Path.Combine(place.Path, "held"), first);

            var second = await Finml.RunAsync(place.Path, "run", "x.ipynb");
            Assert.Equal(1, second.Code);
            Assert.Contains(
                $"another run of x with the same parameters is under way (process {first.Id})", second.Error);

            first.Kill(); // SIGKILL: nothing of ours runs any more
            await Finml.EndAsync(first);
        }

        Assert.DoesNotContain(place.Files(), file => file.EndsWith(".html") || file.EndsWith(".tmp"));
        Assert.Equal(0, (await Finml.RunAsync(place.Path, "run", "x.ipynb", "--resume")).Code);
        Assert.Contains("from 3, resume True, at 5", File.ReadAllText(place.Output("x.ipynb")));

        File.Delete(Path.Combine(place.Path, "hold"));
        Assert.Equal(0, (await Finml.RunAsync(place.Path, "run", "x.ipynb")).Code);
        Assert.Contains("from 0, resume False, at 5", File.ReadAllText(place.Output("x.ipynb")));
    }

    [Fact]
    public async Task ResumingWhereNothingIsSaysSo()
    {
        using var place = new Workplace();
        place.Notebook("x.ipynb", "1");
        var run = await Finml.RunAsync(place.Path, "run", "x.ipynb", "--resume");
        Assert.Equal(0, run.Code);
        Assert.Contains("nothing to resume", run.Error);
    }

    [Fact]
    public async Task CtrlCEndsTheRunCleanly()
    {
        if (OperatingSystem.IsWindows())
            return; // no SIGINT to send to another process there
        using var place = new Workplace();
        place.Notebook("x.ipynb", "File.WriteAllText(\"held\", \"\");\nwhile (true) { }");
        using var process = Finml.Start(place.Path, "run", "x.ipynb");
        await Finml.WaitForAsync(Path.Combine(place.Path, "held"), process);
        using var kill = Process.Start("kill", $"-INT {process.Id}");
        var run = await Finml.EndAsync(process);
        Assert.Equal(130, run.Code);
        Assert.Contains("the run was stopped while this cell ran", run.Error);
        Assert.False(File.Exists(place.Output("x.html")));
    }

    [Fact]
    public async Task TwoProcessesPrintTheSame()
    {
        using var place = new Workplace();
        place.Notebook(
            "x.ipynb", "var r = new Random(1);\nEnumerable.Range(0, 5).Select(i => new { i, x = r.NextDouble() })");
        async Task<string> Outputs(string output)
        {
            Assert.Equal(0, (await Finml.RunAsync(place.Path, "run", "x.ipynb", "--output", output)).Code);
            var json = JsonNode.Parse(File.ReadAllText(Path.Combine(place.Path, output, "x.ipynb")))!;
            return json["cells"]![0]!["outputs"]!.ToJsonString();
        }

        Assert.Equal(await Outputs("a"), await Outputs("b"));
    }
}
