using System.Buffers.Binary;
using System.Globalization;

namespace FinML.Data.Store;

/// <summary>The values of a chunk as text: numbers in invariant notation that reads back to the same value, times in
/// ISO 8601.</summary>
public static class DuckDbText
{
    /// <summary>Whether the values of a column are numbers, for those who align or quote.</summary>
    public static bool IsNumber(DuckDbType type) => type
        is (>= DuckDbType.TinyInt and <= DuckDbType.Double) or DuckDbType.HugeInt or DuckDbType.UnsignedHugeInt
        or DuckDbType.Decimal;

    /// <summary>One value; null where it is NULL.</summary>
    /// <exception cref="DuckDbException">The column is of a type that has no text here: nested ones.</exception>
    public static string? Of(DuckDbChunk chunk, DuckDbColumn column, int index, int row)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentNullException.ThrowIfNull(column);
        if (column.Type == DuckDbType.Null || chunk.IsNull(index, row))
            return null;
        CultureInfo plain = CultureInfo.InvariantCulture;
        return column.Type switch
        {
            DuckDbType.Boolean => chunk.GetValue<byte>(index, row) != 0 ? "true" : "false",
            DuckDbType.Double => chunk.GetValue<double>(index, row).ToString("R", plain),
            DuckDbType.Float => chunk.GetValue<float>(index, row).ToString("R", plain),
            DuckDbType.UnsignedBigInt => chunk.GetValue<ulong>(index, row).ToString(plain),
            DuckDbType.UnsignedHugeInt => chunk.GetValue<UInt128>(index, row).ToString(plain),
            DuckDbType.Decimal => Decimal(Integer(chunk, column.Stored, index, row), column.Scale),
            DuckDbType.Text or DuckDbType.Enum => chunk.GetText(index, row),
            DuckDbType.Blob => Convert.ToHexStringLower(chunk.GetBytes(index, row)),
            DuckDbType.Date => DateOnly.FromDayNumber(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber
                + chunk.GetValue<int>(index, row)).ToString("yyyy-MM-dd", plain),
            DuckDbType.Time => TimeOnly.FromTimeSpan(TimeSpan.FromMicroseconds(chunk.GetValue<long>(index, row)))
                .ToString("HH:mm:ss.FFFFFF", plain),
            DuckDbType.Timestamp => Time(chunk.GetValue<long>(index, row), ""),
            DuckDbType.TimestampWithZone => Time(chunk.GetValue<long>(index, row), "Z"),
            DuckDbType.TimestampMilliseconds => Time(chunk.GetValue<long>(index, row) * 1_000, ""),
            DuckDbType.TimestampSeconds => Time(chunk.GetValue<long>(index, row) * 1_000_000, ""),
            DuckDbType.TimestampNanoseconds => Time(chunk.GetValue<long>(index, row) / 1_000, ""),
            DuckDbType.Interval => Interval(chunk.GetValue<Int128>(index, row)),
            DuckDbType.Uuid => Uuid(chunk.GetValue<UInt128>(index, row)),
            DuckDbType.List or DuckDbType.Struct or DuckDbType.Map or DuckDbType.Union or DuckDbType.Array
                or DuckDbType.Bit or DuckDbType.TimeWithZone or DuckDbType.Invalid => throw NoText(column),
            _ => Integer(chunk, column.Stored, index, row).ToString(plain),
        };
    }

    private static Int128 Integer(DuckDbChunk chunk, DuckDbType stored, int index, int row) => stored switch
    {
        DuckDbType.TinyInt => chunk.GetValue<sbyte>(index, row),
        DuckDbType.UnsignedTinyInt => chunk.GetValue<byte>(index, row),
        DuckDbType.SmallInt => chunk.GetValue<short>(index, row),
        DuckDbType.UnsignedSmallInt => chunk.GetValue<ushort>(index, row),
        DuckDbType.Integer => chunk.GetValue<int>(index, row),
        DuckDbType.UnsignedInteger => chunk.GetValue<uint>(index, row),
        DuckDbType.BigInt => chunk.GetValue<long>(index, row),
        DuckDbType.HugeInt => chunk.GetValue<Int128>(index, row),
        _ => throw new DuckDbException($"DuckDB gave a value of the type {(int)stored}, which is not read here; cast "
            + "it in the SQL."),
    };

    private static string Decimal(Int128 value, int scale)
    {
        string digits = Int128.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        string sign = value < 0 ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }

    private static string Time(long microseconds, string zone)
    {
        if (microseconds is long.MaxValue or -long.MaxValue)
            return microseconds > 0 ? "infinity" : "-infinity";
        DateTime time = StoreTime.FromMicroseconds(microseconds);
        return time.ToString(time.TimeOfDay == TimeSpan.Zero && zone.Length == 0
            ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFF", CultureInfo.InvariantCulture) + zone;
    }

    /// <summary>duckdb_interval: months and days of 32 bits, then microseconds of 64.</summary>
    private static string Interval(Int128 value)
    {
        long low = (long)(ulong)value, microseconds = (long)(value >> 64);
        int months = (int)low, days = (int)(low >> 32);
        return string.Create(CultureInfo.InvariantCulture, $"P{months}M{days}DT{microseconds / 1e6:0.######}S");
    }

    /// <summary>duckdb keeps an identifier as a signed integer that sorts: its highest bit is flipped.</summary>
    private static string Uuid(UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value ^ (UInt128.One << 127));
        return new Guid(bytes, bigEndian: true).ToString();
    }

    private static DuckDbException NoText(DuckDbColumn column) =>
        new($"The column {DuckDbConnection.Name(column.Name)} is a {column.Type}; cast it in the SQL: "
            + $"{DuckDbConnection.Name(column.Name)}::VARCHAR.");
}
