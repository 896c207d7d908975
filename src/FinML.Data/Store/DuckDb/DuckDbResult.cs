using static FinML.Data.Store.NativeMethods;

namespace FinML.Data.Store;

/// <summary>The result of a statement: its columns, and the rows in chunks.</summary>
public sealed class DuckDbResult : IDisposable
{
    private readonly CancellationTokenRegistration _interrupt;
    private readonly CancellationToken _stop;
    private Result _result;
    private DuckDbChunk? _chunk;
    private bool _disposed;

    internal DuckDbResult(Result result, CancellationTokenRegistration interrupt, CancellationToken stop)
    {
        _result = result;
        _interrupt = interrupt;
        _stop = stop;
        Columns = [.. Enumerable.Range(0, (int)duckdb_column_count(ref _result)).Select(ReadColumn)];
        RowsChanged = (long)duckdb_rows_changed(ref _result);
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<DuckDbColumn> Columns { get; }

    /// <summary>The rows that an INSERT, UPDATE, DELETE or COPY changed; 0 for others.</summary>
    public long RowsChanged { get; }

    /// <summary>The next rows, or null after the last. The chunk before is gone then.</summary>
    /// <exception cref="DuckDbException">The statement failed on the way.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public DuckDbChunk? Next()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _chunk?.Free();
        _chunk = null;
        _stop.ThrowIfCancellationRequested();
        nint chunk = duckdb_fetch_chunk(_result);
        if (chunk != 0)
            return _chunk = new DuckDbChunk(chunk, Columns);
        string error = Text(duckdb_result_error(ref _result));
        if (error.Length > 0)
        {
            _stop.ThrowIfCancellationRequested();
            throw new DuckDbException(error);
        }

        return null;
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _interrupt.Dispose();
        _chunk?.Free();
        duckdb_destroy_result(ref _result);
    }

    private DuckDbColumn ReadColumn(int column)
    {
        string name = Text(duckdb_column_name(ref _result, (ulong)column));
        nint type = duckdb_column_logical_type(ref _result, (ulong)column);
        try
        {
            var id = (DuckDbType)duckdb_get_type_id(type);
            return id switch
            {
                DuckDbType.Decimal => new DuckDbColumn(name, id)
                { Scale = duckdb_decimal_scale(type), Stored = (DuckDbType)duckdb_decimal_internal_type(type) },
                DuckDbType.Enum => new DuckDbColumn(name, id)
                { Names = EnumNames(type), Stored = (DuckDbType)duckdb_enum_internal_type(type) },
                _ => new DuckDbColumn(name, id),
            };
        }
        finally
        {
            duckdb_destroy_logical_type(ref type);
        }
    }

    private static string[] EnumNames(nint type)
    {
        string[] names = new string[duckdb_enum_dictionary_size(type)];
        for (int i = 0; i < names.Length; i++)
        {
            nint text = duckdb_enum_dictionary_value(type, (ulong)i);
            names[i] = Text(text);
            duckdb_free(text);
        }

        return names;
    }
}
