using System.Text.Json.Nodes;

namespace FinML.Notebooks.Tests.Execution;

public sealed class NotebookRunnerTests
{
    [Fact]
    public async Task StateIsKeptFromCellToCell()
    {
        var result = await Notebooks.RunAsync(
            "int Twice(int x) => 2 * x;\nvar a = 20;", "record Point(int X);\na += 1;", "new Point(Twice(a))");
        Assert.Equal(RunStatus.Succeeded, result.Status);
        Assert.Equal("Point { X = 42 }", Notebooks.Text(result, 3));
        Assert.Equal([1, 2, 3], Notebooks.CodeCells(result).Select(cell => cell.ExecutionCount!.Value));
        Assert.Equal((3, 3), (result.CellsRun, result.Cells));
    }

    [Fact]
    public async Task AwaitStandsAtTheTopAndComesBackToTheSameThread()
    {
        var result = await Notebooks.RunAsync(
            """
            var before = Environment.CurrentManagedThreadId;
            await Task.Delay(1);
            await foreach (var i in Count()) Console.Write(i);
            async IAsyncEnumerable<int> Count() { for (var i = 0; i < 3; i++) { await Task.Yield(); yield return i; } }
            """,
            "before == Environment.CurrentManagedThreadId");
        Assert.Equal("012", Notebooks.Text(result, 1));
        Assert.Equal("true", Notebooks.Text(result, 2));
    }

    [Fact]
    public async Task OnlyALastExpressionWithoutSemicolonIsShown()
    {
        var result = await Notebooks.RunAsync("1 + 1", "var x = 3;", "x = 4;", "(string?)null", "display(x)");
        Assert.Equal(["2", "", "", "", "4"], Enumerable.Range(1, 5).Select(i => Notebooks.Text(result, i)));
        Assert.Equal("execute_result", Notebooks.CodeCells(result)[0].Outputs[0]["output_type"]!.ToString());
        Assert.Equal("display_data", Notebooks.CodeCells(result)[4].Outputs[0]["output_type"]!.ToString());
        Assert.Single(Notebooks.CodeCells(result)[4].Outputs);
    }

    [Fact]
    public async Task OutputsKeepTheirOrder()
    {
        var result = await Notebooks.RunAsync(
            """
            Console.Write("a"); Console.WriteLine("b");
            Console.Error.WriteLine("warning");
            display("shown");
            Console.WriteLine("c");
            "last"
            """);
        var outputs = Notebooks.CodeCells(result)[0].Outputs;
        Assert.Equal(
            ["stream", "stream", "display_data", "stream", "execute_result"],
            outputs.Select(output => output["output_type"]!.ToString()));
        Assert.Equal(["stdout", "stderr", "stdout"], outputs.Select(o => o["name"]?.ToString()).OfType<string>());
        Assert.Equal("ab\nwarning\nshownc\nlast", Notebooks.Text(result, 1));
    }

    [Fact]
    public async Task ADisplayedValueCanChange()
    {
        var result = await Notebooks.RunAsync("var shown = display(1);\ndisplay(2);\nshown.Update(3);");
        Assert.Equal("32", Notebooks.Text(result, 1));
    }

    [Fact]
    public async Task MarkupIsShownAsItStands()
    {
        var result = await Notebooks.RunAsync("HTML(\"<b>x</b>\")", "display(\"<i>y</i>\", \"text/html\");");
        var data = Notebooks.CodeCells(result).Select(cell => cell.Outputs[0]["data"]!["text/html"]![0]!.ToString());
        Assert.Equal(["<b>x</b>", "<i>y</i>"], data);
    }

    [Fact]
    public async Task MagicsSplitACellIntoLanguages()
    {
        var result = await Notebooks.RunAsync(
            "#!markdown\n**bold**\n#!html\n<hr>\n#!csharp\nvar line = 6;\nthrow new Exception(\"at \" + line);");
        var outputs = Notebooks.CodeCells(result)[0].Outputs;
        Assert.Equal("**bold**", outputs[0]["data"]!["text/markdown"]![0]!.ToString());
        Assert.Equal("<hr>", outputs[1]["data"]!["text/html"]![0]!.ToString());
        Assert.Equal(7, result.Error!.Line);
    }

