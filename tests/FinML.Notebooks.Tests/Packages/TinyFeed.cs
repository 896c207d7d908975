using System.IO.Compression;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FinML.Notebooks.Tests.Packages;

/// <summary>A folder of packages made on the spot, which is the only source, with a packages folder and a cache of its
/// own: nothing asks a network.</summary>
internal sealed class TinyFeed : IDisposable
{
    private readonly Notebooks.Folder _folder = new();

    /// <param name="source">The only source; null for the feed's own folder.</param>
    public TinyFeed(string? source = null)
    {
        foreach (string name in (string[])["feed", "notebooks"])
            Directory.CreateDirectory(PathOf(name));
        File.WriteAllText(PathOf("notebooks/nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="tiny" value="{source ?? PathOf("feed")}"
                allowInsecureConnections="true" /></packageSources>
            </configuration>
            """);
    }

    public string PathOf(string name) => Path.Combine(_folder.Path, name);

    public NotebookHostOptions Options => new()
    {
        BaseDirectory = PathOf("notebooks"),
        PackageCache = PathOf("cache"),
        PackagesFolder = PathOf("packages"),
    };

    public Task<NotebookRunResult> RunAsync(params string[] cells) =>
        Notebooks.RunAsync(Notebooks.Of(cells), Options);

    /// <summary>The sentence with which a notebook of these cells is refused.</summary>
    public async Task<string> RefusalAsync(params string[] cells) =>
        (await Assert.ThrowsAsync<NotebookException>(() => RunAsync(cells))).Message;

    /// <summary>Puts a package into the feed.</summary>
    public void Add(
        string id, string version, string code, string framework = "net8.0", string assemblyVersion = "1.0.0.0",
        (string Id, string Version)[]? needs = null, IReadOnlyList<string>? references = null,
        (string Path, byte[] Bytes)[]? files = null)
    {
        string dependencies = string.Concat((needs ?? []).Select(d =>
            $"""<dependency id="{d.Id}" version="{d.Version}" />"""));
        using FileStream file = File.Create(PathOf($"feed/{id}.{version}.nupkg"));
        using ZipArchive zip = new(file, ZipArchiveMode.Create);
        void Entry(string path, byte[] bytes)
        {
            using Stream entry = zip.CreateEntry(path).Open();
            entry.Write(bytes);
        }

        Entry($"{id}.nuspec", Encoding.UTF8.GetBytes($"""
            <?xml version="1.0"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
              <id>{id}</id><version>{version}</version><authors>tests</authors><description>A test.</description>
              <dependencies><group targetFramework="{framework}">{dependencies}</group></dependencies>
            </metadata></package>
            """));
        Entry($"lib/{framework}/{id}.dll", Compile(id, assemblyVersion, code, references ?? []));
        foreach ((string path, byte[] bytes) in files ?? [])
            Entry(path, bytes);
    }

    /// <summary>An assembly of some code.</summary>
    public static byte[] Compile(string name, string version, string code, IReadOnlyList<string> references)
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(
                $"[assembly: System.Reflection.AssemblyVersion(\"{version}\")]\n{code}")],
            trusted.Split(Path.PathSeparator).Where(p => Path.GetFileName(p) is "System.Runtime.dll"
                or "System.Private.CoreLib.dll" or "System.Runtime.InteropServices.dll").Concat(references)
                .Select(p => MetadataReference.CreateFromFile(p)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return image.ToArray();
    }

    public void Dispose() => _folder.Dispose();
}
