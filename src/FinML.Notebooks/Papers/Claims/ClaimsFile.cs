using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FinML.Shared;

namespace FinML.Notebooks.Papers;

/// <summary>
/// claims.json: a list of objects, one a claim.
/// <code>
/// [
///   {
///     "id": "acf-absolute-lag-1",
///     "statement": "The first autocorrelation of absolute daily returns of the S&amp;P 500, 1928 to 1991.",
///     "source": "@ding1993long, Table 2.1",
///     "published": 0.318,
///     "tolerance": { "absolute": 0.0005 },
///     "notebook": "notebooks/01-stylized-facts.ipynb"
///   }
/// ]
/// </code>
/// "published" is a number, or a range: { "atMost": b }, { "atLeast": a } or { "between": [a, b] }. "tolerance" has one
/// of absolute, relative and standardErrors; a range may leave it out. May be there: publishedStandardError, unit,
/// format (<c>0.000</c>, <c>#,##0</c>, <c>0.0%</c>; by default the decimals that "published" has), and reason, without
/// which no claim may differ.
/// </summary>
public static partial class ClaimsFile
{
    /// <summary>The file's name in a paper's folder.</summary>
    public const string Name = "claims.json";

    private static readonly string[] Required = ["id", "statement", "source", "published", "notebook"];

    private static readonly string[] Keys =
    [
        "id", "statement", "source", "published", "publishedStandardError", "tolerance", "notebook", "unit", "format",
        "reason",
    ];

    private sealed record Field(JsonElement Value, int Line);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shown">What messages call it; null for its path.</param>
    /// <exception cref="PaperException">It has mistakes: all of them are said.</exception>
    public static IReadOnlyList<Claim> Read(string path, string? shown = null) =>
        Parse(File.ReadAllBytes(path), shown ?? path);

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="PaperException">They have mistakes: all of them are said.</exception>
    public static IReadOnlyList<Claim> Parse(ReadOnlySpan<byte> utf8, string file)
    {
        if (utf8.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        var problems = new List<PaperProblem>();
        var claims = new List<Claim>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(utf8);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new PaperException(file, 1, "claims.json is a list, [ ... ], of one object a claim.");
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var line = LineAt(utf8, reader.TokenStartIndex);
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    problems.Add(new(file, line, "a claim is an object, { \"id\": ..., ... }."));
                    reader.Skip();
                    continue;
                }

                var before = problems.Count;
                var fields = Fields(ref reader, utf8, file, problems);
                var claim = Row(fields, file, line, problems);
                if (fields.TryGetValue("id", out var id) && id.Value.ValueKind == JsonValueKind.String
                    && id.Value.GetString() is { } text && !seen.TryAdd(text, line))
                {
                    problems.Add(new(file, line, FormattableString.Invariant(
                        $"\"{text}\" is the id of the claim of line {seen[text]} too: an id names one claim.")));
                }

                if (claim is not null && problems.Count == before)
                    claims.Add(claim);
            }

