using System.Xml;
using System.Xml.Linq;

namespace FinML.Notebooks.Packages;

/// <summary>What nuget.config says to somebody who restores in a folder: the files of the folder and those above it,
/// then the user's.</summary>
internal static class NuGetSettings
{
    private static readonly string[] Names = ["nuget.config", "NuGet.config", "NuGet.Config"];

    /// <summary>The files that apply to a folder, nearest first.</summary>
    internal static IReadOnlyList<string> Files(string folder)
    {
        List<string> files = [];
        for (DirectoryInfo? at = new(Path.GetFullPath(folder)); at is not null; at = at.Parent)
            Add(at.FullName);
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
            Add(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "NuGet"));
        else
            Add(Path.Combine(home, ".nuget", "NuGet"));
        return files;

        void Add(string at)
        {
            if (Names.Select(name => Path.Combine(at, name)).FirstOrDefault(File.Exists) is { } file)
                files.Add(file);
        }
    }

    /// <summary>Where packages are unpacked: NUGET_PACKAGES, else what a file says, else ~/.nuget/packages.</summary>
    internal static string PackagesFolder(string folder)
    {
        if (Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } variable)
            return Path.GetFullPath(variable);
        foreach (string file in Files(folder))
        {
            if (Value(file, "globalPackagesFolder") is { } path)
                return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, path));
        }

        return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
    }

    private static string? Value(string file, string key)
    {
        try
        {
            return XDocument.Load(file).Root?.Elements("config").Elements("add")
                .LastOrDefault(add => (string?)add.Attribute("key") == key)?.Attribute("value")?.Value;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or XmlException)
        {
            return null; // NuGet itself says what is wrong with it
        }
    }
}
