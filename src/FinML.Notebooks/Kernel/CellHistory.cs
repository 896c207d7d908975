using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FinML.Notebooks.Kernel;

/// <summary>The cells of this session and the text of their results, for history_request.</summary>
internal sealed class CellHistory
{
    private readonly Lock _gate = new();
    private readonly List<(int Number, string Code, string? Output)> _cells = [];

    internal void Add(int number, string code, string? output)
    {
        lock (_gate)
            _cells.Add((number, code, output));
    }

    /// <summary>The items that a request asks for: [session, line, code], with output [session, line, [code,
    /// output]].</summary>
    internal JsonArray Answer(JsonObject request)
    {
        List<(int Number, string Code, string? Output)> cells;
        lock (_gate)
            cells = [.. _cells];
        int count = Int("n") is > 0 and { } n ? n : int.MaxValue;
        cells = request["hist_access_type"]?.ToString() switch
        {
            "range" => [.. cells.Where(c => c.Number >= (Int("start") ?? 1) && c.Number < (Int("stop")
                ?? int.MaxValue))],
            "search" => [.. Matching(cells).TakeLast(count)],
            _ => [.. cells.TakeLast(count)],
        };
        bool withOutput = request["output"] is JsonValue value && value.TryGetValue(out bool wanted) && wanted;
        return [.. cells.Select(c => (JsonNode)new JsonArray(
            1, c.Number, withOutput ? new JsonArray(c.Code, c.Output) : c.Code))];

        int? Int(string name) => request[name] is JsonValue number && number.TryGetValue(out int found) ? found : null;

        IEnumerable<(int Number, string Code, string? Output)> Matching(
            IEnumerable<(int Number, string Code, string? Output)> all)
        {
            // The pattern is a glob: * any text, ? any character.
            string glob = request["pattern"]?.ToString() ?? "*";
            string pattern = "^" + Regex.Escape(glob).Replace("\\*", ".*").Replace("\\?", ".") + "$";
            var regex = new Regex(pattern, RegexOptions.Singleline | RegexOptions.NonBacktracking);
            var found = all.Where(c => regex.IsMatch(c.Code));
            return request["unique"] is JsonValue unique && unique.TryGetValue(out bool once) && once
                ? found.Reverse().DistinctBy(c => c.Code).Reverse()
                : found;
        }
    }
}
