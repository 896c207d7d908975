using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FinML.Shared;

namespace FinML.Data;

/// <summary>catalog.json: a format number and the entries. Reading refuses what it does not know; writing is
/// atomic.</summary>
internal sealed record CatalogFile(int Format, IReadOnlyList<DataSet> DataSets)
{
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static CatalogFile Read(string path)
    {
        CatalogFile? file;
        try
        {
            file = JsonSerializer.Deserialize<CatalogFile>(System.IO.File.ReadAllText(path), s_json);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The catalogue {path} cannot be read: {e.Message}", e);
        }

        if (file?.DataSets is null || file.Format != CurrentFormat)
        {
            throw new DataException($"The catalogue {path} has format {file?.Format}; this version reads "
                + $"{CurrentFormat}.");
        }

        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (DataSet set in file.DataSets)
        {
            if (!names.Add(set.Name))
            {
                throw new DataException($"The catalogue {path} has the name '{set.Name}' twice.");
            }
        }

        return file;
    }

    public void Write(string path) => AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, s_json));
}
