namespace FinML.Data.Store;

/// <summary>How much of the machine a connection may use.</summary>
public sealed record DuckDbOptions
{
    /// <summary>The memory of DuckDB's buffers in bytes, from 32 MiB; what does not fit is spilled. Default: 512 MiB.
    /// </summary>
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>Threads, from 1 to 1024. Null: as many as the machine has cores.</summary>
    public int? Threads { get; init; }

    /// <summary>The folder to spill to; made when it is needed. Null: one of its own in the temporary folder.</summary>
    public string? SpillFolder { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public void Validate()
    {
        if (MemoryBytes < 32L << 20)
        {
            throw new ArgumentOutOfRangeException(nameof(MemoryBytes), MemoryBytes,
                $"MemoryBytes has to be at least {32 << 20}; it is {MemoryBytes}.");
        }

        if (Threads is < 1 or > 1024)
        {
            throw new ArgumentOutOfRangeException(nameof(Threads), Threads,
                $"Threads has to be from 1 to 1024; it is {Threads}.");
        }
    }
}
