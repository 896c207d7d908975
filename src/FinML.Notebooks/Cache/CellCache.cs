using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FinML.Shared;

namespace FinML.Notebooks;

/// <summary>
/// Results of cells tagged <c>cache</c>, a file each: the SHA-256 of the content on the first line, then JSON. An entry
/// is found by all that its cell depends on, so that a change makes it miss; it is never changed, only replaced whole.
/// </summary>
/// <param name="folder">Where the entries lie; made when the first is stored.</param>
public sealed class CellCache(string folder)
{
    /// <summary>The tag of a cell that asks for the cache.</summary>
    public const string Tag = "cache";

    /// <summary>Before a path or a pattern in a tag: files that the cell reads and does not name in its code.</summary>
    public const string InputTag = "cache-input:";

    private const string Extension = ".cell";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { MaxDepth = 256 };

    /// <summary>Where the entries lie.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>Whether entries are not used, only replaced.</summary>
    public bool Fresh { get; init; }

    /// <summary>Hears, in a sentence, why an entry is not used or a result is not stored.</summary>
    public Action<string>? Note { get; init; }

    /// <summary>The entries that can be read, the newest first, each with its size in bytes.</summary>
    public IReadOnlyList<(CellCacheEntry Entry, long Bytes)> List() =>
    [
        .. Files().Select(file => (Entry: Read(file, out _)!, Bytes: new FileInfo(file).Length))
            .Where(found => found.Entry is not null).OrderByDescending(found => found.Entry.Made),
    ];

    /// <summary>Removes all entries, or those of one notebook's file name; those that cannot be read go with all.
    /// </summary>
    /// <returns>How many, and their bytes.</returns>
    public (int Entries, long Bytes) Clear(string? notebook = null)
    {
        var (count, bytes) = (0, 0L);
        foreach (var file in Files())
        {
            if (notebook is not null && Read(file, out _)?.Notebook != notebook)
                continue;
            bytes += new FileInfo(file).Length;
            File.Delete(file);
            count++;
        }

        return (count, bytes);
    }

    /// <summary>The entry of a key; null where there is none that can be used.</summary>
    internal CellCacheEntry? Find(string key)
    {
        var file = PathOf(key);
        if (Fresh || !File.Exists(file))
            return null;
        var entry = Read(file, out var problem);
        if (entry is not null && entry.Key == key)
            return entry;
        Note?.Invoke($"the cached result {Path.GetFileName(file)} is spoilt ({problem ?? "it is another's"}): "
            + "the cell runs.");
        return null;
    }

    /// <summary>Stores an entry whole or not at all.</summary>
    internal void Store(CellCacheEntry entry)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(entry, Format);
        AtomicFile.Write(PathOf(entry.Key), [.. Encoding.ASCII.GetBytes(Hash(json) + "\n"), .. json]);
    }

    private static CellCacheEntry? Read(string file, out string? problem)
    {
        problem = null;
        try
        {
            var bytes = File.ReadAllBytes(file).AsSpan();
            var end = bytes.IndexOf((byte)'\n');
            if (end != 64 || !bytes[..end].SequenceEqual(Encoding.ASCII.GetBytes(Hash(bytes[(end + 1)..]))))
                problem = "its hash is not its content's";
            else
                return JsonSerializer.Deserialize<CellCacheEntry>(bytes[(end + 1)..], Format);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            problem = error is JsonException ? "it is of another version" : error.Message.TrimEnd('.');
        }

        return null;
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private string PathOf(string key) => Path.Combine(Folder, key[..32] + Extension);

    private string[] Files() => Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*" + Extension) : [];
}
