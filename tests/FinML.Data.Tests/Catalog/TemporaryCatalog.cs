using System.Text.Json.Nodes;

namespace FinML.Data.Tests.Catalog;

/// <summary>A copy of the repository's data in a folder of its own, which a test may spoil.</summary>
internal sealed class TemporaryCatalog : IDisposable
{
    public TemporaryCatalog()
    {
        Root = Directory.CreateTempSubdirectory("finml-data-").FullName;
        DataCatalog original = DataCatalog.Open();
        File.Copy(Path.Combine(original.Root, "catalog.json"), Path.Combine(Root, "catalog.json"));
        foreach (DataSet set in original.DataSets.Where(s => File.Exists(Path.Combine(original.Root, s.File))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, set.File))!);
            File.Copy(Path.Combine(original.Root, set.File), Path.Combine(Root, set.File));
        }
    }

    public string Root { get; }

    public void Edit(Action<JsonArray> edit)
    {
        string path = Path.Combine(Root, "catalog.json");
        JsonNode json = JsonNode.Parse(File.ReadAllText(path))!;
        edit(json["dataSets"]!.AsArray());
        File.WriteAllText(path, json.ToJsonString());
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
