using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FinML.Notebooks.Papers;

/// <summary>
/// The mark by which a build finds in a notebook's outputs what its cells reported: a part of the output's data under a
/// media type of its own, which front ends pass over.
/// </summary>
/// <param name="Kind">What was reported.</param>
/// <param name="Id">Its name in the paper.</param>
/// <param name="Value">A claim's value.</param>
/// <param name="StandardError">Its standard error, or null.</param>
internal sealed record ReportedItem(ReportedKind Kind, string Id, double? Value = null, double? StandardError = null)
{
    /// <summary>The media type of the mark.</summary>
    public const string MediaType = "application/vnd.finml.paper+json";

    /// <summary>The part of a bundle that carries the mark.</summary>
    public KeyValuePair<string, string> Part()
    {
        var json = new JsonObject { ["kind"] = Kind.ToString().ToLowerInvariant(), ["id"] = Id };
        if (Value is { } value)
            json["value"] = JsonNode.Parse(value.ToString("R", CultureInfo.InvariantCulture));
        if (StandardError is { } error)
            json["standardError"] = JsonNode.Parse(error.ToString("R", CultureInfo.InvariantCulture));
        return new(MediaType, json.ToJsonString());
    }

    /// <summary>The mark of an output, or null where it has none that can be read.</summary>
    public static ReportedItem? Of(JsonObject output)
    {
        if (output["data"]?[MediaType] is not { } node)
            return null;
        try
        {
            // Another program may have stored JSON as text.
            var mark = node is JsonObject ? node : JsonNode.Parse(MultilineText.FromJson(node));
            return mark is JsonObject json && json["id"] is { } id
                && Enum.TryParse<ReportedKind>(json["kind"]?.ToString(), ignoreCase: true, out var kind)
                ? new ReportedItem(kind, id.ToString(), Number(json["value"]), Number(json["standardError"]))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static double? Number(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out double number) ? number : null;
}
