using System.Security.Cryptography;

namespace FinML.Data.Store;

/// <summary>
/// Panels larger than memory: Parquet files in folders symbol=.../year=..., with the columns time and available_at
/// (TIMESTAMP, microseconds, UTC) and a DOUBLE a field, NULL where a value is missing. The folder data/ is read as it
/// lies by pandas, Polars, Spark and DuckDB; manifest.json says which files are committed, with their rows and
/// SHA-256. Rows are only ever added: a new time, or a later version of one, so that what was known at any time can be
/// asked for.
/// </summary>
/// <remarks>
/// An append is whole or nothing: files are written aside, flushed, renamed into place, and become a part of the store
/// by the rename of the manifest. What a stopped writer leaves is in no manifest; it is ignored, and removed when the
/// store is next opened or written to. One writer at a time, by a lock on a file; readers see the manifest of their
/// opening and need no lock. Needs DuckDB (<c>finml data engine install</c>).
/// </remarks>
public sealed class PanelStore
{
    private static readonly string[] s_reserved = ["time", "available_at", "symbol", "year"];
    private readonly StoreOptions _options;

    private PanelStore(string folder, StoreManifest manifest, StoreOptions options)
    {
        (Folder, Manifest, _options) = (folder, manifest, options);
    }

    /// <summary>The store's folder.</summary>
    public string Folder { get; }

    /// <summary>The folder that other programs read.</summary>
    public string DataFolder => Path.Combine(Folder, StoreWriter.DataFolder);

    /// <summary>What is committed, as of the opening or the last change through this object.</summary>
    public StoreManifest Manifest { get; private set; }

    /// <summary>The fields, in their order.</summary>
    public IReadOnlyList<string> Fields => Manifest.Fields;

    /// <summary>The symbols, in ordinal order.</summary>
    public IReadOnlyList<string> Symbols => Manifest.Symbols;

    /// <summary>All rows, versions included.</summary>
    public long Rows => Manifest.Files.Sum(f => f.Rows);

    /// <summary>Whether there is a store in a folder.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, StoreManifest.FileName));

    /// <summary>Makes an empty store.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="fields">The names of its number columns; different without regard to case, and none of time,
    /// available_at, symbol and year.</param>
    /// <param name="options">How it works.</param>
    /// <exception cref="ArgumentException">A name is wrong.</exception>
    /// <exception cref="DataException">There is a store already, or something else.</exception>
    public static PanelStore Create(string folder, IReadOnlyList<string> fields, StoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(fields);
        options ??= new StoreOptions();
        options.Validate();
        HashSet<string> names = new(s_reserved, StringComparer.OrdinalIgnoreCase);
        foreach (string field in fields)
        {
            if (string.IsNullOrWhiteSpace(field) || !names.Add(field))
            {
                throw new ArgumentException($"The field '{field}' is empty, there twice, or one of "
                    + $"{string.Join(", ", s_reserved)}.", nameof(fields));
            }
        }

        if (fields.Count == 0)
            throw new ArgumentException("A store needs at least one field; there are 0.", nameof(fields));
        string full = Path.GetFullPath(folder);
        if (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any())
            throw new DataException($"{full} is not empty, so no store was made in it.");
        StoreManifest manifest = new(StoreManifest.CurrentFormat, 0, [.. fields], []);
        manifest.Write(Path.Combine(full, StoreManifest.FileName));
        return new PanelStore(full, manifest, options);
    }

    /// <summary>Opens a store: reads its manifest, and removes what a stopped writer left, unless another one is at
    /// work.</summary>
    /// <exception cref="DataException">There is none, or its manifest cannot be read.</exception>
    public static PanelStore Open(string folder, StoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        options ??= new StoreOptions();
        options.Validate();
        string full = Path.GetFullPath(folder);
        if (!Exists(full))
            throw new DataException($"There is no store in {full}: it has no {StoreManifest.FileName}.");
        using StoreLock? held = StoreLock.TryTake(full);
        StoreManifest manifest = StoreManifest.Read(Path.Combine(full, StoreManifest.FileName));
        if (held is not null)
            StoreWriter.Clean(full, manifest);
        return new PanelStore(full, manifest, options);
    }

