using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace FinML.Notebooks;

/// <summary>
/// The C# that a magic stands for. It is compiled and run as a cell's code is, by the kernel and by the runner alike;
/// its lines are the magic's, so that an error has its place.
/// </summary>
internal static partial class MagicCode
{
    /// <summary>Translates a magic.</summary>
    /// <param name="name">Without <c>#!</c>.</param>
    /// <param name="rest">What stands behind the name, with the space before it.</param>
    /// <param name="body">The lines below it.</param>
    /// <exception cref="MagicException">It is not written as it must be.</exception>
    internal static string Translate(string name, string rest, IReadOnlyList<string> body) => name switch
    {
        "set" => Set(rest),
        "value" => Value(rest.Trim(), body),
        "env" => Environment(rest.Trim()),
        "seed" => Seed(rest.Trim()),
        "data" => $"Magics.Data({(rest.Trim().Length == 0 ? "null" : Literal(rest.Trim()))});",
        "connect" => Connect(rest.Trim()),
        "sql" => Sql(rest.Trim(), body),
        _ => throw new ArgumentException($"The magic {name} is no code.", nameof(name)),
    };

    private static string Set(string rest)
    {
        const string Form = "#!set takes a name and an expression, such as #!set window 20, or #!set title --value "
            + "Best of N.";
        if (Named().Match(rest) is { Success: true } option)
            rest = " " + option.Groups[1].Value + rest[option.Length..];
        Match match = NameAndRest().Match(rest);
        if (!match.Success)
            throw new MagicException(Form);
        string name = Variable(match.Groups[1].Value, "#!set"), value = match.Groups[2].Value;
        if (ValueOption().Match(value) is { Success: true } text)
            return $"var {name} = {Literal(text.Groups[1].Value.Trim())};";
        value = value.TrimStart('=').Trim().TrimEnd(';');
        if (value.Length == 0)
            throw new MagicException(Form);
        // As long as what stands in the cell before the expression: a caret below it stands right.
        return $"var {name} = {value};";
    }

    private static string Value(string rest, IReadOnlyList<string> body)
    {
        (List<string> words, Dictionary<string, string> options) =
            Read(rest, "#!value", "--name", "--from-file", "--mime-type");
        if (options.Remove("--name", out string? named))
            words.Insert(0, named);
        if (words.Count != 1)
            throw new MagicException("#!value takes the name of a variable: #!value tickers, and the text below it.");
        string name = Variable(words[0], "#!value");
        bool hasText = body.Any(line => line.Trim().Length > 0);
        if (options.TryGetValue("--from-file", out string? file) == hasText)
        {
            throw new MagicException(hasText
                ? "#!value takes the text below it or --from-file, not both."
                : "#!value needs the text in the lines below it, or --from-file FILE.");
        }

        string value = file is not null
            ? $"Magics.ReadText({Literal(file)})"
            : Literal(string.Join('\n', body).Trim('\n'));
        return options.TryGetValue("--mime-type", out string? mime)
            ? $"var {name} = {value}; display({name}, {Literal(mime)});"
            : $"var {name} = {value};";
    }

    private static string Environment(string rest)
    {
        int equals = rest.IndexOf('=');
        string name = (equals < 0 ? rest : rest[..equals]).Trim();
        if (equals >= 0 && name.Length == 0 || name.Any(char.IsWhiteSpace))
            throw new MagicException("#!env takes nothing, a NAME, or NAME=VALUE.");
        return equals >= 0
            ? $"Magics.SetEnvironment({Literal(name)}, {Literal(rest[(equals + 1)..].Trim())});"
            : $"Magics.Environment({(name.Length == 0 ? "null" : Literal(name))});";
    }

    private static string Seed(string rest)
    {
        if (rest.Length == 0)
            return "Magics.ShowSeed();";
        if (!long.TryParse(rest.Replace("_", ""), NumberStyles.None, CultureInfo.InvariantCulture, out long seed))
            throw new MagicException($"a seed is a whole number from 0 to {long.MaxValue}, but was '{rest}'.");
        string number = seed.ToString(CultureInfo.InvariantCulture);
        return seed <= int.MaxValue ? $"var seed = (int)Magics.Seed({number});" : $"var seed = Magics.Seed({number}L);";
    }

