using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace FinML.Cli.Tests.Notebooks;

/// <summary>The commands on notebooks as a user runs them, in processes of their own.</summary>
public sealed class NotebooksCommandTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task SeveralRunAtOnceAndAreCheckedAgainstWhatTheyStored()
    {
        place.Notebook("a.ipynb", "// parameters\nint n = 1;", "n / 3.0");
        place.Notebook("b.ipynb", "Console.WriteLine(\"b\");");
        var run = await Finml.RunAsync(
            place.Path, "run", "a.ipynb", "b.ipynb", "--parallel", "2", "--output", "stored", "--junit", "run.xml");
        Assert.True(run.Code == 0, run.Error);
        Assert.Matches("ok +a.ipynb .* 2 cells", run.Output);
        Assert.Contains("b  ok     In[1] of 1", run.Error);
        Assert.Equal(["2", "1"], Suites("run.xml").Select(suite => suite.Attribute("tests")!.Value));

        var same = await Finml.RunAsync(place.Path, "notebooks", "check", "stored", "--parallel", "2");
        Assert.True(same.Code == 0, same.Output + same.Error);
        Assert.Matches("same +stored/a.ipynb .* 2 compared cells", same.Output.Replace('\\', '/'));

        var stored = File.ReadAllText(In("stored/a.ipynb"));
        File.WriteAllText(In("stored/a.ipynb"), stored.Replace("0.3333333333333333", "0.3333"));
        var drift = await Finml.RunAsync(
            place.Path, "notebooks", "check", "stored", "--parallel", "2", "--junit", "check.xml");
        Assert.Equal(3, drift.Code);
        Assert.Contains("output 1, text/plain, largest relative difference 1.0e-4", drift.Output);
        Assert.Contains("      - 0.3333\n      + 0.3333333333333333\n", drift.Output);
        Assert.Equal(["1", "0"], Suites("check.xml").Select(suite => suite.Attribute("failures")!.Value));
        Assert.Equal(0, (await Finml.RunAsync(
            place.Path, "notebooks", "check", "stored/a.ipynb", "--tolerance", "0.001")).Code);
    }

    [Fact]
    public async Task TheExitCodeOfSeveralIsThatOfTheWorst()
    {
        place.Notebook("good.ipynb", "1");
        place.Notebook("bad.ipynb", "throw new InvalidOperationException(\"no prices\");");
        var run = await Finml.RunAsync(place.Path, "run", "good.ipynb", "bad.ipynb", "absent.ipynb", "--json");
        Assert.Equal(1, run.Code);
        var results = JsonNode.Parse(run.Output)!.AsArray();
        Assert.Equal(["succeeded", "failed", "refused"], results.Select(result => result!["status"]!.ToString()));
        Assert.Contains("no prices", results[1]!["error"]!.ToString());
        Assert.Equal("There is no notebook \"absent.ipynb\".", results[2]!["error"]!.ToString());
    }

    [Fact]
    public async Task ACheckOfAnEndlessCellIsExitCodeTwo()
    {
        place.Notebook("x.ipynb", "1");
        Assert.Equal(0, (await Finml.RunAsync(place.Path, "run", "x.ipynb")).Code);
        var text = File.ReadAllText(place.Output("x.ipynb"));
        File.WriteAllText(In("x.ipynb"), text.Replace("\"source\": \"1\"", "\"source\": \"while (true) { }\""));
        var endless = await Finml.RunAsync(place.Path, "notebooks", "check", "x.ipynb", "--timeout", "0.5", "--json");
        Assert.Equal(2, endless.Code);
        Assert.Equal("timedout", JsonNode.Parse(endless.Output)![0]!["status"]!.ToString());
    }

    [Theory]
    [InlineData("check never.ipynb", 3, "it stores no outputs to compare with: run it")]
    [InlineData("check absent.ipynb", 1, "There is no notebook \"absent.ipynb\".")]
    [InlineData("check never.ipynb --tolerance 2", 1, "The relative tolerance is 0 up to below 1, but was 2.")]
    [InlineData("check never.ipynb --output .", 1, "--output . is the folder of never.ipynb")]
    [InlineData("check never.ipynb other/never.ipynb", 1, "have the same name, and would write the same files")]
    [InlineData("check empty", 1, "empty holds no notebook")]
    [InlineData("clear never.ipynb absent.ipynb", 1, "There is no notebook \"absent.ipynb\".")]
    [InlineData("export never.ipynb docx", 1, "The formats are html, md, pdf, cs, but was 'docx'.")]
    [InlineData("export never.ipynb md --interactive", 1, "--interactive is for html, but the format was 'md'.")]
    [InlineData("export never.ipynb html --output never.ipynb", 1, "never.ipynb is the notebook itself")]
    [InlineData("new backtst", 1, "There is no template 'backtst'; there are: empty, experiment, backtest.")]
    [InlineData("new empty --output never.ipynb", 1, "never.ipynb is there already")]
    public async Task ARefusalIsOneSentenceAndWritesNothing(string arguments, int code, string expected)
    {
        place.Notebook("never.ipynb", "1");
        Directory.CreateDirectory(In("empty"));
        var before = place.Files();
        var run = await Finml.RunAsync(place.Path, ["notebooks", .. arguments.Split(' ')]);
        Assert.Equal(code, run.Code);
        Assert.Contains(expected, run.Output + run.Error);
        Assert.Equal(before, place.Files());
    }

    [Fact]
    public async Task ANotebookIsExportedAndCleared()
    {
        place.Notebook("x.ipynb", "Console.WriteLine(\"hello\");");
        var bare = File.ReadAllText(In("x.ipynb"));
        Assert.Equal(0, (await Finml.RunAsync(place.Path, "run", "x.ipynb", "--output", "out")).Code);
        foreach (var format in (string[])["html", "md", "cs"])
        {
            var export = await Finml.RunAsync(
                place.Path, "notebooks", "export", "out/x.ipynb", format, "--output", $"y.{format}");
            Assert.True(export.Code == 0, export.Error);
            Assert.Contains("hello", File.ReadAllText(In($"y.{format}")));
        }

        Assert.Equal(File.ReadAllText(In("out/x.html")), File.ReadAllText(In("y.html")));
        Assert.Equal("cleared  out/x.ipynb\n", (await Finml.RunAsync(
            place.Path, "notebooks", "clear", "out/x.ipynb")).Output);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(bare), JsonNode.Parse(File.ReadAllText(In("out/x.ipynb")))));
        Assert.Equal("was clear  out/x.ipynb\n", (await Finml.RunAsync(
            place.Path, "notebooks", "clear", "out/x.ipynb")).Output);
    }

    [Fact]
    public async Task WithoutPlotlyAnInteractivePageShowsThePictures()
    {
        place.Notebook("x.ipynb", "1");
        using var process = Finml.Start(
            place.Path, [("FINML_PLOTLY", "/nowhere/plotly.js")],
            ["notebooks", "export", "x.ipynb", "html", "--interactive"]);
        var run = await Finml.EndAsync(process);
        Assert.Equal(0, run.Code);
        Assert.Equal("FINML_PLOTLY names \"/nowhere/plotly.js\", which is not there. "
            + "The page shows the figures as pictures.\n", run.Error);
        Assert.DoesNotContain("<script", File.ReadAllText(In("x.html")));
    }

    [Fact]
    public async Task WithoutABrowserAPdfIsRefusedInOneSentence()
    {
        place.Notebook("x.ipynb", "1");
        using var process = Finml.Start(
            place.Path, [("FINML_CHROMIUM", "/nowhere/chromium")], ["notebooks", "export", "x.ipynb", "pdf"]);
        var run = await Finml.EndAsync(process);
        Assert.Equal(1, run.Code);
        Assert.Equal("finml: FINML_CHROMIUM names \"/nowhere/chromium\", which is not there.\n", run.Error);
        Assert.Equal(["x.ipynb"], place.Files());
    }

    [Fact]
    public async Task TemplatesRunAsTheyStandAndTheRecordNamesTheirData()
    {
        string[] names = ["empty", "experiment", "backtest"];
        foreach (var name in names)
            Assert.Equal(0, (await Finml.RunAsync(place.Path, "notebooks", "new", name)).Code);
        using var process = Finml.Start(
            place.Path, [("FINML_DATA", Path.Combine(Root, "data"))],
            ["run", .. names.Select(name => $"{name}.ipynb"), "--parallel", "2"]);
        var run = await Finml.EndAsync(process);
        Assert.True(run.Code == 0, run.Output + run.Error);

        var experiment = File.ReadAllText(place.Output("experiment.ipynb"));
        Assert.Contains("reproduced", experiment);
        var record = JsonNode.Parse(experiment)!["metadata"]!["finml"]!;
        Assert.Equal(64, record["data"]!["sp500-dge"]!.ToString().Length);
        Assert.Equal(1, (int)record["seed"]!);
    }

    [Fact]
    public async Task TheQuickstartCompilesAsAProgram()
    {
        var export = await Finml.RunAsync(
            place.Path, "notebooks", "export", Path.Combine(Root, "notebooks", "00-quickstart.ipynb"), "cs",
            "--output", "quickstart.cs");
        Assert.True(export.Code == 0, export.Error);
        ProgramCompiler.Compile(In("quickstart.cs"));
    }

    [Fact]
    public async Task AStopEndsAllProcessesAndLeavesNoPartOfAFile()
    {
        if (OperatingSystem.IsWindows())
            return; // no SIGINT to send to another process there
        place.Notebook("a.ipynb", "File.WriteAllText(\"held\", \"\");\nwhile (true) { }");
        place.Notebook("b.ipynb", "1");
        using var process = Finml.Start(place.Path, "run", "a.ipynb", "b.ipynb");
        await Finml.WaitForAsync(In("held"), process);
        using var kill = Process.Start("kill", $"-INT {process.Id}");
        var run = await Finml.EndAsync(process);
        Assert.Equal(130, run.Code);
        Assert.DoesNotContain(place.Files(), file => file.EndsWith(".tmp") || file.EndsWith(".html"));
        Assert.False(File.Exists(place.Output("b.ipynb")));
    }

    private static string Root { get; } = FinML.Cli.Terminal.Workbench.FindRoot(AppContext.BaseDirectory)!;

    private string In(string name) => Path.Combine(place.Path, name);

    private IEnumerable<XElement> Suites(string file) => XDocument.Load(In(file)).Root!.Elements("testsuite");
}
