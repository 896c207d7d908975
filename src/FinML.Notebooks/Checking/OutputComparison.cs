using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FinML.Notebooks;

/// <summary>
/// Compares the stored outputs of a cell with fresh ones: text within a numeric tolerance, images by their hash, JSON
/// value by value. Execution counts, metadata, tracebacks and the time that <c>#!time</c> shows are not compared.
/// </summary>
internal static partial class OutputComparison
{
    // Names an object of the running front end, another one in each run.
    private const string WidgetView = "application/vnd.jupyter.widget-view+json";

    public static IReadOnlyList<OutputDifference> Compare(
        IReadOnlyList<JsonObject> stored, IReadOnlyList<JsonObject> fresh, OutputTolerance tolerance)
    {
        var (a, b) = (Joined(stored), Joined(fresh));
        var differences = new List<OutputDifference>();
        for (var i = 0; i < Math.Max(a.Count, b.Count); i++)
        {
            if (i >= a.Count)
                differences.Add(new(i + 1, "outputs", [$"+ {Describe(b[i])}"]));
            else if (i >= b.Count)
                differences.Add(new(i + 1, "outputs", [$"- {Describe(a[i])}"]));
            else
                differences.AddRange(Compare(i + 1, a[i], b[i], tolerance));
        }

        return differences;
    }

    private static IEnumerable<OutputDifference> Compare(
        int number, JsonObject stored, JsonObject fresh, OutputTolerance tolerance)
    {
        var kind = Kind(stored);
        if (kind != Kind(fresh) || (kind == "stream" && Name(stored) != Name(fresh)))
            return [new(number, "outputs", [$"- {Describe(stored)}", $"+ {Describe(fresh)}"])];
        switch (kind)
        {
            case "stream":
                var (before, now) = (MultilineText.FromJson(stored["text"]), MultilineText.FromJson(fresh["text"]));
                return Text(number, Name(stored), before, now, tolerance);
            case "error":
                return Text(number, "error", Error(stored), Error(fresh), tolerance);
            default:
                return Data(number, stored["data"] as JsonObject ?? [], fresh["data"] as JsonObject ?? [], tolerance);
        }
    }

    private static IEnumerable<OutputDifference> Data(
        int number, JsonObject stored, JsonObject fresh, OutputTolerance tolerance)
    {
        foreach (var (mime, before) in stored.Where(part => part.Key != WidgetView))
        {
            if (!fresh.ContainsKey(mime))
            {
                yield return new(number, mime, [$"- the stored output has it as {mime}"]);
                continue;
            }

            foreach (var difference in Part(number, mime, before, fresh[mime], tolerance))
                yield return difference;
        }

        foreach (var (mime, _) in fresh.Where(part => part.Key != WidgetView && !stored.ContainsKey(part.Key)))
            yield return new(number, mime, [$"+ the fresh output has it as {mime}"]);
    }

    private static IEnumerable<OutputDifference> Part(
        int number, string mime, JsonNode? stored, JsonNode? fresh, OutputTolerance tolerance)
    {
        if (mime.StartsWith("image/", StringComparison.Ordinal))
        {
            var (before, now) = (Picture.Read(mime, stored), Picture.Read(mime, fresh));
            return before.SequenceEqual(now) ? [] : [new(number, mime, [$"- {Hash(before)}", $"+ {Hash(now)}"])];
        }

        if (stored is JsonObject || fresh is JsonObject)
        {
            return JsonComparison.Compare(stored, fresh, tolerance) is { } found
                ? [new(number, mime, found.Lines, found.LargestRelativeDifference)]
                : [];
        }

        return Text(number, mime, MultilineText.FromJson(stored), MultilineText.FromJson(fresh), tolerance);
    }

    private static IEnumerable<OutputDifference> Text(
        int number, string what, string stored, string fresh, OutputTolerance tolerance)
    {
        var comparison = NumericText.Compare(stored, fresh, tolerance);
        return comparison.Same
            ? []
            : [new(number, what, LineDiff.Of(stored, fresh, tolerance), comparison.LargestRelativeDifference)];
    }

    /// <summary>Outputs without the time of <c>#!time</c>, neighbours of one stream joined: how often a cell flushes
    /// is no result.</summary>
    private static List<JsonObject> Joined(IReadOnlyList<JsonObject> outputs)
    {
        var joined = new List<JsonObject>();
        foreach (var output in outputs)
        {
            if (WallTime().IsMatch(MultilineText.FromJson(output["data"]?["text/plain"])))
                continue;
            if (joined.LastOrDefault() is { } last && Kind(output) == "stream" && Kind(last) == "stream"
                && Name(last) == Name(output))
            {
                joined[^1] = new JsonObject
                {
                    ["name"] = Name(last),
                    ["output_type"] = "stream",
                    ["text"] = MultilineText.FromJson(last["text"]) + MultilineText.FromJson(output["text"]),
                };
            }
            else
            {
                joined.Add(output);
            }
        }

        return joined;
    }

    private static string Kind(JsonObject output) => output["output_type"]?.ToString() switch
    {
        // Which of the two it is says whether the cell ended in a semicolon; the reader sees the same.
        "execute_result" => "display_data",
        { } kind => kind,
        null => "",
    };

    private static string Name(JsonObject stream) => stream["name"]?.ToString() ?? "stdout";

    private static string Error(JsonObject error) => $"{error["ename"]}: {error["evalue"]}";

    private static string Describe(JsonObject output) => Kind(output) switch
    {
        "stream" => $"{Name(output)}: {FirstLine(MultilineText.FromJson(output["text"]))}",
        "error" => FirstLine(Error(output)),
        _ when output["data"] is JsonObject data => $"a value as {string.Join(", ", data.Select(part => part.Key))}"
            + (data["text/plain"] is { } text ? $": {FirstLine(MultilineText.FromJson(text))}" : ""),
        var kind => $"an output of the kind \"{kind}\"",
    };

    private static string FirstLine(string text)
    {
        var line = text.Split('\n').FirstOrDefault(each => !string.IsNullOrWhiteSpace(each)) ?? "";
        return line.Length <= 100 ? line : line[..99] + "\u2026";
    }

    private static string Hash(byte[] bytes) => string.Create(
        CultureInfo.InvariantCulture,
        $"sha256 {Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}, {bytes.Length:N0} bytes");

    [GeneratedRegex(@"^Wall time: [\d.,]+ ms\n?$", RegexOptions.CultureInvariant)]
    private static partial Regex WallTime();
}
