using FinML.Shared;

namespace FinML.Data.Store;

/// <summary>Where DuckDB's library is on this machine: where FINML_DUCKDB says, or in the user's cache.</summary>
public static class EngineLocation
{
    /// <summary>The environment variable that names the library, or the folder that it lies in.</summary>
    public const string Variable = "FINML_DUCKDB";

    /// <summary>The user's cache of libraries: finml/duckdb in XDG_CACHE_HOME or ~/.cache, in ~/Library/Caches on
    /// macOS, in the local application data on Windows.</summary>
    public static string CacheFolder => Path.Combine(
        UserCache.Folder() ?? throw new DataException($"This user has no home folder to keep DuckDB in; set {Variable} "
            + "to its library."),
        "finml", "duckdb");

    /// <summary>Where a package's library lies once it is installed in a cache.</summary>
    public static string PathOf(EnginePackage package, string? cacheFolder = null)
    {
        ArgumentNullException.ThrowIfNull(package);
        return Path.Combine(cacheFolder ?? CacheFolder, package.Version, package.Platform, package.Library);
    }

    /// <summary>The library to load, or null where there is none.</summary>
    /// <exception cref="DataException">FINML_DUCKDB names no library.</exception>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            string path = Path.GetFullPath(given);
            if (Directory.Exists(path))
                path = Path.Combine(path, EnginePackage.Current?.Library ?? "libduckdb.so");
            return File.Exists(path)
                ? path
                : throw new DataException($"{Variable} is {given}, and there is no library {path}.");
        }

        return EnginePackage.Current is { } package && PathOf(package) is var cached && File.Exists(cached)
            ? cached
            : null;
    }

    /// <summary>What to run where there is no library.</summary>
    internal static DataException Missing() => new(EnginePackage.Current is { } package
        ? $"DuckDB is not here: run 'finml data engine install' (it gets {package.Name} from your npm registry), or "
            + $"set {Variable} to {package.Library}."
        : $"DuckDB is not here, and there is no package of it for {EnginePackage.CurrentPlatform}: set {Variable} to "
            + "its library.");
}
