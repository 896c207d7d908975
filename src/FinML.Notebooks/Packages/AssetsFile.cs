using System.Text.Json.Nodes;

namespace FinML.Notebooks.Packages;

/// <summary>NuGet's project.assets.json: what a restore chose, and what it had to say.</summary>
internal sealed class AssetsFile
{
    private readonly JsonNode _root;

    private AssetsFile(JsonNode root) => _root = root;

    /// <summary>A message of the restore.</summary>
    /// <param name="Code">NU1101 and so on.</param>
    /// <param name="IsError">Whether the restore failed by it.</param>
    /// <param name="Package">The package that it is about; empty where it is about none.</param>
    /// <param name="Message">NuGet's own words.</param>
    internal sealed record Log(string Code, bool IsError, string Package, string Message);

    /// <summary>Reads a file; null where there is none, as after a restore that did not get that far.</summary>
    internal static AssetsFile? TryRead(string path) =>
        File.Exists(path) && JsonNode.Parse(File.ReadAllBytes(path)) is { } root ? new(root) : null;

    internal IReadOnlyList<Log> Logs =>
    [
        .. (_root["logs"] as JsonArray ?? []).Select(log => new Log(
            Text(log!["code"]), Text(log["level"]) == "Error", Text(log["libraryId"]), Text(log["message"]))),
    ];

    /// <summary>The packages and their files for a platform.</summary>
    /// <param name="identifier">The platform, such as linux-x64.</param>
    /// <param name="framework">The framework whose target is meant; null for the file's only one.</param>
    internal PackageClosure Closure(string identifier, string? framework = null)
    {
        if (_root["targets"] is not JsonObject targets || targets.Count == 0)
            return PackageClosure.Empty;
        bool Matches(string name) => framework is null || name == framework
            || name.StartsWith(framework + "/", StringComparison.Ordinal);
        // A target for the platform has chosen its files already; one without leaves the choice to us.
        (string _, JsonNode? target) = targets.Where(t => Matches(t.Key))
            .OrderBy(t => t.Key.EndsWith("/" + identifier, StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(t => t.Key.Contains('/') ? 1 : 0).FirstOrDefault();
        string[] folders = [.. ((JsonObject?)_root["packageFolders"] ?? []).Select(f => f.Key)];
        SortedDictionary<string, string> packages = new(StringComparer.OrdinalIgnoreCase);
        List<string> compile = [], runtime = [], native = [], frameworks = [];
        foreach ((string name, JsonNode? asset) in (JsonObject?)target ?? [])
        {
            if (Text(asset!["type"]) != "package")
                continue;
            packages[name.Split('/')[0]] = name.Split('/')[1];
            string path = Text(_root["libraries"]?[name]?["path"]);
            string folder = folders.Select(f => Path.GetFullPath(Path.Combine(f, path))).FirstOrDefault(
                Directory.Exists, "");
            void Add(List<string> to, IEnumerable<string> files) => to.AddRange(files
                .Where(f => !f.EndsWith("/_._", StringComparison.Ordinal))
                .Select(f => Path.Combine(folder, f.Replace('/', Path.DirectorySeparatorChar))));

            Add(compile, Keys(asset["compile"]));
            (IReadOnlyList<string> managed, IReadOnlyList<string> libraries) =
                ForPlatform(asset["runtimeTargets"] as JsonObject ?? [], identifier);
            // A platform's own assembly stands in for the common one of its name.
            HashSet<string?> special = [.. managed.Select(Path.GetFileName)];
            Add(runtime, managed.Concat(Keys(asset["runtime"]).Where(f => !special.Contains(Path.GetFileName(f)))));
            Add(native, libraries.Concat(Keys(asset["native"])));
            frameworks.AddRange((asset["frameworkReferences"] as JsonArray ?? []).Select(Text));
        }

        return new PackageClosure
        {
            Packages = packages,
            Compile = [.. compile.Where(IsAssembly)],
            Runtime = [.. runtime.Where(IsAssembly)],
            Native = native,
            Frameworks = [.. frameworks.Where(f => f != "Microsoft.NETCore.App").Distinct().Order()],
        };
    }

    /// <summary>Of files for many platforms, those for the nearest that the package has: assemblies and native
    /// libraries each by themselves.</summary>
    internal static (IReadOnlyList<string> Managed, IReadOnlyList<string> Native) ForPlatform(
        JsonObject files, string identifier)
    {
        IReadOnlyList<string> chain = RuntimeIdentifiers.Fallbacks(identifier);
        IReadOnlyList<string> Nearest(string type)
        {
            ILookup<string, string> byName = files.Where(f => Text(f.Value?["assetType"]) == type)
                .ToLookup(f => Text(f.Value!["rid"]), f => f.Key);
            return chain.FirstOrDefault(byName.Contains) is { } name ? [.. byName[name]] : [];
        }

        return (Nearest("runtime"), Nearest("native"));
    }

    private static bool IsAssembly(string file) =>
        Path.GetExtension(file).ToLowerInvariant() is ".dll" or ".exe" or ".winmd";

    private static IEnumerable<string> Keys(JsonNode? node) => (node as JsonObject ?? []).Select(pair => pair.Key);

    private static string Text(JsonNode? node) => node?.ToString() ?? "";
}
