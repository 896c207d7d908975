using System.Collections.Concurrent;
using FinML.Data;

namespace FinML.Cli.Terminal;

/// <summary>Which data sets of the catalogue this process has read, for the record of a run.</summary>
internal static class DataUse
{
    private static readonly ConcurrentDictionary<string, string> Read = new(StringComparer.Ordinal);
    private static int watching;

    /// <summary>Forgets what was read, and gives what tells the names and SHA-256 of what is read from now
    /// on.</summary>
    public static Func<IReadOnlyDictionary<string, string>> Watch()
    {
        Read.Clear();
        if (Interlocked.Exchange(ref watching, 1) == 0)
            DataCatalog.Loaded += set => Read[set.Name] = set.Sha256;
        return () => new Dictionary<string, string>(Read, StringComparer.Ordinal);
    }
}
