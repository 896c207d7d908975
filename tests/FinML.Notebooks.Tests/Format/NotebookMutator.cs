using System.Text;
using System.Text.Json.Nodes;

namespace FinML.Notebooks.Tests.Format;

/// <summary>Spoils notebooks: values of other types, keys twice or gone, depth, numbers and text that few expect, and
/// bytes changed, lost or cut off.</summary>
internal sealed class NotebookMutator(Random random)
{
    private static readonly string[] Junk =
    [
        "null", "true", "[]", "{}", "\"\"", "0", "-1", "1e999", "-0.0", "4.0", "99999999999999999999999", "1E-400",
        "\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\"", "\"\u202E\uFEFF\uD83D\uDCA5\"", "[[]]", "[null]", "[1,\"a\"]",
        "{\"a\":{}}", "\"code\"", "\"raw\"", "[\"tags\"]", "{\"text/plain\":3}", "\"../../x\"", "[\"a\\n\",null]",
        "{\"output_type\":\"stream\"}", "[{\"output_type\":\"error\",\"traceback\":[1]}]", "\"]\\\\n\"", "5",
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", "\0", "/*", "//", "\\u", "\\ud83d", "NaN", "'", "\uFEFF", "1e",
        "💥",
    ];

    /// <summary>A spoilt copy.</summary>
    public byte[] Next(string honest)
    {
        var root = (JsonObject)JsonNode.Parse(honest)!;
        for (var changes = random.Next(4); changes > 0; changes--)
            Change(root);
        // A marker stands where junk goes in: junk need not be what a tree can hold.
        var text = new StringBuilder(root.ToJsonString());
        while (text.ToString().IndexOf("\"@@", StringComparison.Ordinal) is >= 0 and var at)
        {
            var kind = text[at + 3];
            text.Remove(at, 5).Insert(at, kind switch
            {
                'd' => Nested(random.Next(2) == 0 ? 20 : 3000),
                't' => "{\"a\":1,\"a\":2}",
                _ => Junk[random.Next(Junk.Length)],
            });
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString()).ToList();
        for (var changes = Math.Max(0, random.Next(6) - 3); changes > 0; changes--)
            Change(bytes);
        return [.. bytes];
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private void Change(JsonObject root)
    {
        // A walk down, at random, and something at its end.
        JsonNode at = root;
        for (var depth = random.Next(8); depth > 0; depth--)
        {
            JsonNode?[] below = at switch
            {
                JsonObject o => [.. o.Select(pair => pair.Value).Where(v => v is JsonObject or JsonArray)],
                JsonArray a => [.. a.Where(v => v is JsonObject or JsonArray)],
                _ => [],
            };
            if (below.Length == 0)
                break;
            at = below[random.Next(below.Length)]!;
        }

        string marker = $"@@{"jjjjjdt"[random.Next(7)]}";
        if (at is JsonObject { Count: > 0 } fields)
        {
            var key = fields.ElementAt(random.Next(fields.Count)).Key;
            if (random.Next(5) == 0)
                fields.Remove(key);
            else
                fields[key] = marker;
        }
        else if (at is JsonArray list)
        {
            list.Insert(random.Next(list.Count + 1), random.Next(3) == 0 && list.Count > 0
                ? list[random.Next(list.Count)]?.DeepClone() // two cells of one id, an output twice
                : marker);
        }
    }

    private void Change(List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        switch (random.Next(5))
        {
            case 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 1:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                break;
            case 2:
                bytes.RemoveRange(at, Math.Min(random.Next(40), bytes.Count - at));
                break;
            default:
                if (at < bytes.Count)
                    bytes[at] = (byte)random.Next(256);
                break;
        }
    }
}
