namespace FinML.Data.Store;

/// <summary>The types of DuckDB's columns, with the numbers of duckdb.h.</summary>
public enum DuckDbType
{
    Invalid = 0,
    Boolean = 1,
    TinyInt = 2,
    SmallInt = 3,
    Integer = 4,
    BigInt = 5,
    UnsignedTinyInt = 6,
    UnsignedSmallInt = 7,
    UnsignedInteger = 8,
    UnsignedBigInt = 9,
    Float = 10,
    Double = 11,

    /// <summary>Microseconds since 1970.</summary>
    Timestamp = 12,

    /// <summary>Days since 1970.</summary>
    Date = 13,

    /// <summary>Microseconds since midnight.</summary>
    Time = 14,
    Interval = 15,
    HugeInt = 16,
    Text = 17,
    Blob = 18,
    Decimal = 19,
    TimestampSeconds = 20,
    TimestampMilliseconds = 21,
    TimestampNanoseconds = 22,
    Enum = 23,
    List = 24,
    Struct = 25,
    Map = 26,
    Uuid = 27,
    Union = 28,
    Bit = 29,
    TimeWithZone = 30,

    /// <summary>Microseconds since 1970, UTC.</summary>
    TimestampWithZone = 31,
    UnsignedHugeInt = 32,
    Array = 33,

    /// <summary>The type of a NULL without another.</summary>
    Null = 36,
}
