namespace FinML.Data.Store;

/// <summary>Reads the rows of a store: the files that a query touches, in order of time, the last version of
/// each.</summary>
internal sealed class StoreReader(string dataFolder, StoreManifest manifest, StoreQuery query)
{
    /// <summary>The fields of the answer.</summary>
    public IReadOnlyList<string> Fields { get; } = Checked(query.Fields, manifest.Fields, "field");

    /// <summary>The symbols of the answer.</summary>
    public IReadOnlyList<string> Symbols { get; } = Checked(query.Symbols, manifest.Symbols, "symbol");

    private readonly ILookup<string, StoreFile> _files = manifest.Files.ToLookup(f => f.Symbol);

    /// <summary>All rows of a symbol.</summary>
    public SymbolSeries Read(DuckDbConnection connection, string symbol, CancellationToken stop)
    {
        StoreFile[] files = FilesOf(symbol);
        SymbolSeries series = new(symbol, Fields.Count, RowsOf(symbol));
        if (files.Length == 0)
            return series;
        using DuckDbResult result = connection.Query(Sql(files), stop);
        while (result.Next() is { } chunk)
            series.Add(chunk);
        return series;
    }

    /// <summary>The rows of a symbol in chunks of at most <paramref name="rows"/> rows, in one buffer.</summary>
    public IEnumerable<SymbolSeries> Stream(DuckDbConnection connection, string symbol, int rows,
        CancellationToken stop)
    {
        StoreFile[] files = FilesOf(symbol);
        if (files.Length == 0)
            yield break;
        SymbolSeries series = new(symbol, Fields.Count, rows);
        using DuckDbResult result = connection.Query(Sql(files), stop);
        for (DuckDbChunk? chunk = result.Next(); chunk is not null; chunk = result.Next())
        {
            if (series.Length > 0 && series.Length + chunk.Rows > rows)
            {
                yield return series;
                series.Clear();
            }

            series.Add(chunk);
        }

        if (series.Length > 0)
            yield return series;
    }

    /// <summary>At least as many as the rows of a symbol in the query.</summary>
    public int RowsOf(string symbol) => checked((int)FilesOf(symbol).Sum(f => f.Rows));

    /// <summary>The rows of a symbol as SQL, by time: time, available_at and the fields, one row a time; null where
    /// there are none.</summary>
    public string? SqlOf(string symbol) => FilesOf(symbol) is { Length: > 0 } files ? Sql(files) : null;

    /// <summary>The same with all versions of a time, in no order.</summary>
    public string? VersionsSqlOf(string symbol) => FilesOf(symbol) is { Length: > 0 } files ? AllSql(files) : null;

    private string AllSql(StoreFile[] files) => "SELECT time, available_at"
        + $"{string.Concat(Fields.Select(f => $", {DuckDbConnection.Name(f)}"))} FROM {Source(files)}{Where()}";

    private string Sql(StoreFile[] files)
    {
        string sql = AllSql(files);
        // The files lie in order of time, each is sorted, and DuckDB keeps that order.
        return HaveVersions(files)
            ? sql + " QUALIFY row_number() OVER (PARTITION BY time ORDER BY available_at DESC) = 1 ORDER BY time"
            : sql;
    }

    /// <summary>The files of a query as a table of SQL.</summary>
    public string Source(IEnumerable<StoreFile> files) => $"read_parquet([{string.Join(", ", files.Select(f =>
        DuckDbConnection.Literal(Path.Combine(dataFolder, f.Path))))}], hive_partitioning = false)";

    /// <summary>The files that hold rows of a symbol in the query's span, by their first time.</summary>
    public StoreFile[] FilesOf(string symbol) => [.. _files[symbol].Where(f =>
        !(f.Last < From) && !(f.First >= Before))];

    /// <summary>The condition on the rows, with " WHERE " before it; empty where there is none.</summary>
    public string Where()
    {
        List<string> conditions = [];
        if (From is { } from)
            conditions.Add($"time >= {StoreTime.Literal(from)}");
        if (Before is { } before)
            conditions.Add($"time < {StoreTime.Literal(before)}");
        if (query.KnownAt is { } known)
            conditions.Add($"available_at <= {StoreTime.Literal(StoreTime.Utc(known))}");
        return conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions);
    }

    private DateTime? From => query.From is { } from ? StoreTime.Utc(from) : null;

    private DateTime? Before => query.Before is { } before ? StoreTime.Utc(before) : null;

    /// <summary>Whether a time may have several rows, in one file or in two that overlap.</summary>
    public static bool HaveVersions(IReadOnlyList<StoreFile> files) =>
        files.Any(f => f.Versions) || files.Zip(files.Skip(1)).Any(pair => pair.Second.First <= pair.First.Last);

    private static IReadOnlyList<string> Checked(IReadOnlyList<string>? wanted, IReadOnlyList<string> known,
        string what)
    {
        if (wanted is null)
            return known;
        HashSet<string> all = [.. known];
        foreach (string name in wanted)
        {
            if (!all.Contains(name))
            {
                throw new ArgumentException($"There is no {what} '{name}' in this store; it has: "
                    + $"{string.Join(", ", known.Take(40))}{(known.Count > 40 ? ", ..." : "")}.");
            }
        }

        return wanted.Count > 0 && wanted.Distinct().Count() == wanted.Count
            ? wanted
            : throw new ArgumentException($"A query names at least one {what}, and each once; it names "
                + $"[{string.Join(", ", wanted)}].");
    }
}
