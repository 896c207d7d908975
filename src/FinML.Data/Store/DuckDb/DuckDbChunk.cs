using System.Text;
using static FinML.Data.Store.NativeMethods;

namespace FinML.Data.Store;

/// <summary>
/// Some rows of a result (2,048 at most), by column, in DuckDB's memory: copy what you need before the next chunk.
/// </summary>
public sealed class DuckDbChunk
{
    private nint _chunk;
    private readonly IReadOnlyList<DuckDbColumn> _columns;

    internal DuckDbChunk(nint chunk, IReadOnlyList<DuckDbColumn> columns)
    {
        _chunk = chunk;
        _columns = columns;
        Rows = (int)duckdb_data_chunk_get_size(chunk);
    }

    /// <summary>How many rows.</summary>
    public int Rows { get; }

    /// <summary>Whether a value is NULL.</summary>
    public bool IsNull(int column, int row)
    {
        if ((uint)row >= (uint)Rows)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"The row must be in [0, {Rows}).");
        nint mask = Validity(column);
        return mask != 0 && (At<ulong>(mask + row / 64 * sizeof(ulong)) >> (row % 64) & 1) == 0;
    }

    /// <summary>Copies a column of numbers of any type: NULL becomes NaN, TRUE 1.</summary>
    /// <exception cref="DuckDbException">The column's type has no number.</exception>
    public void CopyNumbers(int column, Span<double> into)
    {
        nint data = Data(column, into.Length);
        DuckDbColumn c = _columns[column];
        switch (c.Stored)
        {
            case DuckDbType.Double: Values<double>(data, Rows).CopyTo(into); break;
            case DuckDbType.Float: Convert(Values<float>(data, Rows), into, static x => x); break;
            case DuckDbType.Boolean or DuckDbType.UnsignedTinyInt:
                Convert(Values<byte>(data, Rows), into, static x => x); break;
            case DuckDbType.TinyInt: Convert(Values<sbyte>(data, Rows), into, static x => x); break;
            case DuckDbType.SmallInt: Convert(Values<short>(data, Rows), into, static x => x); break;
            case DuckDbType.UnsignedSmallInt: Convert(Values<ushort>(data, Rows), into, static x => x); break;
            case DuckDbType.Integer: Convert(Values<int>(data, Rows), into, static x => x); break;
            case DuckDbType.UnsignedInteger: Convert(Values<uint>(data, Rows), into, static x => x); break;
            case DuckDbType.BigInt: Convert(Values<long>(data, Rows), into, static x => x); break;
            case DuckDbType.UnsignedBigInt: Convert(Values<ulong>(data, Rows), into, static x => x); break;
            case DuckDbType.HugeInt: Convert(Values<Int128>(data, Rows), into, static x => (double)x); break;
            case DuckDbType.UnsignedHugeInt: Convert(Values<UInt128>(data, Rows), into, static x => (double)x); break;
            case DuckDbType.Null: into[..Rows].Fill(double.NaN); break;
            default: throw NotA("number", c);
        }

        if (c.Type == DuckDbType.Decimal && c.Scale > 0)
        {
            double unit = Math.Pow(10, c.Scale);
            foreach (ref double x in into[..Rows])
                x /= unit; // one rounding of the exact quotient, as long as the integer has at most 15 digits
        }

        FillNulls(column, into, double.NaN);
    }

    /// <summary>Copies a column of times as microseconds since 1970, or a column of integers; NULL becomes
    /// <paramref name="missing"/>.</summary>
    /// <exception cref="DuckDbException">The column holds neither.</exception>
    public void CopyIntegers(int column, Span<long> into, long missing = long.MinValue)
    {
        nint data = Data(column, into.Length);
        DuckDbColumn c = _columns[column];
        switch (c.Type)
        {
            case DuckDbType.Timestamp or DuckDbType.TimestampWithZone or DuckDbType.BigInt or DuckDbType.Time:
                Values<long>(data, Rows).CopyTo(into); break;
            case DuckDbType.TimestampSeconds:
                Convert(Values<long>(data, Rows), into, static x => checked(x * 1_000_000)); break;
            case DuckDbType.TimestampMilliseconds:
                Convert(Values<long>(data, Rows), into, static x => checked(x * 1_000)); break;
            case DuckDbType.TimestampNanoseconds:
                Convert(Values<long>(data, Rows), into, static x => x / 1_000); break;
            case DuckDbType.Date: Convert(Values<int>(data, Rows), into, static x => x * 86_400_000_000L); break;
            case DuckDbType.Integer: Convert(Values<int>(data, Rows), into, static x => x); break;
            case DuckDbType.SmallInt: Convert(Values<short>(data, Rows), into, static x => x); break;
            case DuckDbType.TinyInt: Convert(Values<sbyte>(data, Rows), into, static x => x); break;
            case DuckDbType.UnsignedInteger: Convert(Values<uint>(data, Rows), into, static x => x); break;
            default: throw NotA("time or an integer of 64 bits", c);
        }

        FillNulls(column, into, missing);
    }

    /// <summary>A text; null where it is NULL.</summary>
    /// <exception cref="DuckDbException">The column is not of text.</exception>
    public string? GetText(int column, int row)
    {
        if (IsNull(column, row))
            return null;
        DuckDbColumn c = _columns[column];
        nint data = Data(column, Rows);
        if (c.Type == DuckDbType.Enum)
        {
            return c.Names[c.Stored switch
            {
                DuckDbType.UnsignedTinyInt => Values<byte>(data, Rows)[row],
                DuckDbType.UnsignedSmallInt => Values<ushort>(data, Rows)[row],
                _ => (int)Values<uint>(data, Rows)[row],
            }];
        }

        return c.Type == DuckDbType.Text ? Encoding.UTF8.GetString(Bytes(data, row)) : throw NotA("text", c);
    }

    /// <summary>The bytes of a text or a blob: duckdb_string_t, at most 12 of them in place, more
    /// elsewhere.</summary>
    internal ReadOnlySpan<byte> GetBytes(int column, int row) => Bytes(Data(column, Rows), row);

    /// <summary>A value of a fixed width as it lies there.</summary>
    internal T GetValue<T>(int column, int row)
        where T : unmanaged => Values<T>(Data(column, Rows), Rows)[row];

    internal void Free()
    {
        if (_chunk != 0)
            duckdb_destroy_data_chunk(ref _chunk);
    }

    private static ReadOnlySpan<byte> Bytes(nint data, int row)
    {
        const int size = 16, inPlace = 12;
        nint at = data + row * size;
        int length = At<int>(at);
        return Values<byte>(length <= inPlace ? at + sizeof(int) : At<nint>(at + 2 * sizeof(int)), length);
    }

    private nint Vector(int column)
    {
        if ((uint)column >= (uint)_columns.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(column), column,
                $"The column must be in [0, {_columns.Count}).");
        }

        return _chunk != 0
            ? duckdb_data_chunk_get_vector(_chunk, (ulong)column)
            : throw new ObjectDisposedException(nameof(DuckDbChunk), "A chunk is gone when the next one is asked for.");
    }

    private nint Data(int column, int room) => room >= Rows
        ? duckdb_vector_get_data(Vector(column))
        : throw new ArgumentException($"The chunk has {Rows} rows; there is room for {room}.");

    private nint Validity(int column) => duckdb_vector_get_validity(Vector(column));

    private void FillNulls<T>(int column, Span<T> into, T missing)
    {
        nint mask = Validity(column);
        if (mask == 0)
            return;
        ReadOnlySpan<ulong> words = Values<ulong>(mask, (Rows + 63) / 64);
        for (int w = 0; w < words.Length; w++)
        {
            if (words[w] == ulong.MaxValue)
                continue;
            int end = Math.Min(Rows, (w + 1) * 64);
            for (int row = w * 64; row < end; row++)
            {
                if ((words[w] >> (row % 64) & 1) == 0)
                    into[row] = missing;
            }
        }
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to, Func<TFrom, TTo> convert)
    {
        for (int i = 0; i < from.Length; i++)
            to[i] = convert(from[i]);
    }

    private static DuckDbException NotA(string wanted, DuckDbColumn column) =>
        new($"The column {DuckDbConnection.Name(column.Name)} is a {column.Type} and not a {wanted}; cast it in the "
            + "SQL.");
}
