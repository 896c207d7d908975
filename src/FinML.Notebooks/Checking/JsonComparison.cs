using System.Text.Json;
using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>Compares two JSON values: numbers within a tolerance, objects whatever the order of their names.</summary>
internal sealed class JsonComparison(OutputTolerance tolerance)
{
    private const int Shown = 4;
    private readonly List<string> lines = [];
    private int count;
    private double largest;
    private bool onlyNumbers = true;

    /// <summary>The places that differ, or null where none does.</summary>
    public static (IReadOnlyList<string> Lines, double? LargestRelativeDifference)? Compare(
        JsonNode? stored, JsonNode? fresh, OutputTolerance tolerance)
    {
        var comparison = new JsonComparison(tolerance);
        comparison.Visit(stored, fresh, "$");
        if (comparison.count == 0)
            return null;
        if (comparison.count > Shown)
            comparison.lines.Add($"  \u2026 and {comparison.count - Shown} more values");
        return (comparison.lines, comparison.onlyNumbers ? comparison.largest : null);
    }

    private void Visit(JsonNode? stored, JsonNode? fresh, string path)
    {
        switch (stored, fresh)
        {
            case (JsonObject a, JsonObject b):
                foreach (var (name, value) in a)
                {
                    if (b.ContainsKey(name))
                        Visit(value, b[name], $"{path}.{name}");
                    else
                        Differ(path, $"has \"{name}\"", "has not");
                }

                foreach (var (name, _) in b.Where(pair => !a.ContainsKey(pair.Key)))
                    Differ(path, "has not", $"has \"{name}\"");
                break;
            case (JsonArray a, JsonArray b) when a.Count == b.Count:
                for (var i = 0; i < a.Count; i++)
                    Visit(a[i], b[i], $"{path}[{i}]");
                break;
            case (JsonArray a, JsonArray b):
                Differ(path, $"{a.Count} values", $"{b.Count} values");
                break;
            case (JsonValue a, JsonValue b) when Number(a) is { } x && Number(b) is { } y:
                if (!tolerance.Allows(x, y))
                {
                    largest = Math.Max(largest, OutputTolerance.RelativeDifference(x, y));
                    Differ(path, a.ToJsonString(), b.ToJsonString(), isNumber: true);
                }

                break;
            case (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.String
                && b.GetValueKind() == JsonValueKind.String:
                if (!NumericText.Compare(a.ToString(), b.ToString(), tolerance).Same)
                    Differ(path, Short(a), Short(b));
                break;
            default:
                if (!JsonNode.DeepEquals(stored, fresh))
                    Differ(path, Short(stored), Short(fresh));
                break;
        }
    }

    private void Differ(string path, string stored, string fresh, bool isNumber = false)
    {
        onlyNumbers &= isNumber;
        if (count++ < Shown)
            lines.AddRange([$"- {path}: {stored}", $"+ {path}: {fresh}"]);
    }

    private static double? Number(JsonValue value) =>
        value.GetValueKind() == JsonValueKind.Number ? value.Deserialize<double>() : null;

    private static string Short(JsonNode? node) => node?.ToJsonString() switch
    {
        null => "null",
        { Length: > 100 } text => text[..99] + "\u2026",
        { } text => text,
    };
}
