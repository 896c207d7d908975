using FinML.Notebooks.Kernel;
using FinML.Notebooks.Packages;

namespace FinML.Notebooks.Tests.Packages;

/// <summary>Projects in a session: built, built again beside the old build, and refused with the compiler's
/// place.</summary>
[Collection(SdkCollection.Name)]
public sealed class ProjectTests
{
    [Fact]
    public async Task A_project_is_built_and_a_new_build_stands_beside_the_old()
    {
        using TinyFeed feed = new();
        Directory.CreateDirectory(feed.PathOf("Lib"));
        File.WriteAllText(feed.PathOf("Lib/Lib.csproj"),
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework>"
            + "</PropertyGroup></Project>");
        void Write(string body) => File.WriteAllText(
            feed.PathOf("Lib/Thing.cs"), $"namespace Lib;\npublic class Thing {{ {body} }}");
        ScriptSession session = new(feed.Options);
        NotebookGlobals globals = new(new OutputCollector(), null, feed.Options, default);
        async Task<object?> RunAsync(string code)
        {
            CellSource.Segment segment = CellSource.Parse(
                NotebookCell.Create("cell", CellKind.Code, code), 1).Segments[0];
            (IReadOnlyList<string> notes, NotebookError? error) =
                await session.ReferAsync(segment, 1, globals, default);
            if (error is not null)
                return error.Sentence;
            var script = session.Add(segment.Code, 1);
            Assert.DoesNotContain(session.Compile(script, default), d => d.Severity
                == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
            return await session.RunAsync(script, globals, default) ?? string.Join(' ', notes);
        }

        const string line = "#r \"../Lib/Lib.csproj\"\n";
        Write("public int Value => 1;");
        Assert.Equal(1, await RunAsync(line + "var old = new Lib.Thing(); old.Value"));

        Write("public int Value => 2; public int More => 3;");
        Assert.Equal(
            "Lib has changed: from here on its new build is meant; make again what was made with the old one.",
            await RunAsync(line + "var now = new Lib.Thing();"));
        Assert.Equal((2, 3), await RunAsync("(now.Value, now.More)"));
        Assert.Equal(1, await RunAsync("old.Value")); // what the old build made goes on with it
        Assert.Equal(2, await RunAsync("var old = new Lib.Thing(); old.Value"));

        Write("public int Value => no;");
        Assert.Equal(
            "In[1]:line 2: ReferenceError: Lib.csproj does not build: Thing.cs:line 2: The name 'no' does not exist in "
            + "the current context (CS0103).",
            await RunAsync("\n" + line));
        Assert.Equal(2, await RunAsync("new Lib.Thing().Value")); // and the session goes on
    }

    [Fact]
    public void A_new_build_has_a_higher_version_in_its_last_number()
    {
        byte[] image = TinyFeed.Compile("Some", "1.2.3.4", "public class A { }", []);
        ProjectAssemblies.Raise(image, 3);
        using System.Reflection.PortableExecutable.PEReader file = new(new MemoryStream(image));
        Assert.Equal(
            new Version(1, 2, 3, 7),
            System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(file).GetAssemblyDefinition().Version);
    }

    [Fact]
    public async Task A_project_that_is_not_there_is_said()
    {
        using TinyFeed feed = new();
        Assert.StartsWith(
            $"In[1]:line 1: ReferenceError: the project {feed.PathOf("notebooks/No.csproj")} is not there.",
            await feed.RefusalAsync("#r \"No.csproj\""));
    }

    [Theory]
    [InlineData("/p/a b/F.cs(3,14): error CS0103: The name 'x' is no name. [/p/P.csproj]",
        "P.csproj does not build: a b/F.cs:line 3: The name 'x' is no name (CS0103).")]
    [InlineData("/p/P.csproj : error NU1101: Unable to find package X. [/p/P.sln]",
        "P.csproj does not build: Unable to find package X (NU1101).")]
    [InlineData("/q/Q.csproj(7,5): error MSB4057: The target is not there.",
        "P.csproj does not build: ../q/Q.csproj:line 7: The target is not there (MSB4057).")]
    [InlineData("something else\n\n", "P.csproj does not build: something else")]
    public void The_first_error_of_a_build_is_told_with_its_place(string output, string message)
    {
        ReferenceException error = ProjectBuild.Failure(output, "/p/P.csproj");
        Assert.Equal(message, error.Message);
        Assert.Null(error.Hint);
        Assert.Equal(
            "There are 1 more; 'dotnet build P.csproj' shows them.",
            ProjectBuild.Failure("a : error A1: b\nc : error C1: d", "/p/P.csproj").Hint);
    }
}