    /// <summary>Adds the rows of a panel: all of them or, where anything is wrong, none.</summary>
    /// <remarks>A row is a new time of its symbol, or a version of one that became available later than those before.
    /// </remarks>
    /// <exception cref="ArgumentException">The panel's fields are not the store's, or a time is finer than a
    /// microsecond.</exception>
    /// <exception cref="DataException">A row is there already; or another writer did not end in time.</exception>
    public AppendReport Append(Panel panel, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(panel);
        if (panel.Fields.Count != Fields.Count || !Fields.All(panel.HasField))
        {
            throw new ArgumentException($"The panel has the fields [{string.Join(", ", panel.Fields)}]; the store has "
                + $"[{string.Join(", ", Fields)}].", nameof(panel));
        }

        int[] fields = [.. Fields.Select(panel.FieldIndex)];
        using StoreLock held = Lock(stop);
        using StoreWriter writer = new(Folder, Manifest, _options);
        writer.Stage(panel, fields, stop);
        StoreFile[] added = [.. writer.Files];
        if (added.Length > 0)
            Manifest = writer.Commit();
        return new AppendReport(added.Sum(f => f.Rows), added, Manifest.Generation);
    }

    /// <summary>Puts the files of each symbol and year together into one; what is in the store stays the
    /// same.</summary>
    /// <returns>How many files there were, and how many there are.</returns>
    /// <remarks>A reader that opened the store before may lose the files that it knows.</remarks>
    public (int Before, int After) Compact(CancellationToken stop = default)
    {
        using StoreLock held = Lock(stop);
        int before = Manifest.Files.Count;
        List<StoreFile[]> groups = [.. Manifest.Files.GroupBy(f => (f.Symbol, f.Year)).Where(g => g.Count() > 1)
            .Select(g => g.ToArray())];
        if (groups.Count == 0)
            return (before, before);
        using StoreWriter writer = new(Folder, Manifest, _options);
        StoreReader reader = new(DataFolder, Manifest, new StoreQuery());
        foreach (StoreFile[] group in groups)
            writer.StageMerged(reader, group, stop);
        HashSet<StoreFile> replaced = [.. groups.SelectMany(g => g)];
        Manifest = writer.Commit(replaced);
        foreach (StoreFile file in replaced)
            File.Delete(Path.Combine(DataFolder, file.Path));
        return (before, Manifest.Files.Count);
    }

    /// <summary>The part of the store that a query asks for, in memory.</summary>
    /// <exception cref="ArgumentException">No such symbol or field.</exception>
    /// <exception cref="DataException">There is no row in it.</exception>
    public Panel Load(StoreQuery? query = null, CancellationToken stop = default)
    {
        query ??= new StoreQuery();
        StoreReader reader = new(DataFolder, Manifest, query);
        using DuckDbConnection connection = DuckDbConnection.Open(_options.Engine);
        List<SymbolSeries> series = [.. reader.Symbols.Select(s => reader.Read(connection, s, stop))];
        return series.Any(s => s.Length > 0)
            ? StorePanels.Build(series, reader.Fields)
            : throw new DataException($"The store {Folder} has no row for the query.");
    }

    /// <summary>What was known at a time: no row that became available later, and no later version of a row.</summary>
    public Panel AsOf(DateTime knownAt, StoreQuery? query = null, CancellationToken stop = default) =>
        Load((query ?? new StoreQuery()) with { KnownAt = knownAt }, stop);

