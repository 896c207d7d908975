using System.Text;
using FinML.Shared;

namespace FinML.Notebooks.Papers;

/// <summary>
/// What stands between the two --- at the head of paper.md, in the part of YAML that such heads use:
/// <c>key: value</c>, lists as <c>- item</c> lines or <c>[a, b]</c>, texts over several lines behind <c>|</c> or
/// <c>&gt;</c>, quotes, comments.
/// </summary>
internal sealed class PaperFrontMatter
{
    private static readonly string[] Keys =
        ["title", "subtitle", "authors", "date", "abstract", "keywords", "notebooks", "bibliography"];

    private readonly Dictionary<string, (List<string> Values, int Line)> fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> itemLines = new(StringComparer.Ordinal);

    private PaperFrontMatter()
    {
    }

    /// <summary>Where the text begins: the number of lines before it.</summary>
    public int Lines { get; private set; }

    /// <summary>A text; null where the head has none.</summary>
    public string? Text(string key) => fields.TryGetValue(key, out var field) && field.Values.Count > 0
        ? string.Join(", ", field.Values)
        : null;

    /// <summary>A list; empty where the head has none.</summary>
    public IReadOnlyList<string> List(string key) => fields.TryGetValue(key, out var field) ? field.Values : [];

    /// <summary>The line of a key, or of an item of its list; 1 where the head has none.</summary>
    public int Line(string key, int item = 0) =>
        itemLines.TryGetValue(key, out var lines) && item < lines.Count ? lines[item]
        : fields.TryGetValue(key, out var field) ? field.Line : 1;

    /// <summary>Reads the head of a text.</summary>
    public static PaperFrontMatter Parse(string[] lines, string file, List<PaperProblem> problems)
    {
        var head = new PaperFrontMatter();
        if (lines.Length == 0 || lines[0].TrimEnd() != "---")
        {
            problems.Add(new(file, 1, "a paper begins with a head between two lines ---, with title: and authors:."));
            return head;
        }

        var end = Array.FindIndex(lines, 1, line => line.TrimEnd() is "---" or "...");
        if (end < 0)
        {
            problems.Add(new(file, 1, "the head of the paper is not ended by a second line ---."));
            return head;
        }

        head.Lines = end + 1;
        for (var i = 1; i < end;)
            i = head.Field(lines, i, end, file, problems);
        foreach (var key in (string[])["title", "authors"])
        {
            if (head.Text(key) is null)
                problems.Add(new(file, 1, $"the head of the paper has no \"{key}\"."));
        }

        return head;
    }

    private int Field(string[] lines, int i, int end, string file, List<PaperProblem> problems)
    {
        var line = lines[i];
        if (string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#'))
            return i + 1;
        var colon = line.IndexOf(':');
        if (char.IsWhiteSpace(line[0]) || line[0] == '-' || colon <= 0)
        {
            problems.Add(new(file, i + 1, $"the head holds lines \"key: value\"; got \"{line.Trim()}\"."));
            return i + 1;
        }

        var key = line[..colon].Trim();
        var started = i + 1;
        if (!Keys.Contains(key))
        {
            var near = Nearest.Of(key, Keys);
            problems.Add(new(file, started, $"the head of a paper has no \"{key}\""
                + (near is null ? $": it has {string.Join(", ", Keys)}." : $": did you mean \"{near}\"?")));
        }

        var value = Comment(line[(colon + 1)..]).Trim();
        var values = new List<string>();
        var at = new List<int>();
        i++;
        if (value is "|" or ">" or "|-" or ">-")
        {
            var text = new StringBuilder();
            for (; i < end && (string.IsNullOrWhiteSpace(lines[i]) || char.IsWhiteSpace(lines[i][0])); i++)
                text.Append(lines[i].Trim()).Append('\n');
            values.Add(text.ToString().Trim());
            at.Add(started);
        }
        else if (value.StartsWith('[') && value.EndsWith(']'))
        {
            values.AddRange(Items(value[1..^1]).Select(Unquote).Where(item => item.Length > 0));
        }
        else
        {
            if (value.Length > 0)
            {
                values.Add(Unquote(value));
                at.Add(started);
            }

            for (; i < end && (string.IsNullOrWhiteSpace(lines[i]) || char.IsWhiteSpace(lines[i][0])
                       || lines[i].StartsWith('-')); i++)
            {
                var text = Comment(lines[i]).Trim();
                if (text.Length == 0)
                    continue;
                if (text.StartsWith("- ", StringComparison.Ordinal))
                {
                    values.Add(Unquote(text[2..].Trim()));
                    at.Add(i + 1);
                }
                else if (values.Count > 0)
                {
                    values[^1] += " " + text; // a line that goes on
                }
                else
                {
                    values.Add(Unquote(text));
                    at.Add(i + 1);
                }
            }
        }

        if (!fields.TryAdd(key, (values, started)))
            problems.Add(new(file, started, $"\"{key}\" stands twice in the head: leave one."));
        itemLines.TryAdd(key, at);
        return i;
    }

    /// <summary>A line without the comment behind " #".</summary>
    private static string Comment(string line)
    {
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            if (quote != '\0')
                quote = line[i] == quote ? '\0' : quote;
            else if (line[i] is '"' && (i == 0 || line[i - 1] is ' ' or '[' or ','))
                quote = line[i];
            else if (line[i] == '#' && i > 0 && line[i - 1] == ' ')
                return line[..i];
        }

        return line;
    }

    private static IEnumerable<string> Items(string list)
    {
        var start = 0;
        var quoted = false;
        for (var i = 0; i < list.Length; i++)
        {
            quoted ^= list[i] == '"';
            if (list[i] == ',' && !quoted)
            {
                yield return list[start..i].Trim();
                start = i + 1;
            }
        }

        yield return list[start..].Trim();
    }

    private static string Unquote(string text) =>
        text.Length >= 2 && text[0] == text[^1] && text[0] is '"' or '\'' ? text[1..^1] : text;
}
