using System.Globalization;
using System.Text.RegularExpressions;

namespace FinML.Notebooks;

/// <summary>
/// Compares two texts word by word: numbers within a tolerance, everything else as it stands. Dates, times and version
/// numbers are words; runs of blanks count as one, since a number that grew by a digit moves its column.
/// </summary>
internal static partial class NumericText
{
    /// <summary>Integers above 2^53 are identifiers more often than amounts, and a double does not hold them.</summary>
    private const double LargestExact = 9007199254740992;

    /// <param name="Same">Whether the texts agree.</param>
    /// <param name="LargestRelativeDifference">Over the numbers; null where words differ.</param>
    internal readonly record struct Comparison(bool Same, double? LargestRelativeDifference);

    private readonly record struct Token(string Word, double? Number);

    public static Comparison Compare(string stored, string fresh, OutputTolerance tolerance)
    {
        if (stored == fresh)
            return new(true, 0);
        using var a = Tokens(stored).GetEnumerator();
        using var b = Tokens(fresh).GetEnumerator();
        var (same, largest) = (true, 0.0);
        while (true)
        {
            var more = a.MoveNext();
            if (more != b.MoveNext())
                return new(false, null);
            if (!more)
                return new(same, largest);
            if (a.Current is { Number: { } x } && b.Current is { Number: { } y })
            {
                same &= tolerance.Allows(x, y);
                largest = Math.Max(largest, OutputTolerance.RelativeDifference(x, y));
            }
            else if (a.Current.Word != b.Current.Word)
            {
                return new(false, null);
            }
        }
    }

    private static IEnumerable<Token> Tokens(string text)
    {
        var end = 0;
        foreach (Match match in Numbers().Matches(text))
        {
            var number = Number(match);
            if (number is null)
                continue;
            yield return Words(text[end..match.Index]);
            yield return new(match.Value, number);
            end = match.Index + match.Length;
        }

        yield return Words(text[end..].TrimEnd());
    }

    private static Token Words(string text) => new(Blanks().Replace(text, static m => m.Value.Contains('\n')
        ? new string('\n', m.Value.Count(c => c == '\n')) // blanks at the end of a line say nothing
        : " "), null);

    /// <summary>The value of a match that is a number, or null for a date, a time or a version.</summary>
    private static double? Number(Match match)
    {
        if (!match.Groups["number"].Success)
            return null;
        var value = double.Parse(match.Value, NumberStyles.Float | NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture);
        var isInteger = match.Value.AsSpan().IndexOfAny('.', 'e', 'E') < 0;
        return !double.IsFinite(value) || (isInteger && Math.Abs(value) > LargestExact) ? null : value;
    }

    // What has two colons' or dots' worth of digits comes first, so that its digits are not taken for numbers.
    [GeneratedRegex(
        @"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?|\d+:\d\d(?::\d\d(?:\.\d+)?)?|\d+\.\d+(?:\.\d+)+"
        + @"|(?<number>(?<![\p{L}\d_.])(?:(?<=^|[\s(\[{<>=:;,|""'~/*±–])[-+])?"
        + @"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
