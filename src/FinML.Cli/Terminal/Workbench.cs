using System.Reflection;
using FinML.Notebooks;

namespace FinML.Cli.Terminal;

/// <summary>Where the workbench is, and what notebooks get from it.</summary>
internal static class Workbench
{
    /// <summary>The namespaces and static classes that every notebook has; what is not built in is left out.</summary>
    public static IReadOnlyList<string> Usings { get; } =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Text", "System.Threading.Tasks",
        "FinML.Data", "FinML.Data.Features", "FinML.Data.Store", "FinML.Markets", "FinML.Models", "FinML.Agents",
        "FinML.Training", "FinML.Statistics", "FinML.Evaluation", "FinML.Figures",
        "FinML.Torch", "FinML.Torch.torch", "TorchSharp", "TorchSharp.torch",
    ];

    /// <summary>Those of <see cref="Usings"/> that are types: cells use their static members.</summary>
    public static IReadOnlySet<string> StaticUsings { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "FinML.Torch.torch", "TorchSharp.torch" };

    /// <summary>What a command gives to every notebook that it runs.</summary>
    public static NotebookHostOptions HostOptions(string notebook) => new NotebookHostOptions
    {
        References = Assemblies(),
        Usings = Usings,
        BaseDirectory = Path.GetDirectoryName(Path.GetFullPath(notebook))!,
        LockFile = FindRoot(Environment.CurrentDirectory) is { } root
            ? Path.Combine(root, "src", "FinML.Cli", "packages.lock.json")
            : null,
        DataHashes = DataUse.Watch(),
        DataHash = DataUse.Now,
        Name = Path.GetFileName(notebook),
    }.WithHooks();

    /// <summary>The results of cells tagged 'cache' in an output folder.</summary>
    public static CellCache Cache(string output, bool fresh = false) => new(Path.Combine(output, "cache"))
    {
        Fresh = fresh,
        Note = why => Console.Error.WriteLine($"finml: {why}"),
    };

    /// <summary>The artifacts folder of the clone around the current folder; of the current folder outside of
    /// one.</summary>
    public static string Artifacts() =>
        Path.Combine(FindRoot(Environment.CurrentDirectory) ?? Environment.CurrentDirectory, "artifacts");

    /// <summary>The folder of the clone that holds <paramref name="start"/>, or null outside of one.</summary>
    public static string? FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(Path.GetFullPath(start)); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "environment.json"))
                || File.Exists(Path.Combine(folder.FullName, "FinML.Workbench.sln")))
                return folder.FullName;
        }

        return null;
    }

    /// <summary>The library assemblies that lie beside the command, those that it was built with.</summary>
    public static IReadOnlyList<Assembly> Assemblies() =>
    [
        // A program that brings the command along has libraries of its own beside it.
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(path => Path.GetFileName(path) is var name
                && ((name.StartsWith("FinML.", StringComparison.Ordinal)
                     && !name.EndsWith(".Tests.dll", StringComparison.Ordinal)) || name == "TorchSharp.dll"))
            .Where(path => Trusted.Count == 0 || Trusted.Contains(path))
            .Order(StringComparer.Ordinal)
            .Select(path => Assembly.Load(Path.GetFileNameWithoutExtension(path))),
    ];

    private static HashSet<string> Trusted { get; } = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    /// <summary>A path as the user would type it from here.</summary>
    public static string Display(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
