using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>nbformat's multi-line string: a string, or a list of lines that keep their '\n'.</summary>
internal static class MultilineText
{
    public static string FromJson(JsonNode? node) => node switch
    {
        null => "",
        JsonArray lines => string.Concat(lines.Select(line => line?.ToString())),
        _ => node.ToString(),
    };

    /// <summary>A list of lines, which is what Jupyter writes: a changed line is then one line of a diff.</summary>
    public static JsonArray ToJson(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add((JsonNode)text[start..end]);
            start = end;
        }

        return lines;
    }
}
