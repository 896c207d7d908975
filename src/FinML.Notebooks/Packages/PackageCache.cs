using System.Security.Cryptography;
using System.Text;
using FinML.Shared;

namespace FinML.Notebooks.Packages;

/// <summary>
/// Closures that were resolved before, one file each, named by what was asked for, where, and for which platform.
/// A file is whole or not there; what a killed restore leaves is a folder that a later one clears away.
/// </summary>
/// <param name="folder">Where they are kept; made when first needed.</param>
/// <param name="clock">Tells how old they are.</param>
internal sealed class PackageCache(string folder, TimeProvider clock)
{
    private const string Format = "1";
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>How long a request that means "the newest" is answered from the cache.</summary>
    internal static readonly TimeSpan FloatingAge = TimeSpan.FromDays(1);

    /// <summary>Where the workbench keeps it: the user's local application data; a user without a home has the
    /// temporary folder.</summary>
    internal static string DefaultFolder => Path.Combine(
        Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
            is { Length: > 0 } data ? data : Path.GetTempPath(),
        "finml", "packages");

    /// <summary>The name of what a set of requests comes to.</summary>
    /// <param name="requests">The requests; their order does not matter.</param>
    /// <param name="sources">Further sources.</param>
    /// <param name="packagesFolder">Where packages are unpacked.</param>
    /// <param name="settings">The nuget.config files that apply.</param>
    internal static string Key(
        IEnumerable<PackageRequest> requests, IEnumerable<string> sources, string packagesFolder,
        IEnumerable<string> settings)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\0"));
        Add(Format);
        Add(RuntimeIdentifiers.Current);
        Add(Environment.Version.Major.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add(packagesFolder);
        foreach (string request in requests.Select(r => r.ToString().ToLowerInvariant()).Order(StringComparer.Ordinal))
            Add(request);
        Add("sources");
        foreach (string source in sources)
            Add(source);
        foreach (string file in settings)
        {
            Add(file);
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    /// <summary>What was kept under a key, if it is whole.</summary>
    /// <param name="key">The key.</param>
    /// <param name="age">How old it may be; null for any age.</param>
    internal PackageClosure? Find(string key, TimeSpan? age) =>
        PackageClosure.TryRead(FileOf(key)) is { } closure && closure.IsWhole()
            && (age is null || clock.GetUtcNow() - closure.Resolved < age)
            ? closure
            : null;

    internal void Keep(string key, PackageClosure closure) => AtomicFile.Write(FileOf(key), closure.ToJson());

    /// <summary>A new folder to restore in, that nobody else uses.</summary>
    internal DirectoryInfo Workplace()
    {
        DirectoryInfo home = Directory.CreateDirectory(Path.Combine(folder, "work"));
        foreach (DirectoryInfo old in home.EnumerateDirectories())
        {
            if (clock.GetUtcNow() - old.LastWriteTimeUtc > Abandoned)
                Discard(old);
        }

        return home.CreateSubdirectory(Guid.NewGuid().ToString("N"));
    }

    internal static void Discard(DirectoryInfo workplace)
    {
        try
        {
            workplace.Delete(recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another process clears it away too, or a later one will.
        }
    }

    private string FileOf(string key) => Path.Combine(folder, key + ".json");
}