    /// <summary>
    /// Joins another store to this one as of a time (ASOF): each row gets, of the other store, the row about the latest
    /// time that was known when it became known itself, in the version of then; NaN where nothing was known. So daily
    /// prices get the last published quarter, and nothing of it too early.
    /// </summary>
    /// <param name="other">The other store; its fields stand after those of this one.</param>
    /// <param name="query">The rows of this store.</param>
    /// <param name="otherFields">The fields of the other store. Null: all.</param>
    /// <param name="otherSymbol">Its symbol, for all of this one's. Null: the one of the same name; without it,
    /// NaN.</param>
    /// <param name="stop">Cancels.</param>
    /// <exception cref="ArgumentException">No such symbol or field, or a field of both.</exception>
    /// <exception cref="DataException">There is no row in it.</exception>
    public Panel AsOfJoin(PanelStore other, StoreQuery? query = null, IReadOnlyList<string>? otherFields = null,
        string? otherSymbol = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(other);
        query ??= new StoreQuery();
        StoreReader left = new(DataFolder, Manifest, query);
        StoreReader right = new(other.DataFolder, other.Manifest, new StoreQuery
        {
            Fields = otherFields,
            Symbols = otherSymbol is null ? null : [otherSymbol],
            KnownAt = query.KnownAt,
        });
        if (left.Fields.Intersect(right.Fields, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } both)
        {
            throw new ArgumentException($"Both stores have the field '{both}'; name the fields that are wanted so that "
                + "they differ.", nameof(otherFields));
        }

        using DuckDbConnection connection = DuckDbConnection.Open(_options.Engine);
        List<SymbolSeries> series = [.. left.Symbols.Select(s =>
            StoreJoin.Read(connection, left, right, s, otherSymbol ?? s, stop))];
        return series.Any(s => s.Length > 0)
            ? StorePanels.Build(series, [.. left.Fields, .. right.Fields])
            : throw new DataException($"The store {Folder} has no row for the query.");
    }

    /// <summary>
    /// Reads a part of any size: symbol after symbol, each by time, in chunks that need the memory of one. A chunk is
    /// valid until the next.
    /// </summary>
    /// <exception cref="ArgumentException">No such symbol or field.</exception>
    public IEnumerable<StoreChunk> Scan(StoreQuery? query = null, CancellationToken stop = default)
    {
        StoreReader reader = new(DataFolder, Manifest, query ?? new StoreQuery());
        return Chunks(reader, stop);
    }

    /// <summary>Checks every file against its SHA-256.</summary>
    /// <returns>A sentence for each that differs; none where the store is right.</returns>
    public IReadOnlyList<string> Verify(CancellationToken stop = default)
    {
        List<string> problems = [];
        foreach (StoreFile file in Manifest.Files)
        {
            stop.ThrowIfCancellationRequested();
            string path = Path.Combine(DataFolder, file.Path);
            if (!File.Exists(path))
            {
                problems.Add($"{path} is missing.");
                continue;
            }

            using FileStream stream = File.OpenRead(path);
            string hash = Convert.ToHexStringLower(SHA256.HashData(stream));
            if (hash != file.Sha256)
            {
                problems.Add($"{path} is not the file that was committed: expected sha256 {file.Sha256}, found "
                    + $"{hash}.");
            }
        }

        return problems;
    }

    private IEnumerable<StoreChunk> Chunks(StoreReader reader, CancellationToken stop)
    {
        using DuckDbConnection connection = DuckDbConnection.Open(_options.Engine);
        int room = Math.Max(_options.ChunkRows, 2048); // a chunk of DuckDB's is never split
        DateTime[] times = new DateTime[room], known = new DateTime[room];
        foreach (string symbol in reader.Symbols)
        {
            foreach (SymbolSeries series in reader.Stream(connection, symbol, room, stop))
                yield return new StoreChunk(series, reader.Fields, times, known);
        }
    }

    /// <summary>The lock, with the manifest of now and nothing beside it.</summary>
    private StoreLock Lock(CancellationToken stop)
    {
        StoreLock held = StoreLock.Take(Folder, _options.LockTimeout, stop);
        try
        {
            Manifest = StoreManifest.Read(Path.Combine(Folder, StoreManifest.FileName));
            StoreWriter.Clean(Folder, Manifest);
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }
}
