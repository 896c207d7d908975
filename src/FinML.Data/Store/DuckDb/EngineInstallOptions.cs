namespace FinML.Data.Store;

/// <summary>Where <see cref="EngineInstaller"/> takes DuckDB from and puts it.</summary>
public sealed record EngineInstallOptions
{
    /// <summary>The package. Null: that of this machine.</summary>
    public EnginePackage? Package { get; init; }

    /// <summary>The npm registry. Null: the one of the user's npm configuration.</summary>
    public Uri? Registry { get; init; }

    /// <summary>The package's archive (.tgz) on this machine, instead of a registry.</summary>
    public string? From { get; init; }

    /// <summary>The folder to install into. Null: <see cref="EngineLocation.CacheFolder"/>.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>What downloads. Null: a client of its own for the call.</summary>
    public HttpClient? Client { get; init; }

    /// <summary>Told the bytes so far, and the bytes of all (null where the server does not say).</summary>
    public IProgress<(long Bytes, long? Total)>? Progress { get; init; }
}
