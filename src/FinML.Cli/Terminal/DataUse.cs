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

    /// <summary>The SHA-256 of a data set as it lies now; null where it is not here, or not what the catalogue says.
    /// </summary>
    public static string? Now(string name)
    {
        try
        {
            var catalog = DataCatalog.Open();
            var set = catalog.Find(name);
            return catalog.IsHere(set) && catalog.Verify(set).Problems.Count == 0 ? set.Sha256 : null;
        }
        catch (DataException)
        {
            return null;
        }
    }
}
