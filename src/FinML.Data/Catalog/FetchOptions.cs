namespace FinML.Data;

/// <summary>Where <see cref="DataFetch"/> looks and whom it tells.</summary>
public sealed record FetchOptions
{
    /// <summary>The folder to copy from; nothing else is tried then. Null: the folder that FINML_DATA_MIRROR names,
    /// where it has the file, else the address of the entry.</summary>
    public string? From { get; init; }

    /// <summary>What downloads. Null: a client of its own for the call.</summary>
    public HttpClient? Client { get; init; }

    /// <summary>Told the bytes so far, and the bytes of all (null where the server does not say).</summary>
    public IProgress<(long Bytes, long? Total)>? Progress { get; init; }
}
