using static FinML.Data.Store.NativeMethods;

namespace FinML.Data.Store;

/// <summary>Fills a table whose first columns are times and whose others are DOUBLE, by chunks of columns.</summary>
internal sealed class DuckDbAppender : IDisposable
{
    private readonly int _times, _numbers, _size;
    private nint _appender;
    private nint _chunk;

    /// <param name="connection">Where the table is.</param>
    /// <param name="table">Its name.</param>
    /// <param name="times">How many TIMESTAMPTZ columns it begins with.</param>
    /// <param name="numbers">How many DOUBLE columns follow.</param>
    public DuckDbAppender(DuckDbConnection connection, string table, int times, int numbers)
    {
        (_times, _numbers) = (times, numbers);
        _size = (int)duckdb_vector_size();
        if (duckdb_appender_create(connection.Handle, null, table, out _appender) != 0)
            throw Fail();
        nint time = duckdb_create_logical_type((int)DuckDbType.TimestampWithZone);
        nint number = duckdb_create_logical_type((int)DuckDbType.Double);
        nint[] types = [.. Enumerable.Repeat(time, times), .. Enumerable.Repeat(number, numbers)];
        _chunk = duckdb_create_data_chunk(ref types[0], (ulong)types.Length);
        duckdb_destroy_logical_type(ref time);
        duckdb_destroy_logical_type(ref number);
    }

    /// <summary>The values of a column, by its index.</summary>
    public delegate ReadOnlySpan<T> ColumnOf<T>(int column);

    /// <summary>Appends rows.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="times">Gives each column of times in microseconds since 1970.</param>
    /// <param name="numbers">Gives each column of numbers; NaN becomes NULL.</param>
    public void Append(int rows, ColumnOf<long> times, ColumnOf<double> numbers)
    {
        for (int start = 0; start < rows; start += _size)
        {
            int length = Math.Min(_size, rows - start);
            duckdb_data_chunk_reset(_chunk);
            for (int c = 0; c < _times; c++)
            {
                nint vector = duckdb_data_chunk_get_vector(_chunk, (ulong)c);
                times(c).Slice(start, length).CopyTo(Values<long>(duckdb_vector_get_data(vector), length));
            }

            for (int c = 0; c < _numbers; c++)
            {
                nint vector = duckdb_data_chunk_get_vector(_chunk, (ulong)(_times + c));
                ReadOnlySpan<double> from = numbers(c).Slice(start, length);
                from.CopyTo(Values<double>(duckdb_vector_get_data(vector), length));
                MarkNulls(vector, from);
            }

            duckdb_data_chunk_set_size(_chunk, (ulong)length);
            if (duckdb_append_data_chunk(_appender, _chunk) != 0)
                throw Fail();
        }
    }

    /// <summary>Puts the last rows into the table.</summary>
    public void Close()
    {
        if (duckdb_appender_close(_appender) != 0)
            throw Fail();
    }

    public void Dispose()
    {
        if (_chunk != 0)
            duckdb_destroy_data_chunk(ref _chunk);
        if (_appender != 0)
            _ = duckdb_appender_destroy(ref _appender); // what it could not write is told by Close
    }

    private static void MarkNulls(nint vector, ReadOnlySpan<double> values)
    {
        Span<ulong> words = default;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
                continue;
            if (words.IsEmpty)
            {
                duckdb_vector_ensure_validity_writable(vector);
                words = Values<ulong>(duckdb_vector_get_validity(vector), (values.Length + 63) / 64);
                words.Fill(ulong.MaxValue);
            }

            words[i / 64] &= ~(1UL << (i % 64));
        }
    }

    private DuckDbException Fail() => new(Text(duckdb_appender_error(_appender)));
}
