using FinML.Shared;

namespace FinML.Figures;

/// <summary>
/// plotly.js, which makes the figures of a page interactive: the file of its npm package, got from the user's npm
/// registry at first use, checked against the hash in this program and kept in the user's cache. npm is not needed.
/// plotly.js is MIT-licensed (https://github.com/plotly/plotly.js).
/// </summary>
public static class PlotlyScript
{
    /// <summary>The environment variable that names a plotly.min.js, for machines without a network.</summary>
    public const string Variable = "FINML_PLOTLY";

    /// <summary>The npm package.</summary>
    public const string Package = "plotly.js-dist-min";

    /// <summary>The version that is taken.</summary>
    public const string Version = "4.1.2";

    private const string Library = "plotly.min.js";

    private const string Pinned =
        "sha512-VSmS9KVNun16S8qFYYp9LlL/XBby4ueeGqB+K9AqRCVsup8dSpGULap4UyR1f2mz4pV3qjWp1sR5chwLgIKPoQ==";

    private const long MostBytes = 20_000_000; // the archive has 1.7 MB

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>The file on this machine: what FINML_PLOTLY names, or the one in the cache; null where there is
    /// none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return File.Exists(given) ? given : null;
        return Cached(null) is { } path && File.Exists(path) ? path : null;
    }

    /// <summary>The script's text: from this machine, else from the registry.</summary>
    /// <exception cref="FigureExportException">It cannot be had.</exception>
    public static async Task<string> GetAsync(CancellationToken cancellation = default)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given && !File.Exists(given))
            throw new FigureExportException($"{Variable} names \"{given}\", which is not there.");
        string path = Find() ?? await InstallAsync(null, null, null, cancellation).ConfigureAwait(false);
        return await File.ReadAllTextAsync(path, cancellation).ConfigureAwait(false);
    }

    /// <summary>Gets the package into a cache.</summary>
    /// <param name="client">What downloads; null: a client of its own.</param>
    /// <param name="cache">The cache folder; null: the user's.</param>
    /// <param name="integrity">What the archive must hash to; null: the pinned one.</param>
    /// <param name="cancellation">Stops the download.</param>
    /// <returns>The script's file.</returns>
    internal static async Task<string> InstallAsync(
        HttpClient? client, string? cache, string? integrity, CancellationToken cancellation)
    {
        string path = Cached(cache) ?? throw new FigureExportException(
            $"This user has no home folder to keep plotly.js in; set {Variable} to a {Library}.");
        if (File.Exists(path))
            return path;
        string registry = NpmConfiguration.Registry(scope: null);
        var address = new Uri($"{registry.TrimEnd('/')}/{Package}/-/{Package}-{Version}.tgz");
        byte[] archive = await DownloadAsync(client, address, cancellation).ConfigureAwait(false);
        string found = NpmArchive.Integrity(archive), expected = integrity ?? Pinned;
        if (found != expected)
        {
            throw new FigureExportException(
                $"{address} is not {Package} {Version}: expected {expected}, found {found}; nothing was kept.");
        }

        try
        {
            return NpmArchive.Extract(archive, Library, path)
                ? path
                : throw new FigureExportException($"{address} has no {Library}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new FigureExportException($"plotly.js cannot be unpacked to {path}: {error.Message}", error);
        }
    }

    private static async Task<byte[]> DownloadAsync(HttpClient? client, Uri address, CancellationToken cancellation)
    {
        using var own = new HttpClient { MaxResponseContentBufferSize = MostBytes, Timeout = Limit };
        try
        {
            return await (client ?? own).GetByteArrayAsync(address, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException
            || (error is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new FigureExportException(
                $"plotly.js cannot be had from {address}: {error.Message.TrimEnd('.')}. Another registry is given by "
                + $"npm's configuration, a {Library} on this machine by {Variable}.", error);
        }
    }

    private static string? Cached(string? cache) => (cache ?? UserCache.Folder()) is { } folder
        ? Path.Combine(folder, "finml", "plotly", Version, Library)
        : null;
}