    private static string Connect(string rest)
    {
        bool create = rest.EndsWith(" --create", StringComparison.Ordinal);
        if (create)
            rest = rest[..^" --create".Length].Trim();
        string[] words = rest.Split((char[])[' ', '\t'], 2, StringSplitOptions.TrimEntries);
        if (words.Length < 2 || words[1].Length == 0)
        {
            throw new MagicException(
                "#!connect takes a name and a database: #!connect prices prices.db, or #!connect lab "
                + "Host=db;Database=research.");
        }

        if (!ConnectionName().IsMatch(words[0]))
            throw new MagicException($"a connection's name is letters, digits, '-' and '_', but was '{words[0]}'.");
        return $"Magics.Connect({Literal(words[0])}, {Literal(Unquoted(words[1]))}, {(create ? "true" : "false")});";
    }

    private static string Sql(string rest, IReadOnlyList<string> body)
    {
        (List<string> words, Dictionary<string, string> options) = Read(rest, "#!sql", "--name", "--connection");
        if (options.Remove("--connection", out string? named))
            words.Insert(0, named);
        if (words.Count > 1)
            throw new MagicException($"#!sql takes one connection, but was given {string.Join(" and ", words)}.");
        if (body.All(line => line.Trim().Length == 0))
            throw new MagicException("#!sql needs a query in the lines below it.");
        string? result = options.TryGetValue("--name", out string? name) ? Variable(name, "--name") : null;
        string connection = words.Count == 0 ? "null" : Literal(words[0]);
        string query = string.Join('\n', body);
        var code = new StringBuilder(result is null ? "display(" : $"var {result} = ");
        code.Append($"await Magics.SqlAsync({connection}, {Literal(query)}");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        (int line, int column) = (0, 0);
        foreach (SqlParameters.Place place in SqlParameters.In(query).Where(place => seen.Add(place.Name)))
        {
            // On the line of the query, and in its column where that can be.
            if (place.Line + 1 > line)
            {
                code.Append('\n', place.Line + 1 - line);
                (line, column) = (place.Line + 1, 0);
            }

            string pair = $", ({Literal(place.Name)}, ";
            int gap = Math.Max(place.Column + 1 - column - pair.Length, 0);
            code.Append(' ', gap).Append(pair).Append('@').Append(place.Name).Append(')');
            column += gap + pair.Length + place.Name.Length + 2;
        }

        return code.Append(result is null ? "));" : $"); display({result});").ToString();
    }

    /// <summary>Words and options with a value, in any order; quotes keep spaces.</summary>
    private static (List<string> Words, Dictionary<string, string> Options) Read(
        string rest, string magic, params string[] known)
    {
        var words = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        string? waiting = null;
        foreach (Match match in Word().Matches(rest))
        {
            string word = Unquoted(match.Value);
            if (waiting is not null)
            {
                options[waiting] = word;
                waiting = null;
            }
            else if (match.Value.StartsWith("--", StringComparison.Ordinal))
            {
                waiting = known.Contains(word)
                    ? word
                    : throw new MagicException($"{magic} has no option {word}; it knows {string.Join(", ", known)}.");
            }
            else
            {
                words.Add(word);
            }
        }

        return waiting is null ? (words, options) : throw new MagicException($"{magic} {waiting} needs a value.");
    }

    private static string Variable(string name, string magic) =>
        SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None
            ? name
            : throw new MagicException($"{magic} takes the name of a variable, but was given '{name}'.");

    private static string Unquoted(string word) =>
        word.Length > 1 && word[0] is '"' or '\'' && word[^1] == word[0] ? word[1..^1] : word;

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    [GeneratedRegex(@"^\s+--name\s+(\S+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"^\s+([^\s=]+)\s*(.*)$")]
    private static partial Regex NameAndRest();

    [GeneratedRegex(@"^--value\s+(.+)$")]
    private static partial Regex ValueOption();

    [GeneratedRegex(@"^[\w-]+$")]
    private static partial Regex ConnectionName();

    [GeneratedRegex("""
        "[^"]*"|'[^']*'|\S+
        """)]
    private static partial Regex Word();
}
