using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>
/// What nbformat 4 asks of the parts that we read: their types, so that nothing behind the reader meets a list where it
/// expects an object. What it does not name may be anything.
/// </summary>
internal static class NotebookShape
{
    /// <summary>What is wrong with a notebook's own parts, behind its name; null where nothing is.</summary>
    public static string? OfNotebook(JsonObject notebook) =>
        OfMetadata(notebook["metadata"], "kernelspec", "language_info", RunRecord.Key);

    /// <summary>What is wrong with a cell, behind its name; null where nothing is.</summary>
    public static string? OfCell(JsonObject cell, CellKind kind)
    {
        var metadata = cell["metadata"];
        if (OfMetadata(metadata, "execution", "jupyter", "polyglot_notebook", "dotnet_interactive") is { } problem)
            return problem;
        if ((metadata?["polyglot_notebook"]?["kernelName"] ?? metadata?["dotnet_interactive"]?["language"])
            is { } kernel && !IsString(kernel))
            return $"has {Describe(kernel)} for the name of its kernel instead of a string";
        if (metadata?["tags"] is { } tags && !(tags is JsonArray list && list.All(IsString)))
            return "has \"tags\" that are not a list of strings";
        if (cell["attachments"] is { } attachments
            && !(attachments is JsonObject files && files.All(file => IsFile(file.Value))))
            return "has \"attachments\" that are not files by name";
        if (kind != CellKind.Code || cell["outputs"] is not { } outputs)
            return null;
        if (outputs is not JsonArray all)
            return $"has {Describe(outputs)} for its \"outputs\" instead of a list";
        for (var i = 0; i < all.Count; i++)
        {
            if (OfOutput(all[i]) is { } wrong)
                return $"has an output {i + 1} that {wrong}";
        }

        return null;
    }

    public static string Describe(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Object => "an object",
        _ => "true or false",
    };

    /// <summary>The line, from 1, of the first text that is not Unicode: an escaped half of a surrogate pair, or bytes
    /// that are not UTF-8. JSON itself allows the former. 0 where all is.</summary>
    public static int FirstBrokenText(ReadOnlySpan<byte> utf8, int depth)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = depth });
        try
        {
            while (reader.Read())
            {
                // Only what is escaped or beyond ASCII can be broken.
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
                    && (reader.ValueIsEscaped || !Ascii.IsValid(reader.ValueSpan)))
                    _ = reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            return utf8[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
        }

        return 0;
    }

    private static string? OfMetadata(JsonNode? metadata, params ReadOnlySpan<string> objects)
    {
        if (!IsObject(metadata))
            return $"has {Describe(metadata)} for its \"metadata\" instead of an object";
        foreach (var part in objects)
        {
            if (metadata?[part] is { } value && !IsObject(value))
                return $"has {Describe(value)} for the \"{part}\" of its metadata instead of an object";
        }

        return null;
    }

    private static string? OfOutput(JsonNode? node)
    {
        if (node is not JsonObject output)
            return $"is {Describe(node)} instead of an object";
        switch (output["output_type"] is { } type && IsString(type) ? type.ToString() : null)
        {
            case "stream":
                return IsText(output["text"]) ? null : "has no \"text\" of text or lines of text";
            case "error":
                return output["traceback"] is null or JsonArray
                    && (output["traceback"] as JsonArray)?.All(IsString) != false
                    ? null
                    : "has a \"traceback\" that is not a list of strings";
            case "display_data" or "execute_result":
                if (output["data"] is not JsonObject data)
                    return $"has {Describe(output["data"])} for its \"data\" instead of an object";
                var bad = data.FirstOrDefault(part => IsTextual(part.Key) && !IsText(part.Value)).Key;
                return bad is null ? null : $"has {Describe(data[bad])} for \"{bad}\" instead of text or lines of text";
            default:
                return $"has the output_type {output["output_type"]?.ToJsonString() ?? "null"}, which is not known";
        }
    }

    /// <summary>Media types whose content nbformat stores as text, images in base64; JSON is stored as it is.</summary>
    private static bool IsTextual(string mime) =>
        mime.StartsWith("text/", StringComparison.Ordinal) || mime.StartsWith("image/", StringComparison.Ordinal);

    private static bool IsFile(JsonNode? node) => node is JsonObject content && content.All(part => IsText(part.Value));

    private static bool IsObject(JsonNode? node) => node is null or JsonObject;

    private static bool IsString(JsonNode? node) => node is JsonValue && node.GetValueKind() == JsonValueKind.String;

    public static bool IsText(JsonNode? node) => node is JsonArray lines ? lines.All(IsString) : IsString(node);
}