    [Fact]
    public async Task TimeIsShownWhereItIsAskedFor()
    {
        var result = await Notebooks.RunAsync("#!time\n1 + 1");
        Assert.Matches(@"^2Wall time: [0-9.]+ ms$", Notebooks.Text(result, 1));
    }

    [Fact]
    public async Task ACellForAnotherKernelIsRunAsItsLanguageOrRefused()
    {
        var notebook = Notebooks.Of("<hr>", "let x = 1");
        notebook.Cells[0].Metadata["dotnet_interactive"] = new JsonObject { ["language"] = "html" };
        Assert.Equal(
            "<hr>",
            Notebooks.CodeCells(await Notebooks.RunAsync(OnlyFirst(notebook), new()))[0]
                .Outputs[0]["data"]!["text/html"]![0]!.ToString());

        notebook.Cells[1].Metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = "fsharp" };
        var error = await Assert.ThrowsAsync<NotebookException>(() => Notebooks.RunAsync(notebook, new()));
        Assert.Contains("In[2]: CompileError: the cell is for the kernel \"fsharp\"", error.Message);
    }

    [Fact]
    public async Task AnExceptionStopsTheRunAtItsCellAndLine()
    {
        var result = await Notebooks.RunAsync(
            "int Divide(int a, int b)\n{\n    return a / b;\n}",
            "Console.WriteLine(\"before\");\n\n  var x = Divide(1, 0);",
            "\"not run\"");
        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.Equal(("DivideByZeroException", 2, 3), (result.Error!.Name, result.Error.Cell, result.Error.Line));
        Assert.Equal("  var x = Divide(1, 0);", result.Error.SourceLine);
        Assert.Contains("In[1]:line 3", result.Error.Frames);
        Assert.DoesNotContain(result.Error.Frames, frame => frame.Contains("Microsoft.CodeAnalysis"));
        Assert.DoesNotContain(result.Error.Frames, frame => frame.Contains("Submission#"));
        var kinds = Notebooks.CodeCells(result)[1].Outputs.Select(output => output["output_type"]!.ToString());
        Assert.Equal(["stream", "error"], kinds);
        Assert.Contains("In[2]:line 3", Notebooks.Text(result, 2));
        Assert.Null(Notebooks.CodeCells(result)[2].ExecutionCount);
        Assert.Equal(1, result.CellsRun);
    }

    /// <summary>All indices of a method fail at one place, which has no line; the cell's text has.</summary>
    [Fact]
    public async Task AnIndexErrorHasTheLineWhereTheCellsIndicesStand()
    {
        var one = await Notebooks.RunAsync("int[] none = [];\n\nvar first = none[2];");
        Assert.Equal(("IndexOutOfRangeException", 3, 13), (one.Error!.Name, one.Error.Line, one.Error.Column));
        Assert.Empty(one.Error.Frames);
        Assert.Null(one.Error.Hint);

        var several = await Notebooks.RunAsync("int[] none = [];\nvar n = 2;\nn = none[n - 2] +\nnone[1];");
        Assert.Contains(several.Error!.Line, new[] { 0, 3, 4 });
        Assert.Equal(several.Error.Line == 0 ? "It is an index in line 3 or 4." : null, several.Error.Hint);
    }

    [Fact]
    public async Task AnExceptionAfterAwaitHasItsLineToo()
    {
        var result = await Notebooks.RunAsync("await Task.Yield();\nthrow new InvalidOperationException(\"no\");");
        Assert.Equal((1, 2), (result.Error!.Cell, result.Error.Line));
        Assert.Equal("InvalidOperationException: no", $"{result.Error.Name}: {result.Error.Message}");
    }

    [Theory]
    [InlineData("var x = ;", "In[2]:line 1: CompileError: ", 9)]
    [InlineData("int y = \"text\";", "(CS0029)", 9)]
    [InlineData("\n\nunknown.Call();", "In[2]:line 3: CompileError: The name 'unknown' does not exist", 1)]
    [InlineData("using var file = new MemoryStream();", "A cell has no 'using var' at its top level", null)]
    [InlineData("Span<int> s = new int[3];", "use an array, or a block", null)]
    [InlineData("namespace A { }", "A cell cannot declare a namespace", null)]
    [InlineData("#!sqll\nselect 1", "the magic #!sqll is not known. Did you mean #!sql?", 1)]
    [InlineData("#r \"nuget:Plotly.NET,five\"", "\"five\" is not a version of a package. Versions are written", 1)]
    [InlineData("#r \"nowhere.dll\"", "nowhere.dll", null)]
    public async Task ASlipInALaterCellIsFoundBeforeAnythingRuns(string slip, string expected, int? column)
    {
        using var folder = new Notebooks.Folder();
        var mark = Path.Combine(folder.Path, "ran");
        var started = false;
        var options = new NotebookHostOptions { BaseDirectory = folder.Path, BeforeFirstCell = () => started = true };
        var first = slip.StartsWith("#r \"nowhere", StringComparison.Ordinal) ? null : $"File.Create(@\"{mark}\");";
        var notebook = first is null ? Notebooks.Of(slip) : Notebooks.Of(first, slip);
        var error = await Assert.ThrowsAsync<NotebookException>(() => Notebooks.RunAsync(notebook, options));
        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.False(started);
        Assert.False(File.Exists(mark));
        if (column is not null)
            Assert.Equal(column, error.Error!.Column);
    }

    [Fact]
    public async Task TheCaretStandsBelowTheColumn()
    {
        var error = await Assert.ThrowsAsync<NotebookException>(() => Notebooks.RunAsync("\tint y = \"text\";"));
        Assert.Equal(["    \tint y = \"text\";", "    \t        ^"], error.Error!.SourceExcerpt());
    }

    [Fact]
    public async Task AnAssemblyAndAFileBesideTheNotebookCanBeUsed()
    {
        using var folder = new Notebooks.Folder();
        File.Copy(typeof(FsCheck.Config).Assembly.Location, Path.Combine(folder.Path, "My.dll"));
        File.WriteAllText(Path.Combine(folder.Path, "helper.csx"), "int Answer() => 42;");
        var result = await Notebooks.RunAsync(
            Notebooks.Of("#r \"My.dll\"\n#load \"helper.csx\"\ntypeof(FsCheck.Config).Name + Answer()"),
            new() { BaseDirectory = folder.Path });
        Assert.Null(result.Error);
        Assert.Equal("Config42", Notebooks.Text(result, 1));
    }

    [Fact]
    public async Task AFileThatAnEarlierCellMakesCanBeLoaded()
    {
        using var folder = new Notebooks.Folder();
        var result = await Notebooks.RunAsync(
            Notebooks.Of(
                "File.WriteAllText(Path.Combine(RunDirectory, \"made.csx\"), \"int Made() => 7;\");",
                "#load \"made.csx\"\nMade()"),
            new() { BaseDirectory = folder.Path, RunDirectory = folder.Path });
        Assert.Null(result.Error);
        Assert.Equal("7", Notebooks.Text(result, 2));
    }

    [Fact]
    public async Task AReferencedAssemblyIsTheOneThatIsLoaded()
    {
        // A second copy of the assembly in the session would make another type with its own static.
        Shared.Value = 17;
        var options = new NotebookHostOptions
        {
            References = [typeof(Shared).Assembly],
            Usings = ["System", "FinML.Notebooks.Tests.Execution", "FinML.Notebooks.Tests.Execution.Shared", "No.Such"],
        };
        var result = await Notebooks.RunAsync(Notebooks.Of("Shared.Value + Value"), options);
        Assert.Equal("34", Notebooks.Text(result, 1));
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("while (true) { try { while (true) { } } catch (Exception) { } }")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1, Cancellation);")]
    [InlineData("new System.Threading.ManualResetEvent(false).WaitOne();")]
    public async Task TheTimeLimitEndsWhateverRuns(string endless)
    {
        // The clock strikes when the cell makes its bar: however slow the machine, the cell is under way by then.
        var clock = new StrikingClock();
        var notebook = Notebooks.Of("Console.WriteLine(\"begin\");\nProgress(\"go\");\n" + endless, "\"not run\"");
        var result = await Notebooks.RunAsync(
            notebook, new() { Timeout = TimeSpan.FromSeconds(3), TimeProvider = clock }, clock);
        Assert.Equal(RunStatus.TimedOut, result.Status);
        Assert.Equal("TimeoutException", result.Error!.Name);
        Assert.Contains("limit of 3 s", result.Error.Message);
        Assert.StartsWith("begin\n", Notebooks.Text(result, 1));
        Assert.Null(Notebooks.CodeCells(result)[1].ExecutionCount);
    }

    [Fact]
    public async Task CancellingEndsTheRun()
    {
        using var stop = new CancellationTokenSource();
        var options = new NotebookHostOptions { BeforeFirstCell = () => stop.CancelAfter(200) };
        var result = await Notebooks.RunAsync(Notebooks.Of("while (true) { }"), options, null, stop.Token);
        Assert.Equal(RunStatus.Cancelled, result.Status);
        Assert.Equal("cancelled", result.Executed.Metadata["finml"]!["status"]!.ToString());
    }

    [Fact]
    public async Task TwoRunsDifferInTheirTimesAlone()
    {
        static async Task<byte[]> Run()
        {
            var result = await Notebooks.RunAsync(
                "using (var bar = Progress(\"work\")) bar.Report(0.5);\nvar r = new Random(1);\nr.NextDouble()",
                "Enumerable.Range(0, 3).Select(i => new { i, x = r.NextDouble() })");
            result.Executed.Metadata.Remove("finml");
            foreach (var cell in Notebooks.CodeCells(result))
                cell.Metadata.Remove("execution");
            return NotebookFile.ToBytes(result.Executed);
        }

        Assert.Equal(await Run(), await Run());
    }

    [Fact]
    public async Task TheRunIsRecorded()
    {
        var result = await Notebooks.RunAsync("1");
        var run = result.Executed.Metadata["finml"]!;
        Assert.Equal("succeeded", run["status"]!.ToString());
        Assert.InRange((double)run["peakMemoryMegabytes"]!, 10, 100_000);
        Assert.True((double)run["seconds"]! > 0);
        Assert.NotNull(result.Executed.Cells[0].Metadata["execution"]!["shell.execute_reply"]);
    }

    [Fact]
    public async Task TheGivenNotebookIsLeftAsItIs()
    {
        var notebook = Notebooks.Of("1");
        var before = NotebookFile.ToBytes(notebook);
        await Notebooks.RunAsync(notebook, new());
        Assert.Equal(before, NotebookFile.ToBytes(notebook));
    }

    [Fact]
    public async Task ProgressIsHeardAndEnded()
    {
        var heard = new List<string>();
        await Notebooks.RunAsync(
            Notebooks.Of("// Train\nvar bar = Progress(\"fold 1\");\nbar.Report(0.25);\nbar.Report(7);"),
            new(), new Listener(heard));
        Assert.Equal(
            ["start 1/1 Train", "bar 1 fold 1 0", "bar 1 fold 1 0.25", "bar 1 fold 1 1", "end 1", "done 1 True"],
            heard);
    }

    [Fact]
    public async Task TextWithoutEndIsCut()
    {
        var result = await Notebooks.RunAsync(
            "var line = new string('x', 100_000);\nfor (var i = 0; i < 100; i++) Console.WriteLine(line);");
        var length = Notebooks.Text(result, 1).Length;
        Assert.InRange(length, OutputCollector.StreamLimit, OutputCollector.StreamLimit + 100);
        Assert.EndsWith("a cell keeps 2,000,000 characters of text\n", Notebooks.Text(result, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task ATimeLimitOutOfRangeIsRefused(double seconds)
    {
        var options = new NotebookHostOptions { Timeout = TimeSpan.FromSeconds(seconds) };
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Notebooks.RunAsync(Notebooks.Of("1"), options));
        Assert.Contains($"but was {seconds} s", error.Message);
    }

    private static Notebook OnlyFirst(Notebook notebook)
    {
        var copy = notebook.Clone();
        copy.RemoveAt(1);
        return copy;
    }

    private sealed class Listener(List<string> heard) : INotebookProgress
    {
        public void CellStarted(int number, int total, string caption) =>
            heard.Add($"start {number}/{total} {caption}");

        public void CellFinished(int number, TimeSpan elapsed, bool succeeded) =>
            heard.Add($"done {number} {succeeded}");

        public void BarChanged(int bar, string label, double fraction) =>
            heard.Add(FormattableString.Invariant($"bar {bar} {label} {fraction}"));

        public void BarEnded(int bar) => heard.Add($"end {bar}");
    }
}
