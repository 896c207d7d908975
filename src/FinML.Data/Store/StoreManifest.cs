using System.Text.Json;
using System.Text.Json.Serialization;
using FinML.Shared;

namespace FinML.Data.Store;

/// <summary>
/// manifest.json: what a store consists of. A file that it does not list is none of the store's, so that the swap of
/// this one file commits an append.
/// </summary>
/// <param name="Format">Of the manifest and of the files' columns: this version reads 1.</param>
/// <param name="Generation">How often it was swapped.</param>
/// <param name="Fields">The number columns, in their order.</param>
/// <param name="Files">The files, by symbol (ordinal), then by first time.</param>
public sealed record StoreManifest(int Format, long Generation, IReadOnlyList<string> Fields,
    IReadOnlyList<StoreFile> Files)
{
    internal const string FileName = "manifest.json";
    internal const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The symbols, in ordinal order.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Symbols => [.. Files.Select(f => f.Symbol).Distinct()];

    internal static StoreManifest Read(string path)
    {
        StoreManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<StoreManifest>(File.ReadAllBytes(path), s_json);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The manifest {path} cannot be read: {e.Message}", e);
        }

        if (manifest is not { Format: CurrentFormat, Fields.Count: > 0, Files: not null })
        {
            throw new DataException($"The manifest {path} has format {manifest?.Format} and {manifest?.Fields?.Count} "
                + $"fields; this version reads format {CurrentFormat} with at least one field.");
        }

        return manifest;
    }

    internal void Write(string path) => AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, s_json));

    /// <summary>The manifest after a change: without some files, with others, in order.</summary>
    internal StoreManifest With(IEnumerable<StoreFile> added, IReadOnlySet<StoreFile>? removed = null) => this with
    {
        Generation = Generation + 1,
        Files = [.. Files.Where(f => removed?.Contains(f) != true).Concat(added)
            .OrderBy(f => f.Symbol, StringComparer.Ordinal).ThenBy(f => f.First)
            .ThenBy(f => f.Path, StringComparer.Ordinal)],
    };
}