            reader.Read(); // what stands behind the list is refused here
        }
        catch (JsonException error)
        {
            problems.Add(new(file, (int)(error.LineNumber ?? 0) + 1, $"this is not valid JSON: {Reason(error)}"));
        }

        return problems.Count == 0 ? claims : throw new PaperException(problems);
    }

    private static Dictionary<string, Field> Fields(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string file, List<PaperProblem> problems)
    {
        var fields = new Dictionary<string, Field>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var line = LineAt(utf8, reader.TokenStartIndex);
            var key = reader.GetString()!;
            reader.Read();
            var value = JsonElement.ParseValue(ref reader);
            if (!Keys.Contains(key))
            {
                var near = Nearest.Of(key, Keys);
                problems.Add(new(file, line, $"a claim has no \"{key}\""
                    + (near is null ? $": it has {string.Join(", ", Keys)}." : $": did you mean \"{near}\"?")));
            }
            else if (!fields.TryAdd(key, new Field(value, line)))
            {
                problems.Add(new(file, line, $"\"{key}\" stands twice in this claim: leave one."));
            }
        }

        return fields;
    }

    private static Claim? Row(
        Dictionary<string, Field> fields, string file, int line, List<PaperProblem> problems)
    {
        void Say(int at, string message) => problems.Add(new(file, at, message));
        var name = fields.TryGetValue("id", out var id) && id.Value.ValueKind == JsonValueKind.String
            ? $"\"{id.Value.GetString()}\""
            : "this claim";
        foreach (var key in Required.Where(key => !fields.ContainsKey(key)))
            Say(line, $"{name} has no \"{key}\".");

        string? Text(string key)
        {
            if (!fields.TryGetValue(key, out var field))
                return null;
            if (field.Value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(field.Value.GetString()))
                return field.Value.GetString()!.Trim();
            Say(field.Line, $"the \"{key}\" of {name} is text, and not empty; got {field.Value.GetRawText()}.");
            return null;
        }

        var idText = Text("id");
        if (idText is not null && !IsId(idText))
            Say(fields["id"].Line, IdRule(idText));
        var (statement, source, notebook) = (Text("statement"), Text("source"), Text("notebook"));
        var (unit, reason) = (Text("unit"), Text("reason"));
        var published = fields.TryGetValue("published", out var field) ? Published(field, name, Say) : null;
        var error = fields.TryGetValue("publishedStandardError", out field)
            ? Positive(field, "publishedStandardError", name, Say)
            : null;

        ClaimTolerance? tolerance = null;
        if (fields.TryGetValue("tolerance", out field))
            tolerance = Tolerance(field, name, Say);
        else if (published is { IsNumber: false })
            tolerance = new ClaimTolerance(ToleranceUnit.Absolute, 0);
        else if (fields.ContainsKey("published"))
            Say(line, $"{name} has no \"tolerance\": give {{ \"absolute\": x }}, {{ \"relative\": x }} or "
                + "{ \"standardErrors\": x }.");

        // Of a range, ours is shown more precisely than its ends.
        var printed = published is null ? null : ClaimFormat.Fixed(published.Decimals);
        var format = published is null or { IsNumber: true }
            ? printed
            : ClaimFormat.Fixed(Math.Min(published.Decimals + 1, 15));
        if (Text("format") is { } pattern)
        {
            printed = format = ClaimFormat.Parse(pattern);
            if (format is null)
            {
                Say(fields["format"].Line,
                    $"the \"format\" of {name} is like 0.000, #,##0 or 0.0%; got \"{pattern}\".");
            }
        }

        if (idText is null || statement is null || source is null || notebook is null || published is null
            || tolerance is null || format is null || printed is null)
            return null;
        return new Claim
        {
            Id = idText,
            Statement = statement,
            Source = source,
            Published = published,
            PublishedStandardError = error,
            Tolerance = tolerance,
            Notebook = notebook.Replace('\\', '/'),
            Unit = unit ?? "",
            Format = format,
            PublishedFormat = printed,
            Reason = reason,
            File = file,
            Line = line,
        };
    }

    private static PublishedValue? Published(Field field, string name, Action<int, string> say)
    {
        var value = field.Value;
        if (value.ValueKind == JsonValueKind.Number && Finite(value) is { } number)
            return new PublishedValue(number, number, Decimals(value));
        if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().ToList() is [var only])
        {
            switch (only.Name)
            {
                case "atMost" when Finite(only.Value) is { } most:
                    return new PublishedValue(double.NegativeInfinity, most, Decimals(only.Value));
                case "atLeast" when Finite(only.Value) is { } least:
                    return new PublishedValue(least, double.PositiveInfinity, Decimals(only.Value));
                case "between" when only.Value.ValueKind == JsonValueKind.Array && only.Value.GetArrayLength() == 2
                    && Finite(only.Value[0]) is { } from && Finite(only.Value[1]) is { } to && from < to:
                    return new PublishedValue(
                        from, to, Math.Max(Decimals(only.Value[0]), Decimals(only.Value[1])));
            }
        }

        say(field.Line, $"the \"published\" of {name} is a finite number, {{ \"atMost\": b }}, {{ \"atLeast\": a }} or "
            + $"{{ \"between\": [a, b] }} with a < b; got {Short(value)}.");
        return null;
    }

    private static ClaimTolerance? Tolerance(Field field, string name, Action<int, string> say)
    {
        if (field.Value.ValueKind == JsonValueKind.Object && field.Value.EnumerateObject().ToList() is [var only]
            && Finite(only.Value) is { } size and >= 0)
        {
            ToleranceUnit? unit = only.Name switch
            {
                "absolute" => ToleranceUnit.Absolute,
                "relative" => ToleranceUnit.Relative,
                "standardErrors" => ToleranceUnit.StandardErrors,
                _ => null,
            };
            if (unit is { } known)
                return new ClaimTolerance(known, size);
        }

        say(field.Line, $"the \"tolerance\" of {name} is one of {{ \"absolute\": x }}, {{ \"relative\": x }} and "
            + $"{{ \"standardErrors\": x }} with a finite x of 0 or above; got {Short(field.Value)}.");
        return null;
    }

    private static double? Positive(Field field, string key, string name, Action<int, string> say)
    {
        if (Finite(field.Value) is { } value and > 0)
            return value;
        say(field.Line, $"the \"{key}\" of {name} is a finite number above 0; got {Short(field.Value)}.");
        return null;
    }

    private static double? Finite(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : null;

    /// <summary>The decimals of a number as it was typed: 0.310 has three.</summary>
    private static int Decimals(JsonElement value)
    {
        var text = value.GetRawText();
        var exponent = text.AsSpan().IndexOfAny('e', 'E');
        var shift = exponent < 0 ? 0 : int.Parse(text.AsSpan(exponent + 1), CultureInfo.InvariantCulture);
        var mantissa = exponent < 0 ? text : text[..exponent];
        var point = mantissa.IndexOf('.');
        return Math.Clamp((point < 0 ? 0 : mantissa.Length - point - 1) - shift, 0, 15);
    }

    /// <summary>Whether a text can name a claim, a figure or a table.</summary>
    internal static bool IsId(string text) => Id().IsMatch(text);

    /// <summary>What an id looks like, for messages.</summary>
    internal static string IdRule(string text) =>
        $"an id is a letter and then up to 63 letters, digits, '-', '_' or '.'; got \"{text}\".";

    private static string Short(JsonElement value)
    {
        var text = Space().Replace(value.GetRawText(), " ");
        return text.Length <= 60 ? text : text[..59] + "…";
    }

    private static int LineAt(ReadOnlySpan<byte> utf8, long offset) => utf8[..(int)offset].Count((byte)'\n') + 1;

    private static string Reason(JsonException error)
    {
        var tail = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (tail < 0 ? error.Message : error.Message[..tail]).Trim();
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9._-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
