using System.Text;

namespace FinML.Notebooks.Papers;

/// <summary>
/// Reads BibTeX files as they are: braces and quotes, @string and the months, # between pieces, @comment and
/// @preamble, text between entries, parentheses instead of braces, crossref. A mistake is told with its line, and
/// reading goes on at the next entry.
/// </summary>
public sealed class BibFile
{
    private const int DeepestNesting = 200;

    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ];

    private readonly string text;
    private readonly string file;
    private readonly Dictionary<string, string> strings = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, BibEntry> entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<PaperProblem> problems = [];
    private int at;
    private int line = 1;

    private BibFile(string text, string file)
    {
        this.text = text;
        this.file = file;
        foreach (var month in Months)
            strings[month[..3]] = month;
    }

    private sealed class Mistake(int line, string message) : Exception(message)
    {
        public int Line { get; } = line;
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What messages call the file.</param>
    /// <returns>The entries in their order, and what is wrong with the others.</returns>
    public static (IReadOnlyList<BibEntry> Entries, IReadOnlyList<PaperProblem> Problems) Parse(
        string text, string file)
    {
        var bib = new BibFile(text.ReplaceLineEndings("\n"), file);
        bib.ReadAll();
        return ([.. bib.entries.Values.Select(bib.Inherit)], bib.problems);
    }

    private void ReadAll()
    {
        // What stands between entries is a comment.
        while (SkipTo('@'))
        {
            var started = line;
            try
            {
                ReadEntry();
            }
            catch (Mistake mistake)
            {
                problems.Add(new(file, mistake.Line, mistake.Message));
                SkipToNextEntry(started);
            }
        }
    }

    private void ReadEntry()
    {
        var started = line;
        Take();
        SkipSpace();
        var type = Word("the kind of an entry").ToLowerInvariant();
        SkipSpace();
        if (type == "comment")
        {
            // BibTeX passes over the word alone; what stands behind it in braces is passed over too.
            if (Peek() is '{')
                Value(started);
            return;
        }

        if (Peek() is not ('{' or '('))
            throw new Mistake(line, $"@{type} is followed by {{, but here by {Shown()}.");
        var close = Take() == '{' ? '}' : ')';
        if (type == "preamble")
        {
            Concatenation(started);
            SkipSpace();
            Expect(close, started, "@preamble");
        }
        else if (type == "string")
        {
            SkipSpace();
            var name = Word("the name of a @string");
            Equal(name);
            strings[name] = Concatenation(started);
            SkipSpace();
            Expect(close, started, $"@string {name}");
        }
        else
        {
            ReadFields(type, close, started);
        }
    }

    private void ReadFields(string type, char close, int started)
    {
        SkipSpace();
        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not (',' or '{' or '}' or '=' or '"'))
            at++;
        var key = text[start..at];
        if (close == ')' && key.EndsWith(')'))
        {
            key = key[..^1];
            at--;
        }

        if (key.Length == 0)
            throw new Mistake(line, $"this @{type} has no key: write @{type}{{key, ...}}.");
        var fields = new Dictionary<string, BibField>(StringComparer.Ordinal);
        while (true)
        {
            SkipSpace();
            if (Peek() == close)
                break;
            if (Peek() != ',')
            {
                throw new Mistake(line, at >= text.Length
                    ? FormattableString.Invariant($"the entry {key} of line {started} is not closed by {close}.")
                    : $"a comma is missing before {Shown()} in the entry {key}.");
            }

            Take();
            SkipSpace();
            if (Peek() == close)
                break; // a comma behind the last field
            if (Peek() == ',')
                continue;
            var fieldLine = line;
            var name = Word($"a field of the entry {key}").ToLowerInvariant();
            Equal(name);
            var value = Concatenation(started);
            if (!fields.TryAdd(name, new BibField(value.Trim(), fieldLine)))
                throw new Mistake(fieldLine, $"the entry {key} has the field {name} twice: leave one.");
        }

        Take();
        if (!entries.TryAdd(key, new BibEntry(type, key, fields, file, started)))
        {
            throw new Mistake(started, FormattableString.Invariant(
                $"the key {key} is that of the entry of line {entries[key].Line} too: a key names one entry."));
        }
    }

    /// <summary>Values with # between them.</summary>
    private string Concatenation(int started)
    {
        var value = new StringBuilder();
        while (true)
        {
            SkipSpace();
            value.Append(Value(started));
            SkipSpace();
            if (Peek() != '#')
                return value.ToString();
            Take();
        }
    }

    private string Value(int started)
    {
        var opened = line;
        switch (Peek())
        {
            case '{':
            case '"':
                var quoted = Take() == '"';
                var start = at;
                for (var depth = 0; at < text.Length; Take())
                {
                    var c = text[at];
                    if (c == '\\' && at + 1 < text.Length && text[at + 1] is '{' or '}' or '"' or '\\')
                    {
                        // TeX's escaped brace still counts for BibTeX, an escaped quote is an accent.
                        if (text[at + 1] is '\\' or '"')
                        {
                            Take();
                            continue;
                        }
                    }

                    if (depth == 0 && c == (quoted ? '"' : '}'))
                    {
                        var value = text[start..at];
                        Take();
                        return value;
                    }

                    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                    if (depth < 0)
                        throw new Mistake(line, "a } closes nothing in a value between quotes.");
                    if (depth > DeepestNesting)
                        throw new Mistake(line, $"braces are nested more than {DeepestNesting} deep.");
                }

                throw new Mistake(opened, quoted
                    ? "a \" is not closed by a second one."
                    : "a { is not closed by }.");
            case >= '0' and <= '9':
                var first = at;
                while (at < text.Length && char.IsAsciiDigit(text[at]))
                    at++;
                return text[first..at];
            default:
                if (at >= text.Length)
                {
                    throw new Mistake(
                        line, FormattableString.Invariant($"the entry of line {started} ends before a value."));
                }

                var name = Word("a value");
                return strings.TryGetValue(name, out var known) ? known
                    : throw new Mistake(line,
                        $"{name} is no @string and no month: put text between braces, {{{name}}}.");
        }
    }

    /// <summary>Fields of the entry that "crossref" names, where this one has none of them.</summary>
    private BibEntry Inherit(BibEntry entry)
    {
        if (!entry.Fields.TryGetValue("crossref", out var crossref))
            return entry;
        if (!entries.TryGetValue(crossref.Value, out var parent) || parent == entry)
        {
            problems.Add(new(file, crossref.Line,
                $"the entry {entry.Key} has the crossref {crossref.Value}, which no other entry is called."));
            return entry;
        }

        var fields = new Dictionary<string, BibField>(entry.Fields, StringComparer.Ordinal);
        foreach (var (name, field) in parent.Fields)
        {
            if (name is not ("crossref" or "title"))
                fields.TryAdd(name, field);
        }

        if (parent.Fields.TryGetValue("title", out var title))
            fields.TryAdd(fields.ContainsKey("title") ? "booktitle" : "title", title);
        return entry with { Fields = fields };
    }

    private void Equal(string name)
    {
        SkipSpace();
        if (Peek() != '=')
            throw new Mistake(line, $"{name} is followed by =, but here by {Shown()}.");
        Take();
    }

    private void Expect(char close, int started, string what)
    {
        if (Peek() != close)
        {
            throw new Mistake(line, FormattableString.Invariant(
                $"{what} of line {started} is not closed by {close}."));
        }

        Take();
    }

    private string Word(string what)
    {
        var start = at;
        while (at < text.Length
            && (char.IsLetterOrDigit(text[at]) || text[at] is '-' or '_' or ':' or '.' or '+' or '/'))
            at++;
        return at > start ? text[start..at] : throw new Mistake(line, $"{what} is expected before {Shown()}.");
    }

    private char Peek() => at < text.Length ? text[at] : '\0';

    private char Take()
    {
        if (at >= text.Length)
            return '\0';
        line += text[at] == '\n' ? 1 : 0;
        return text[at++];
    }

    private string Shown() => at >= text.Length ? "the end of the file"
        : text[at] == '\n' ? "the end of the line"
        : char.IsControl(text[at]) || char.IsSurrogate(text[at]) ? $"U+{(int)text[at]:X4}"
        : text[at].ToString();

    private void SkipSpace()
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                Take();
            }
            else if (text[at] == '%')
            {
                // BibTeX knows no %, but real files have such lines.
                while (at < text.Length && text[at] != '\n')
                    at++;
            }
            else
            {
                return;
            }
        }
    }

    private bool SkipTo(char c)
    {
        while (at < text.Length && text[at] != c)
        {
            if (text[at] == '%')
            {
                while (at < text.Length && text[at] != '\n')
                    at++;
            }
            else
            {
                Take();
            }
        }

        return at < text.Length;
    }

    /// <summary>Goes on behind a broken entry: at the next line that begins with an entry.</summary>
    private void SkipToNextEntry(int started)
    {
        while (at < text.Length)
        {
            var fresh = at == 0 || text[at - 1] == '\n';
            if (fresh && line > started && text[at] == '@')
                return;
            Take();
        }
    }
}
