using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>
/// One cell of a notebook: a typed view of its JSON. What the view does not name (attachments, foreign metadata) stays
/// in <see cref="Json"/> and is written back as it was read.
/// </summary>
public sealed class NotebookCell
{
    internal NotebookCell(JsonObject json, CellKind kind)
    {
        Json = json;
        Kind = kind;
    }

    /// <summary>A new cell with the given source.</summary>
    /// <param name="id">1 to 64 of the characters a-z, A-Z, 0-9, '-' and '_' (nbformat 4.5).</param>
    /// <param name="kind">What the cell holds.</param>
    /// <param name="source">The cell's text.</param>
    /// <param name="tags">Values of <c>metadata.tags</c>, for example "parameters".</param>
    /// <exception cref="ArgumentException">The id is not one that nbformat 4.5 allows.</exception>
    public static NotebookCell Create(string id, CellKind kind, string source, params string[] tags)
    {
        if (!IsId(id))
        {
            throw new ArgumentException(
                $"A cell id is 1 to 64 letters, digits, '-' or '_', but was \"{id}\".", nameof(id));
        }

        var metadata = new JsonObject();
        if (tags.Length > 0)
            metadata["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]);

        var json = new JsonObject { ["cell_type"] = kind.ToString().ToLowerInvariant() };
        if (kind == CellKind.Code)
            json["execution_count"] = null;
        json["id"] = id;
        json["metadata"] = metadata;
        if (kind == CellKind.Code)
            json["outputs"] = new JsonArray();
        json["source"] = MultilineText.ToJson(source);
        return new NotebookCell(json, kind);
    }

    /// <summary>The cell's JSON object.</summary>
    public JsonObject Json { get; }

    /// <summary>What the cell holds.</summary>
    public CellKind Kind { get; }

    /// <summary>The cell's id, unique in the notebook.</summary>
    public string Id => Json["id"]!.GetValue<string>();

    /// <summary>The cell's text, lines separated by '\n'.</summary>
    public string Source
    {
        get => MultilineText.FromJson(Json["source"]);
        set => Json["source"] = MultilineText.ToJson(value);
    }

    /// <summary>The cell's metadata; made where the file has none.</summary>
    public JsonObject Metadata
    {
        get
        {
            if (Json["metadata"] is not JsonObject metadata)
                Json["metadata"] = metadata = [];
            return metadata;
        }
    }

    /// <summary>The values of <c>metadata.tags</c>.</summary>
    public IReadOnlyList<string> Tags =>
        Json["metadata"]?["tags"] is JsonArray tags
            ? [.. tags.OfType<JsonValue>().Select(tag => tag.ToString())]
            : [];

    /// <summary>The outputs of a code cell, as nbformat stores them; empty for other cells.</summary>
    public IReadOnlyList<JsonObject> Outputs =>
        Kind == CellKind.Code && Json["outputs"] is JsonArray outputs ? [.. outputs.OfType<JsonObject>()] : [];

    /// <summary>The number of a code cell's execution, or null where it was not run.</summary>
    public int? ExecutionCount => Json["execution_count"] is JsonValue count && count.TryGetValue(out int n) ? n : null;

    /// <summary>Whether nbformat 4.5 allows a text as a cell's id.</summary>
    internal static bool IsId(string id) =>
        id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Replaces the outputs and the execution count of a code cell.</summary>
    /// <exception cref="InvalidOperationException">The cell is not a code cell.</exception>
    public void SetOutputs(int? executionCount, IEnumerable<CellOutput> outputs)
    {
        if (Kind != CellKind.Code)
            throw new InvalidOperationException($"Cell \"{Id}\" is a {Kind} cell and has no outputs.");
        Json["execution_count"] = executionCount;
        Json["outputs"] = new JsonArray([.. outputs.Select(output => (JsonNode)output.ToJson())]);
    }
}
