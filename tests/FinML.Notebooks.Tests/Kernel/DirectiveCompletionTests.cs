using FinML.Notebooks.Kernel;
using FinML.Notebooks.Packages;

namespace FinML.Notebooks.Tests.Kernel;

public sealed class DirectiveCompletionTests : IDisposable
{
    private readonly Notebooks.Folder _folder = new();

    public DirectiveCompletionTests()
    {
        foreach (string version in (string[])["1.0.0", "1.10.0", "1.9.0", "2.0.0-beta"])
            Package("tiny.outer", version, "Tiny.Outer");
        Package("tiny.inner", "1.0.0", "Tiny.Inner");
        Directory.CreateDirectory(Of("packages/tiny.outer/3.0.0")); // cut off before it was whole
        Directory.CreateDirectory(Of("nb/lib"));
        foreach (string file in (string[])["a.ipynb", "a.csx", "a.csproj", "a.dll", "a.txt", "lib/b.cs"])
            File.WriteAllText(Of("nb/" + file), "");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("#r \"|", "nuget: a.csproj a.dll lib/")]
    [InlineData("#r \"nu|", "nuget:")]
    [InlineData("#r \"nuget:|", "Tiny.Inner Tiny.Outer")]
    [InlineData("#r \"nuget: TINY.o|", "Tiny.Outer")]
    [InlineData("#r \"nuget:Tiny.Outer,|", "2.0.0-beta 1.10.0 1.9.0 1.0.0")]
    [InlineData("#r \"nuget:Tiny.Outer, 1.|", "1.10.0 1.9.0 1.0.0")]
    [InlineData("#r \"nuget:Tiny.None, |", "")]
    [InlineData("var x = 1;\n  #load \"|", "a.csx lib/")]
    [InlineData("#load \"lib/|\"", "b.cs")]
    [InlineData("#load \"none/|", "")]
    [InlineData("#i \"nuget:l|", "lib/")]
    [InlineData("#!import |", "a.csx a.ipynb lib/")]
    [InlineData("#!import lib/b|", "b.cs")]
    public void Completions_are_those_of_this_machine(string code, string items)
    {
        int cursor = code.IndexOf('|');
        KernelCompletions found = Complete(code, cursor)!;
        Assert.Equal(items.Split(' ', StringSplitOptions.RemoveEmptyEntries), found.Items.Select(i => i.Text));
        // What is replaced is the beginning of what comes in its place.
        string replaced = code[found.Start..cursor];
        Assert.All(found.Items, i => Assert.StartsWith(replaced, i.Text, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(cursor, found.End);
    }

    [Theory]
    [InlineData("|")]
    [InlineData("#r|")]
    [InlineData("#r \"a.dll\" |")]
    [InlineData("var r = \"|")]
    [InlineData("#!time |")]
    public void Elsewhere_there_are_none(string code) => Assert.Null(Complete(code, code.IndexOf('|')));

    private KernelCompletions? Complete(string code, int cursor) => DirectiveCompletion.At(
        code.Replace("|", ""), cursor, Of("nb"), new LocalPackages(Of("packages")));

    private string Of(string name) => Path.Combine(_folder.Path, name);

    private void Package(string id, string version, string name)
    {
        string home = Directory.CreateDirectory(Of($"packages/{id}/{version}")).FullName;
        File.WriteAllText(Path.Combine(home, ".nupkg.metadata"), "{}");
        File.WriteAllText(
            Path.Combine(home, $"{id}.nuspec"), $"<package><metadata><id>{name}</id></metadata></package>");
    }
}
