namespace FinML.Data.Store;

/// <summary>How a store works.</summary>
public sealed record StoreOptions
{
    /// <summary>The memory, threads and spill folder of DuckDB for each operation.</summary>
    public DuckDbOptions Engine { get; init; } = new();

    /// <summary>The compression of new files: snappy, zstd, lz4_raw or uncompressed. Default: snappy, which every
    /// reader of Parquet has.</summary>
    public string Compression { get; init; } = "snappy";

    /// <summary>Rows of a row group, from 2,048 to 10,000,000: what a reader opens at a time. Default: 500,000, from
    /// which on a larger one is read no faster.</summary>
    public int RowGroup { get; init; } = 500_000;

    /// <summary>Rows of a chunk of <see cref="PanelStore.Scan"/>, from 1 to 10,000,000.</summary>
    public int ChunkRows { get; init; } = 65_536;

    /// <summary>How long to wait for another writer. Default: 30 s.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public void Validate()
    {
        Engine.Validate();
        if (Compression is not ("snappy" or "zstd" or "lz4_raw" or "uncompressed"))
        {
            throw new ArgumentException($"Compression has to be snappy, zstd, lz4_raw or uncompressed; it is "
                + $"'{Compression}'.");
        }

        if (RowGroup is < 2_048 or > 10_000_000)
            throw new ArgumentException($"RowGroup has to be from 2048 to 10000000; it is {RowGroup}.");
        if (ChunkRows is < 1 or > 10_000_000)
            throw new ArgumentException($"ChunkRows has to be from 1 to 10000000; it is {ChunkRows}.");
        if (LockTimeout < TimeSpan.Zero)
            throw new ArgumentException($"LockTimeout has to be 0 or more; it is {LockTimeout}.");
    }
}
