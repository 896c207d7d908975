using System.Globalization;
using static FinML.Data.Store.NativeMethods;

namespace FinML.Data.Store;

/// <summary>
/// A DuckDB database in memory, and one connection to it: SQL over Parquet and CSV files. Text is UTC and nothing is
/// downloaded by it. Not to be used from two threads at a time; cancellation may come from any.
/// </summary>
public sealed class DuckDbConnection : IDisposable
{
    private readonly string? _ownSpillFolder;
    private nint _database;
    private nint _connection;

    private DuckDbConnection(nint database, nint connection, string? ownSpillFolder)
    {
        _database = database;
        _connection = connection;
        _ownSpillFolder = ownSpillFolder;
    }

    /// <summary>The library's version, such as v1.5.6.</summary>
    public static string EngineVersion => Text(duckdb_library_version());

    /// <summary>Loads the library that <see cref="EngineLocation.Find"/> finds; the path of the one in use.</summary>
    /// <exception cref="DataException">There is none; the message says what to run.</exception>
    public static string LoadEngine() => Load(EngineLocation.Find() ?? throw EngineLocation.Missing());

    /// <summary>Opens a database in memory.</summary>
    /// <exception cref="DataException">DuckDB is not here; the message says what to run.</exception>
    public static DuckDbConnection Open(DuckDbOptions? options = null)
    {
        options ??= new DuckDbOptions();
        options.Validate();
        LoadEngine();
        string spill = options.SpillFolder
            ?? Path.Combine(Path.GetTempPath(), $"finml-duckdb-{Guid.NewGuid():N}");
        if (duckdb_create_config(out nint config) != 0)
            throw new DuckDbException("DuckDB cannot make a configuration.");
        try
        {
            Set(config, "memory_limit", $"{options.MemoryBytes}B");
            Set(config, "temp_directory", spill);
            Set(config, "autoinstall_known_extensions", "false");
            Set(config, "autoload_known_extensions", "false");
            if (options.Threads is { } threads)
                Set(config, "threads", threads.ToString(CultureInfo.InvariantCulture));
            if (duckdb_open_ext(null, out nint database, config, out nint error) != 0)
            {
                string message = Text(error);
                duckdb_free(error);
                throw new DuckDbException(message);
            }

            if (duckdb_connect(database, out nint connection) != 0)
            {
                duckdb_close(ref database);
                throw new DuckDbException("DuckDB cannot connect to its own database.");
            }

            DuckDbConnection opened = new(database, connection, options.SpillFolder is null ? spill : null);
            opened.Execute("SET TimeZone = 'UTC'");
            return opened;
        }
        finally
        {
            duckdb_destroy_config(ref config);
        }
    }

    /// <summary>Runs statements, separated by semicolons, to their end.</summary>
    /// <returns>The rows that the last one changed.</returns>
    /// <exception cref="DuckDbException">DuckDB refuses one; those before it have run.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public long Execute(string sql, CancellationToken stop = default)
    {
        using DuckDbResult result = Run(sql, streaming: false, stop);
        return result.RowsChanged;
    }

    /// <summary>
    /// Runs statements, and gives the result of the last one in chunks of columns as they are computed: a result of any
    /// size needs the memory of a chunk. Nothing else may run on the connection until it is disposed.
    /// </summary>
    /// <exception cref="DuckDbException">DuckDB refuses one.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public DuckDbResult Query(string sql, CancellationToken stop = default) => Run(sql, streaming: true, stop);

    /// <summary>Text as a literal of SQL.</summary>
    public static string Literal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>A name as an identifier of SQL.</summary>
    public static string Name(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    public void Dispose()
    {
        if (_connection != 0)
            duckdb_disconnect(ref _connection);
        if (_database != 0)
            duckdb_close(ref _database);
        if (Directory.Exists(_ownSpillFolder))
            Directory.Delete(_ownSpillFolder, recursive: true);
    }

    /// <summary>The connection for <see cref="DuckDbAppender"/>.</summary>
    internal nint Handle => _connection != 0
        ? _connection
        : throw new ObjectDisposedException(nameof(DuckDbConnection));

    private DuckDbResult Run(string sql, bool streaming, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(sql);
        stop.ThrowIfCancellationRequested();
        ulong count = duckdb_extract_statements(Handle, sql, out nint statements);
        try
        {
            if (count == 0)
            {
                string error = Text(duckdb_extract_statements_error(statements));
                throw new DuckDbException(error.Length > 0 ? error : "There is no statement in the SQL.");
            }

            for (ulong i = 0; i + 1 < count; i++)
            {
                using DuckDbResult before = RunOne(statements, i, streaming: false, stop);
            }

            return RunOne(statements, count - 1, streaming, stop);
        }
        finally
        {
            duckdb_destroy_extracted(ref statements);
        }
    }

    private DuckDbResult RunOne(nint statements, ulong index, bool streaming, CancellationToken stop)
    {
        nint connection = Handle;
        int state = duckdb_prepare_extracted_statement(connection, statements, index, out nint prepared);
        try
        {
            if (state != 0)
                throw new DuckDbException(Text(duckdb_prepare_error(prepared)));
            CancellationTokenRegistration interrupt = stop.Register(() => duckdb_interrupt(connection));
            state = streaming
                ? duckdb_execute_prepared_streaming(prepared, out Result result)
                : duckdb_execute_prepared(prepared, out result);
            if (state == 0)
                return new DuckDbResult(result, interrupt, stop);
            interrupt.Dispose();
            string message = Text(duckdb_result_error(ref result));
            duckdb_destroy_result(ref result);
            stop.ThrowIfCancellationRequested();
            throw new DuckDbException(message);
        }
        finally
        {
            duckdb_destroy_prepare(ref prepared);
        }
    }

    private static void Set(nint config, string name, string value)
    {
        if (duckdb_set_config(config, name, value) != 0)
            throw new DuckDbException($"DuckDB refuses the setting {name} = {value}.");
    }
}
