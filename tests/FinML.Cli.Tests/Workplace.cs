using System.Text.Json;
using System.Text.Json.Nodes;

namespace FinML.Cli.Tests;

/// <summary>A folder of its own with notebooks in it, deleted with the object.</summary>
internal sealed class Workplace : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("finml-cli-").FullName;

    public string Output(string name) => System.IO.Path.Combine(Path, "artifacts", name);

    /// <summary>Writes a notebook of code cells; one that begins with "// parameters" gets the tag.</summary>
    public void Notebook(string name, params string[] code)
    {
        var cells = code.Select((source, i) => (JsonNode)new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = $"cell-{i}",
            ["metadata"] = source.StartsWith("// parameters", StringComparison.Ordinal)
                ? new JsonObject { ["tags"] = new JsonArray("parameters") }
                : new JsonObject(),
            ["outputs"] = new JsonArray(),
            ["source"] = source,
        });
        var notebook = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells]),
            ["metadata"] = new JsonObject(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        File.WriteAllText(System.IO.Path.Combine(Path, name), notebook.ToJsonString(JsonSerializerOptions.Default));
    }

    public string[] Files() =>
    [
        .. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Path, file)).Order(StringComparer.Ordinal),
    ];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
