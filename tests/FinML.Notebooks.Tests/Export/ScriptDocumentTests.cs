using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FinML.Notebooks.Tests.Export;

public sealed class ScriptDocumentTests
{
    private static readonly string[] Usings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading.Tasks"];

    private static string Script(params NotebookCell[] cells) =>
        ScriptDocument.Of(Notebook.Create(cells), "my notebook", Usings, new HashSet<string>());

    private static NotebookCell Code(string id, string source) => NotebookCell.Create(id, CellKind.Code, source);

    [Fact]
    public void ItCompilesAsAProgramAndSaysWhatTheNotebookSays()
    {
        var script = Script(
            NotebookCell.Create("t", CellKind.Markdown, "# A question\n\nProse."),
            Code("a", """
                using System.Globalization;
                int n = 3; // how many
                record Point(int X);
                int Twice(int x) => 2 * x;
                """),
            Code("b", """
                #!markdown
                **bold**
                #!csharp
                await Task.Delay(1);
                var points = new List<Point> { new(Twice(n)) };
                """),
            Code("c", """
                Console.Write("at ");
                // the point
                points[0].X.ToString(CultureInfo.InvariantCulture)
                """));

        Assert.StartsWith("// A question\n// From my notebook.ipynb", script);
        Assert.Contains("using System.Globalization;\n", script);
        Assert.Contains("// **bold**", script);
        Assert.Equal("at 6", Run(script).TrimEnd());
    }

    [Fact]
    public void ACellThatIsNoCodeIsRefusedWithItsPlace()
    {
        var error = Assert.Throws<NotebookException>(() => Script(Code("a", "1"), Code("b", "var x = 1 +;")));
        Assert.StartsWith("In[2]:line 1", error.Message);
    }

    [Fact]
    public void ReferencesAreThoseOfAFileBasedProgram()
    {
        var script = Script(Code("a", "#r \"nuget:B, 1.0\"\n#r \"../C/C.csproj\"\nvar x = 1;"),
            Code("b", "#r \"nuget:A\"\n#i \"nuget:feed\"\nx"));
        Assert.Contains(
            "\n#:package A@*\n#:package B@1.0\n#:project ../C/C.csproj\n// #i \"nuget:feed\"\nusing System;\n", script);
        Assert.DoesNotContain("#r", script);
    }

    [Fact]
    public void AnImportedFileStandsInItsPlace()
    {
        using var folder = new Notebooks.Folder();
        File.WriteAllText(Path.Combine(folder.Path, "half.cs"), "int Half(int x) => x / 2;");
        var script = ScriptDocument.Of(
            Notebook.Create([Code("a", "#!import half.cs\nConsole.Write(Half(42));")]), "n", Usings,
            new HashSet<string>(), folder.Path);
        Assert.Contains("int Half(int x) => x / 2;\n", script);
    }

    /// <summary>Compiles the file as the SDK does, runs it and gives what it printed.</summary>
    private static string Run(string script)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "exported", [CSharpSyntaxTree.ParseText(script)], references,
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var folder = new Notebooks.Folder();
        var program = Path.Combine(folder.Path, "exported.dll");
        var result = compilation.Emit(program);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        File.WriteAllText(Path.ChangeExtension(program, "runtimeconfig.json"), $$$"""
            { "runtimeOptions": { "framework":
              { "name": "Microsoft.NETCore.App", "version": "{{{Environment.Version}}}" } } }
            """);
        var start = new ProcessStartInfo("dotnet", ["exec", program])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
