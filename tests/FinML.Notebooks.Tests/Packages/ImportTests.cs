namespace FinML.Notebooks.Tests.Packages;

/// <summary><c>#!import</c> and <c>#load</c>: what a file holds, in the place of the line.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly Notebooks.Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_notebook_runs_its_code_cells_in_order_with_their_magics()
    {
        WriteNotebook("lib/tools.ipynb", "int Twice(int x) => 2 * x;\nConsole.Write(\"a\");",
            "#!markdown\n**b**\n#!csharp\n#load \"inner.csx\"\nvar from = Inner + 1;");
        Write("lib/inner.csx", "#load \"deeper.csx\"\nvar Inner = Deeper;");
        Write("lib/deeper.csx", "var Deeper = 20;");

        NotebookRunResult result = await RunAsync(
            "Console.Write(\"first \");\n#!import lib/tools.ipynb\nTwice(from)", "Deeper");

        Assert.Null(result.Error);
        Assert.Equal("first a**b**42", Notebooks.Text(result, 1));
        Assert.Equal("20", Notebooks.Text(result, 2));
    }

    [Fact]
    public async Task A_file_runs_as_a_cell()
    {
        Write("code.cs", "#!/usr/bin/env dotnet\nint Half(int x) => x / 2;");
        Assert.Equal("21", Notebooks.Text(await RunAsync("#!import code.cs", "Half(42)"), 2));
    }

    [Fact]
    public async Task A_file_with_namespaces_is_a_library()
    {
        Write("inner.cs", "namespace Inner;\npublic static class I { public static int Value => 20; }");
        Write("outer.cs", "namespace Outer.Space\n{\n    public static class O\n    {\n        public static int "
            + "Sum() => new List<int> { Inner.I.Value, 1 }.Sum();\n    }\n}");
        Write("bad.cs", "namespace Bad;\npublic class B { int x = no; }");
        string[] cells = ["#!import inner.cs\n#!import outer.cs", "using Outer.Space;\n#!import inner.cs\nO.Sum()"];

        NotebookRunResult result = await RunAsync(cells);

        Assert.Null(result.Error);
        Assert.Equal("21", Notebooks.Text(result, 2));
        Assert.Equal(
            "In[1]: CompileError: bad.cs:line 2: The name 'no' does not exist in the current context (CS0103).",
            await RefusalAsync("#!import bad.cs"));
        string script = ScriptDocument.Of(
            Notebooks.Of(cells[0]), "n", ["System"], new HashSet<string>(), _folder.Path);
        Assert.Contains("namespace Inner\n{", script);
        Assert.Contains("namespace Outer.Space\n{", script);
    }

    [Fact]
    public async Task Errors_name_the_file_the_cell_and_the_line()
    {
        WriteNotebook("bad.ipynb", "1", "\nvar x = no;");
        WriteNotebook("throws.ipynb", "1", "int F()\n{\n    throw new Exception(\"oh\");\n}", "F();");
        Write("bad.csx", "\nint y = \"\";");
        Write("throws.csx", "int G()\n{\n    throw new Exception(\"oh\");\n}");
        WriteNotebook("deep.ipynb", "#!import bad-magic.ipynb");
        WriteNotebook("bad-magic.ipynb", "1", "1\n#!nosuch");

        Assert.Equal(
            "In[1]: CompileError: bad.ipynb In[2]:line 2: The name 'no' does not exist in the current context "
            + "(CS0103).", await RefusalAsync("#!import bad.ipynb"));
        Assert.StartsWith(
            "In[1]: CompileError: bad.csx:line 2: Cannot implicitly convert", await RefusalAsync("#load \"bad.csx\""));
        Assert.StartsWith(
            "In[2]:line 2: ImportError: deep.ipynb In[1]:line 1: bad-magic.ipynb In[2]:line 2: the magic #!nosuch is "
            + "not known.", await RefusalAsync("1", "1\n#!import deep.ipynb"));
        NotebookError thrown = (await RunAsync("#!import throws.ipynb")).Error!;
        Assert.Equal("throws.ipynb In[2]:line 3: oh", thrown.Message);
        Assert.Equal(["throws.ipynb In[2]:line 3", "throws.ipynb In[3]:line 1"], thrown.Frames);
        thrown = (await RunAsync("#load \"throws.csx\"", "G();")).Error!;
        Assert.Equal(("oh", "In[2]:line 1"), (thrown.Message, thrown.Place));
        Assert.Equal(["throws.csx:line 3"], thrown.Frames);
    }

    [Theory]
    [InlineData("#!import a.ipynb", "a.ipynb imports itself: a.ipynb imports b.ipynb imports a.ipynb.")]
    [InlineData("#!import no.ipynb", "no.ipynb is not there: looked for ")]
    [InlineData("#!import", "#!import needs a file. Write #!import other.ipynb, or #!import code.cs.")]
    [InlineData("#!import broken.ipynb", "broken.ipynb is not a notebook: ")]
    [InlineData("#!import a.txt", "a.txt cannot be imported. #!import takes .ipynb, .cs and .csx.")]
    public async Task What_cannot_be_imported_is_said(string code, string why)
    {
        WriteNotebook("a.ipynb", "#!import b.ipynb");
        WriteNotebook("b.ipynb", "#!import a.ipynb");
        Write("broken.ipynb", "{");
        Write("a.txt", "1");
        Assert.Contains(why, await RefusalAsync("1", code));
    }

    [Fact]
    public async Task The_same_notebook_may_be_imported_twice_but_not_within_itself()
    {
        WriteNotebook("count.ipynb", "Console.Write(\"x\");");
        WriteNotebook("both.ipynb", "#!import count.ipynb", "#!import count.ipynb");
        Assert.Equal("xx", Notebooks.Text(await RunAsync("#!import both.ipynb"), 1));
    }

    [Fact]
    public async Task References_that_stand_in_strings_and_comments_are_none()
    {
        NotebookRunResult result = await RunAsync(
            "/*\n#r \"nuget:No.Such.Package, 1.0.0\"\n*/\nvar s = @\"\n#r \"\"x\"\"\n#r nuget:x\n\";\ns.Length");
        Assert.Null(result.Error);
        Assert.Equal("19", Notebooks.Text(result, 1));
    }

    [Theory]
    [InlineData("#r nuget:X", "In[1]:line 1: ReferenceError: the quotes are missing or not closed. Write #r")]
    [InlineData("1\n#r \"nuget:X, 1.0", "In[1]:line 2: ReferenceError: the quotes are missing or not closed.")]
    [InlineData("#r \"nuget:\"", "In[1]:line 1: ReferenceError: #r \"nuget:\" needs the name of a package.")]
    [InlineData("#load \"asks.csx\"", "In[1]: ReferenceError: asks.csx:line 2: \"?\" is not the name of a package.")]
    [InlineData("#!import asks.csx", "In[1]: ReferenceError: asks.csx:line 2: \"?\" is not the name of a package.")]
    public async Task A_reference_that_is_not_well_written_is_refused_at_its_line(string code, string why)
    {
        Write("asks.csx", "\n#r \"nuget:?\"");
        Assert.StartsWith(why, await RefusalAsync(code));
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private void WriteNotebook(string name, params string[] cells)
    {
        Write(name, "");
        NotebookFile.Write(Notebooks.Of(cells), Path.Combine(_folder.Path, name));
    }

    private NotebookHostOptions Options => new() { BaseDirectory = _folder.Path };

    private Task<NotebookRunResult> RunAsync(params string[] cells) =>
        Notebooks.RunAsync(Notebooks.Of(cells), Options);

    private async Task<string> RefusalAsync(params string[] cells) =>
        (await Assert.ThrowsAsync<NotebookException>(() => RunAsync(cells))).Message;
}
