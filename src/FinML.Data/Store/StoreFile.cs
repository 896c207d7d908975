namespace FinML.Data.Store;

/// <summary>A committed Parquet file of a store: rows of one symbol and one year, by time, then by
/// availability.</summary>
public sealed record StoreFile
{
    /// <summary>Where it lies, relative to the store's data folder, with forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>The symbol of its rows.</summary>
    public required string Symbol { get; init; }

    /// <summary>The year of its rows' times, UTC.</summary>
    public required int Year { get; init; }

    /// <summary>How many rows.</summary>
    public required long Rows { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The time of its first row, UTC.</summary>
    public required DateTime First { get; init; }

    /// <summary>The time of its last row, UTC.</summary>
    public required DateTime Last { get; init; }

    /// <summary>Whether a time may have several rows, which became available one after the other.</summary>
    public bool Versions { get; init; }
}
