using System.Text.Json;

namespace FinML.Notebooks.Packages;

/// <summary>What a set of requests comes to: every package with its version, and the files to compile against and to
/// load on this platform.</summary>
internal sealed record PackageClosure
{
    internal static PackageClosure Empty { get; } = new();

    /// <summary>Id and version of each package, by id.</summary>
    public IReadOnlyDictionary<string, string> Packages { get; init; } = new Dictionary<string, string>();

    /// <summary>The assemblies that code sees.</summary>
    public IReadOnlyList<string> Compile { get; init; } = [];

    /// <summary>The assemblies that run.</summary>
    public IReadOnlyList<string> Runtime { get; init; } = [];

    /// <summary>Native libraries for this platform.</summary>
    public IReadOnlyList<string> Native { get; init; } = [];

    /// <summary>Shared frameworks that packages ask for beyond .NET's own, such as Microsoft.AspNetCore.App.</summary>
    public IReadOnlyList<string> Frameworks { get; init; } = [];

    /// <summary>What the user should know, in a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>When it was resolved.</summary>
    public DateTimeOffset Resolved { get; init; }

    /// <summary>The package that a file belongs to: "X 1.2.3"; null where it is of none.</summary>
    internal string? Owner(string file)
    {
        string path = file.Replace('\\', '/');
        foreach ((string id, string version) in Packages)
        {
            if (path.Contains($"/{id.ToLowerInvariant()}/{version.ToLowerInvariant()}/", StringComparison.Ordinal))
                return $"{id} {version}";
        }

        return null;
    }

    /// <summary>Whether every file is still there: somebody may have emptied the packages folder.</summary>
    internal bool IsWhole() => Compile.Concat(Runtime).Concat(Native).All(File.Exists);

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>The closure of a file, or null where the file is not there or not one.</summary>
    internal static PackageClosure? TryRead(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<PackageClosure>(File.ReadAllBytes(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
