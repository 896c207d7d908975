using FinML.Shared;

namespace FinML.Data;

/// <summary>
/// Gets the data sets of the catalogue that may not be shipped, from a mirror folder or from their address, into
/// data/public/. Nothing is kept whose hash is not the catalogue's: the hash of the file (a mirror's, to the byte) or
/// that of its decompressed content (a download, which the source compresses in its own way or not at all). The
/// addresses name one version of each source repository, the one whose content was compared with the catalogue's.
/// </summary>
public static class DataFetch
{
    // More than any difference between a file and its content: an archive or text that is stored and not compressed.
    private const long Slack = 1 << 20;

    /// <summary>Brings the file of a data set here; does nothing where it lies here already and is right.</summary>
    /// <exception cref="DataException">It is no such data set; there is no source; or what the source has is another
    /// file.</exception>
    public static async Task<FetchResult> RunAsync(DataCatalog catalog, string name, FetchOptions? options = null,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        options ??= new FetchOptions();
        DataSet set = catalog.Find(name);
        string path = catalog.OwnPathOf(set);
        if (!set.Fetchable)
        {
            throw new DataException($"The data set '{set.Name}' is shipped: it lies at {path}, and 'finml data verify "
                + $"{set.Name}' checks it.");
        }

        if (File.Exists(path))
        {
            byte[] here = await File.ReadAllBytesAsync(path, stop);
            if (DataContent.IsRight(set, here))
                return new FetchResult(set, path, null, DataCatalog.Hash(here) == set.Sha256);
        }

        (byte[] bytes, string source) = await GetAsync(set, options, stop);
        if (!DataContent.IsRight(set, bytes))
        {
            throw new DataException($"{source} is not the file of the catalogue and was not kept: expected sha256 "
                + $"{set.Sha256} (or content {set.ContentSha256 ?? "without a hash"}), found "
                + $"{DataCatalog.Hash(bytes)}.");
        }

        byte[] file = DataContent.AsFile(set, bytes);
        try
        {
            AtomicFile.Write(path, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The data set '{set.Name}' cannot be written to {path}: {e.Message}", e);
        }

        return new FetchResult(set, path, source, DataCatalog.Hash(file) == set.Sha256);
    }

    private static async Task<(byte[] Bytes, string Source)> GetAsync(DataSet set, FetchOptions options,
        CancellationToken stop)
    {
        string? mirrored = options.From is { } folder
            ? Path.GetFullPath(Path.Combine(folder, Path.GetFileName(set.File)))
            : DataCatalog.MirrorPathOf(set);
        if (mirrored is not null && File.Exists(mirrored))
            return (await File.ReadAllBytesAsync(mirrored, stop), mirrored);
        if (options.From is not null)
            throw new DataException($"There is no {mirrored}.");
        if (set.Address is not { } address)
        {
            throw new DataException($"The data set '{set.Name}' has no address: get {Path.GetFileName(set.File)} from "
                + $"{set.Source.Registry} {set.Source.Package} ({set.Source.Object}) and give its folder by --from.");
        }

        return (await DownloadAsync(set, address, options, stop), address.ToString());
    }

    private static async Task<byte[]> DownloadAsync(DataSet set, Uri address, FetchOptions options,
        CancellationToken stop)
    {
        HttpClient client = options.Client ?? new HttpClient();
        try
        {
            long most = (set.ContentBytes ?? long.MaxValue - Slack) + Slack;
            return await Download.GetAsync(client, address, most, options.Progress, stop);
        }
        catch (DataException e)
        {
            throw new DataException($"{e.Message} A mirror folder is given by --from or {DataCatalog.MirrorVariable}.",
                e);
        }
        finally
        {
            if (options.Client is null)
                client.Dispose();
        }
    }
}
