using FinML.Shared;

namespace FinML.Data.Store;

/// <summary>
/// Installs DuckDB's library for the user: gets the npm package's archive, checks its SHA-512 against the one in this
/// program, and only then unpacks the library, which appears whole under its name or not at all. npm is not needed.
/// </summary>
public static class EngineInstaller
{
    private const long MostBytes = 200_000_000; // the largest archive of the packages has 35 MB

    /// <summary>Installs the library where it is not installed.</summary>
    /// <returns>The library's path, and where it came from (null where it was installed already).</returns>
    /// <exception cref="DataException">There is no package for this machine, no archive, or another archive than the
    /// one that was pinned.</exception>
    public static async Task<(string Path, string? Source)> InstallAsync(EngineInstallOptions? options = null,
        CancellationToken stop = default)
    {
        options ??= new EngineInstallOptions();
        EnginePackage package = options.Package ?? EnginePackage.Current
            ?? throw new DataException($"There is no package of DuckDB for {EnginePackage.CurrentPlatform}; there are: "
                + $"{string.Join(", ", EnginePackage.All.Select(p => p.Platform))}. Set {EngineLocation.Variable} to "
                + "a library.");
        string path = EngineLocation.PathOf(package, options.CacheFolder);
        if (File.Exists(path))
            return (path, null);
        (byte[] archive, string source) = await GetAsync(package, options, stop);
        string found = NpmArchive.Integrity(archive);
        if (found != package.Integrity)
        {
            throw new DataException($"{source} is not {package.Name} {package.Version}: expected {package.Integrity}, "
                + $"found {found}; nothing was installed.");
        }

        try
        {
            if (!NpmArchive.Extract(archive, package.Library, path))
                throw new DataException($"{package.Name} {package.Version} has no {package.Library}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DataException($"DuckDB cannot be unpacked to {path}: {e.Message}", e);
        }

        return (path, source);
    }

    private static async Task<(byte[] Bytes, string Source)> GetAsync(EnginePackage package,
        EngineInstallOptions options, CancellationToken stop)
    {
        if (options.From is { } file)
        {
            string full = Path.GetFullPath(file);
            return File.Exists(full)
                ? (await File.ReadAllBytesAsync(full, stop), full)
                : throw new DataException($"There is no file {full}.");
        }

        Uri address = package.AddressOn(options.Registry ?? NpmRegistry.Configured());
        HttpClient client = options.Client ?? new HttpClient();
        try
        {
            byte[] bytes = await Download.GetAsync(client, address, MostBytes, options.Progress, stop);
            return (bytes, address.ToString());
        }
        catch (DataException e)
        {
            throw new DataException($"{e.Message} Another registry is given by --registry or npm's configuration, an "
                + "archive on this machine by --from.", e);
        }
        finally
        {
            if (options.Client is null)
                client.Dispose();
        }
    }
}
