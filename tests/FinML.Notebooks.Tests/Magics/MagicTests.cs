using System.Text.Json.Nodes;
using FinML.Notebooks.Kernel;
using FinML.Notebooks.Tests.Kernel;

namespace FinML.Notebooks.Tests.Magics;

[Collection(ConsoleCollection.Name)]
public sealed class MagicTests
{
    [Fact]
    public async Task Variables_are_set_and_read()
    {
        NotebookRunResult run = await Notebooks.RunAsync(
            "#!set window 10 + 10\n#!set title --value Best of \"N\"\n#!set --name b --value x\n"
                + "#!set c = new[] { 1, 2 };",
            "#!value tickers\nAAPL\n\n\"MSFT\"\n\n#!csharp\ntickers + \"|\" + title + \"|\" + (window + 1) + b + c[1]");

        Assert.True(run.Status == RunStatus.Succeeded, run.Error?.Sentence);
        Assert.Equal("AAPL\n\n\"MSFT\"|Best of \"N\"|21x2", Notebooks.Text(run, 2));
    }

    [Fact]
    public async Task A_value_comes_from_a_file_beside_the_notebook_and_is_shown_in_its_type()
    {
        using var folder = new Notebooks.Folder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "note.md"), "**bold**\r\n");
        NotebookRunResult run = await Notebooks.RunAsync(
            Notebooks.Of("#!value note --from-file note.md --mime-type text/markdown\n#!csharp\nnote.Length",
                "#!value none --from-file none.md"),
            new NotebookHostOptions { BaseDirectory = folder.Path });

        JsonNode data = Notebooks.CodeCells(run)[0].Outputs[0]["data"]!;
        Assert.Equal("**bold**\n", MultilineText.FromJson(data["text/markdown"]));
        Assert.StartsWith("In[2]:line 1: MagicError: none.md is not there: looked for ", run.Error!.Sentence);
        Assert.Empty(run.Error.Frames);
    }

    [Fact]
    public async Task The_environment_is_set_and_shown_without_its_secrets()
    {
        string name = "FINML_TEST_" + Guid.NewGuid().ToString("N");
        NotebookRunResult run = await Notebooks.RunAsync(
            $"#!env {name}=<b>a=b</b>\n#!env {name}",
            $"#!env {name}_TOKEN=xyzzy-1\n#!env {name}_TOKEN",
            $"#!env {name}_URL=postgres://me:xyzzy-2@db/x\n#!env",
            "#!env NOT_THERE_AT_ALL");

        Assert.Equal($"{name}=<b>a=b</b>", Notebooks.Text(run, 1));
        Assert.Equal($"{name}_TOKEN=(hidden)", Notebooks.Text(run, 2));
        string list = Notebooks.CodeCells(run)[2].Outputs[0].ToJsonString();
        Assert.Contains(name, list);
        Assert.DoesNotContain("xyzzy", list);
        string html = MultilineText.FromJson(Notebooks.CodeCells(run)[2].Outputs[0]["data"]!["text/html"]);
        Assert.DoesNotContain("<b>a=b", html);
        Assert.Contains("&lt;b&gt;a=b", html);
        Assert.Contains("the environment has no NOT_THERE_AT_ALL", run.Error!.Message);
        Environment.SetEnvironmentVariable(name, null);
        Environment.SetEnvironmentVariable(name + "_TOKEN", null);
        Environment.SetEnvironmentVariable(name + "_URL", null);
    }

    [Fact]
    public async Task The_seed_is_the_hosts_and_the_records()
    {
        long heard = 0;
        NotebookRunResult run = await Notebooks.RunAsync(
            Notebooks.Of("#!seed", "#!seed 1_000\n#!seed\n#!csharp\nseed + 1", "#!seed 9_000_000_000"),
            new NotebookHostOptions { Seed = seed => heard += seed });

        Assert.StartsWith("no seed is set", Notebooks.Text(run, 1));
        Assert.Equal("seed 10001001", Notebooks.Text(run, 2));
        Assert.Equal(9_000_001_000, heard);
        Assert.Equal(9_000_000_000, (long)run.Executed.Metadata["finml"]!["seed"]!);
    }

    [Fact]
    public async Task The_catalogue_is_the_hosts()
    {
        var options = new NotebookHostOptions
        {
            ShowData = name => name switch
            {
                null => "all <b>sets</b>",
                "sp500" => "one",
                _ => throw new KeyNotFoundException($"there is no data set '{name}'."),
            },
        };
        NotebookRunResult run = await Notebooks.RunAsync(
            Notebooks.Of("#!data", "#!data sp500", "#!data sp501"), options);

        Assert.Equal("all <b>sets</b>", Notebooks.Text(run, 1));
        Assert.Equal("one", Notebooks.Text(run, 2));
        Assert.Equal("In[3]:line 1: MagicError: there is no data set 'sp501'.", run.Error!.Sentence);
        Assert.Contains("no catalogue", (await Notebooks.RunAsync("#!data")).Error!.Message);
    }

    [Fact]
    public async Task Diagrams_and_scripts_have_a_text_that_stands_for_them()
    {
        NotebookRunResult run = await Notebooks.RunAsync(
            "#!mermaid\ngraph LR\n  a[\"```\"] --> b", "#!javascript\nelement.textContent = '</script>';");

        JsonNode diagram = Notebooks.CodeCells(run)[0].Outputs[0]["data"]!;
        Assert.Equal(
            "````mermaid\ngraph LR\n  a[\"```\"] --> b\n````", MultilineText.FromJson(diagram["text/markdown"]));
        Assert.Equal("graph LR\n  a[\"```\"] --> b", MultilineText.FromJson(diagram["text/vnd.mermaid"]));
        Assert.Equal("graph LR\n  a[\"```\"] --> b", MultilineText.FromJson(diagram["text/plain"]));
        JsonNode script = Notebooks.CodeCells(run)[1].Outputs[0]["data"]!;
        Assert.Equal("element.textContent = '</script>';", MultilineText.FromJson(script["application/javascript"]));
        string page = HtmlPage.Render(run.Executed, "page");
        Assert.DoesNotContain("<script", page);
        Assert.Contains("graph LR", page);
    }

    [Theory]
    [InlineData("#!sett x 1", "the magic #!sett is not known. Did you mean #!set? #!help lists all.")]
    [InlineData("#!zzzzzzzz", "finml knows #!about")]
    [InlineData("#!set", "#!set takes a name and an expression")]
    [InlineData("#!set x", "#!set takes a name and an expression")]
    [InlineData("#!set 3x 1", "#!set takes the name of a variable, but was given '3x'.")]
    [InlineData("#!set class 1", "but was given 'class'.")]
    [InlineData("#!value", "#!value takes the name of a variable")]
    [InlineData("#!value x", "#!value needs the text in the lines below it, or --from-file FILE.")]
    [InlineData("#!value x --from-url http://x", "#!value has no option --from-url; it knows --name, --from-file")]
    [InlineData("#!value x --from-file", "#!value --from-file needs a value.")]
    [InlineData("#!value x --from-file a\ntext", "not both.")]
    [InlineData("#!env A B", "#!env takes nothing, a NAME, or NAME=VALUE.")]
    [InlineData("#!env =x", "#!env takes nothing, a NAME, or NAME=VALUE.")]
    [InlineData("#!seed -1", "a seed is a whole number from 0 to 9223372036854775807, but was '-1'.")]
    [InlineData("#!seed 1e400", "but was '1e400'.")]
    [InlineData("#!connect a", "#!connect takes a name and a database")]
    [InlineData("#!connect a;b x.db", "a connection's name is letters, digits, '-' and '_', but was 'a;b'.")]
    [InlineData("#!sql", "#!sql needs a query in the lines below it.")]
    [InlineData("#!sql a b\nselect 1", "#!sql takes one connection, but was given a and b.")]
    [InlineData("#!sql --nam x\nselect 1", "#!sql has no option --nam")]
    [InlineData("#!sql --name 1x\nselect 1", "--name takes the name of a variable, but was given '1x'.")]
    public void What_is_written_wrong_is_said_in_a_sentence(string code, string expected)
    {
        NotebookError? error = CellSource.Parse(NotebookCell.Create("c", CellKind.Code, "1\n" + code), 1).Error;

        Assert.Contains(expected, error!.Sentence);
        Assert.StartsWith("In[1]:line 2: CompileError: ", error.Sentence);
        Assert.DoesNotContain('\n', error.Sentence);
    }

    [Theory]
    [InlineData("#!sett x 1", "In[2]:line 1: CompileError: the magic #!sett is not known. Did you mean #!set?")]
    [InlineData("#!set x 1 +", "In[2]:line 1: CompileError: Invalid expression term")]
    [InlineData("#!set x nothere", "In[2]:line 1: CompileError: The name 'nothere' does not exist")]
    [InlineData("#!who", "asks a live session")]
    public async Task It_is_found_before_anything_runs(string code, string expected)
    {
        bool ran = false;
        var options = new NotebookHostOptions { BeforeFirstCell = () => ran = true };
        NotebookException error = await Assert.ThrowsAsync<NotebookException>(
            () => Notebooks.RunAsync(Notebooks.Of("1", code), options));

        Assert.Contains(expected, error.Message);
        Assert.False(ran);
    }

    /// <summary>A caret below a magic's expression stands where the mistake stands in the cell.</summary>
    [Fact]
    public async Task A_mistake_is_shown_in_the_cells_own_line()
    {
        NotebookException error = await Assert.ThrowsAsync<NotebookException>(
            () => Notebooks.RunAsync("1\n#!set x 1 + nothere"));

        Assert.Equal(["    #!set x 1 + nothere", "                ^"], error.Error!.SourceExcerpt());
    }

    [Fact]
    public void Every_magic_has_help_with_an_example()
    {
        string all = MagicTable.Help(null);
        Assert.All(MagicTable.All.Where(m => m.Name is not ("lsmagic" or "about")), magic =>
        {
            Assert.Contains("#!" + magic.Name, all);
            Assert.Contains(magic.Summary, MagicTable.Help("#!" + magic.Name));
            Assert.Contains("#!" + magic.Name, magic.Example);
        });
        Assert.All(all.Split('\n'), line => Assert.InRange(line.Length, 0, 160));
    }

    /// <summary>The examples of the help are cells that parse.</summary>
    [Fact]
    public void Every_example_is_one() => Assert.All(MagicTable.All.Where(m => m.Name != "import"), magic =>
        Assert.Null(CellSource.Parse(NotebookCell.Create("c", CellKind.Code, magic.Example), 1).Error));

    [Fact]
    public async Task A_session_helps_and_completes()
    {
        await using var live = new LiveSession(new NotebookHostOptions
        {
            Connections = new Dictionary<string, Func<string>> { ["ledger"] = () => "" },
        });
        Assert.Contains("#!sql prices --name closes", await live.TextAsync("#!help sql"));
        Assert.Contains("#!mermaid", await live.TextAsync("#!help"));
        Assert.Equal("In[3]: CommandError: the magic #!sqk is not known. Did you mean #!sql? #!help lists all.",
            (await live.RunAsync("#!help sqk"))!.Sentence);
        Assert.Equal("3", await live.TextAsync("#!set three 3\n#!csharp\nthree"));

        Assert.Contains("#!seed", await MatchesAsync("#!se"));
        Assert.Equal(["sql"], await MatchesAsync("#!help sq"));
        Assert.Equal(["ledger"], await MatchesAsync("1\n#!sql led"));
        Assert.Equal(["--name"], await MatchesAsync("#!sql ledger --n"));
        Assert.Contains("three", await MatchesAsync("#!forget th"));

        async Task<string[]> MatchesAsync(string code)
        {
            KernelCompletions found = await live.Session.CompleteAsync(code, code.Length, CancellationToken.None);
            Assert.Equal(code.Length, found.End);
            return [.. found.Items.Select(item => item.Text)];
        }
    }

    [Fact]
    public void A_program_has_no_session_for_a_query()
    {
        Assert.Contains("var x = 3;", Export("#!set x 3"));
        NotebookException error = Assert.Throws<NotebookException>(() => Export("1\n#!sql a\nselect 1"));
        Assert.Contains("In[1]:line 2: ExportError: this magic asks a notebook's session", error.Message);
        Assert.Contains("void Interact<T>", Export("Interact(Slider.Create(\"x\", 1), v => v)"));

        static string Export(string code) =>
            ScriptDocument.Of(Notebooks.Of(code), "x", ["System"], new HashSet<string>());
    }
}
