using System.Text.RegularExpressions;
using FinML.Notebooks.Packages;

namespace FinML.Notebooks.Kernel;

/// <summary>
/// What could stand inside <c>#r "..."</c>, <c>#load "..."</c>, <c>#i "..."</c> and behind <c>#!import</c>: packages
/// and versions that are on this machine, and paths. No source is asked.
/// </summary>
internal static partial class DirectiveCompletion
{
    private const int MostItems = 100;

    /// <summary>What could stand at the cursor; null where it is in no such line.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="cursor">The place in it.</param>
    /// <param name="folder">What relative paths start from.</param>
    /// <param name="local">The packages of this machine.</param>
    internal static KernelCompletions? At(string code, int cursor, string folder, LocalPackages local)
    {
        int start = cursor == 0 ? 0 : code.LastIndexOf('\n', cursor - 1) + 1;
        if (Line().Match(code[start..cursor]) is not { Success: true } match)
            return null;
        Group text = match.Groups["text"];
        (string directive, string typed, int at) = (match.Groups["name"].Value, text.Value, start + text.Index);
        if (directive is "r" or "i" && typed.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
        {
            (typed, at) = (typed[6..], at + 6);
            return directive == "r" ? Packages(typed, at, cursor, local) : Paths(typed, at, cursor, folder, []);
        }

        KernelCompletions paths = Paths(typed, at, cursor, folder, directive switch
        {
            "r" => [".dll", ".csproj", ".fsproj", ".vbproj"],
            "load" => [".cs", ".csx"],
            "import" => [".ipynb", ".cs", ".csx"],
            _ => [],
        });
        return directive is "r" or "i" && "nuget:".StartsWith(typed, StringComparison.OrdinalIgnoreCase)
            ? new([("nuget:", "package"), .. directive == "r" || typed.Length > 0 ? paths.Items : []], at, cursor)
            : paths;
    }

    private static KernelCompletions Packages(string typed, int at, int cursor, LocalPackages local)
    {
        int comma = typed.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
        {
            string prefix = typed.TrimStart();
            return new(
                [.. local.Ids(prefix).Take(MostItems).Select(id => (local.ProperName(id), "package"))],
                cursor - prefix.Length, cursor);
        }

        string version = typed[(comma + 1)..].TrimStart();
        return new(
            [.. local.Versions(typed[..comma].Trim()).Select(v => v.Text)
                .Where(v => v.StartsWith(version, StringComparison.OrdinalIgnoreCase)).Take(MostItems)
                .Select(v => (v, "version"))],
            cursor - version.Length, cursor);
    }

    /// <summary>Folders, and files of the given endings.</summary>
    private static KernelCompletions Paths(
        string typed, int at, int cursor, string folder, IReadOnlyList<string> endings)
    {
        int slash = typed.LastIndexOfAny(['/', '\\']) + 1;
        DirectoryInfo home = new(Path.Combine(folder, typed[..slash]));
        string prefix = typed[slash..];
        IEnumerable<FileSystemInfo> entries = home.Exists
            ? home.EnumerateFileSystemInfos("*", new EnumerationOptions()).Where(e =>
                e.Name.StartsWith(prefix, StringComparison.Ordinal)
                && (e is DirectoryInfo || endings.Contains(e.Extension.ToLowerInvariant())))
            : [];
        return new(
            [.. entries.OrderBy(e => e is DirectoryInfo ? 1 : 0).ThenBy(e => e.Name, StringComparer.Ordinal)
                .Take(MostItems).Select(e => (e is DirectoryInfo ? e.Name + "/" : e.Name, "path"))],
            at + slash, cursor);
    }

    [GeneratedRegex("""^\s*(?:#(?<name>r|load|i)\s+"(?<text>[^"]*)|#!(?<name>import)\s+"?(?<text>[^"]*))$""")]
    private static partial Regex Line();
}
