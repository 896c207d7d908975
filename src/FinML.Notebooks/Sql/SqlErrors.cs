using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace FinML.Notebooks;

/// <summary>What a database refuses, in one sentence and with the line of the query where it is known.</summary>
internal static partial class SqlErrors
{
    internal static MagicException Of(Exception error, string query) => error switch
    {
        PostgresException refused => new MagicException(
            Sentence(refused.MessageText) + (refused.Hint is { Length: > 0 } hint ? $" {Sentence(hint)}" : ""),
            refused.Position > 0 ? Line(query, refused.Position - 1) : 0),
        NpgsqlException { InnerException: SocketException or TimeoutException } => new MagicException(
            $"the server cannot be reached: {Sentence(error.InnerException!.Message)}"),
        SqliteException refused => Sqlite(refused, query),
        _ => new MagicException(Sentence(error.Message)),
    };

    private static MagicException Sqlite(SqliteException error, string query)
    {
        string message = Message().Match(error.Message) is { Success: true } match
            ? match.Groups[1].Value
            : error.Message;
        // SQLite says what it stumbled over, not where: the place is told where there is one.
        string? word = Near().Match(message) is { Success: true } near ? near.Groups[1].Value
            : Missing().Match(message) is { Success: true } missing ? missing.Groups[1].Value : null;
        int first = word is null ? -1 : query.IndexOf(word, StringComparison.Ordinal);
        bool once = first >= 0 && query.IndexOf(word!, first + 1, StringComparison.Ordinal) < 0;
        return new MagicException(Sentence(message), once ? Line(query, first) : 0);
    }

    /// <summary>The line below the magic's own.</summary>
    private static int Line(string query, int position) =>
        1 + query.AsSpan(0, Math.Clamp(position, 0, query.Length)).Count('\n');

    private static string Sentence(string text)
    {
        text = text.ReplaceLineEndings(" ").Trim();
        return text.EndsWith('.') || text.EndsWith('?') || text.EndsWith('!') ? text : text + ".";
    }

    [GeneratedRegex(@"^SQLite Error \d+: '(.*)'\.?$", RegexOptions.Singleline)]
    private static partial Regex Message();

    [GeneratedRegex("near \"([^\"]+)\"")]
    private static partial Regex Near();

    [GeneratedRegex(@"no such (?:table|column|function): (\S+)")]
    private static partial Regex Missing();
}
