using System.Text.RegularExpressions;

namespace FinML.Notebooks;

/// <summary>Finds the parameters of a query: @name, outside of texts, quoted names and comments.</summary>
internal static partial class SqlParameters
{
    /// <param name="Name">Without @.</param>
    /// <param name="Line">The line of the query, from 0.</param>
    /// <param name="Column">The column of @, from 0.</param>
    internal readonly record struct Place(string Name, int Line, int Column);

    /// <summary>Every place of every parameter, in order.</summary>
    internal static IEnumerable<Place> In(string query)
    {
        foreach (Match match in Tokens().Matches(query))
        {
            if (!match.Groups["name"].Success)
                continue;
            int start = query.LastIndexOf('\n', Math.Max(match.Index - 1, 0)) + 1;
            yield return new Place(
                match.Groups["name"].Value, query.AsSpan(0, match.Index).Count('\n'), match.Index - start);
        }
    }

    [GeneratedRegex("""
        '(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | /\*.*?\*/ | \$(?<tag>\w*)\$.*?\$\k<tag>\$
        | @@\w+ | (?<![\w@])@(?<name>[A-Za-z_]\w*)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex Tokens();
}
