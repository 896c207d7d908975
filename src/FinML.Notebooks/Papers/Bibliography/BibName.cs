using System.Text.RegularExpressions;

namespace FinML.Notebooks.Papers;

/// <summary>A person or a body, by BibTeX's rules for names.</summary>
/// <param name="Family">The family name with its particle ("de Prado", "van der Vaart"); the whole name of a
/// body.</param>
/// <param name="Given">Given names, empty for a body.</param>
/// <param name="Suffix">"Jr." and the like, or empty.</param>
public sealed partial record BibName(string Family, string Given, string Suffix)
{
    /// <summary>The names of a field: parts between " and " outside of braces.</summary>
    public static IReadOnlyList<BibName> ParseList(string tex) =>
    [
        .. Split(tex, " and ").Select(name => Space().Replace(name, " ").Trim()).Where(name => name.Length > 0)
            .Select(Parse),
    ];

    private static BibName Parse(string tex)
    {
        var parts = Split(tex, ",").Select(part => part.Trim()).ToList();
        if (parts.Count >= 3)
            return new(BibText.Decode(parts[0]), BibText.Decode(parts[2]), BibText.Decode(parts[1]));
        if (parts.Count == 2)
            return new(BibText.Decode(parts[0]), BibText.Decode(parts[1]), "");

        var words = Split(tex, " ").Where(word => word.Length > 0).ToList();
        if (words.Count <= 1)
            return new(BibText.Decode(tex), "", "");
        // A particle begins with a small letter, and the family name with it.
        var family = words.FindIndex(0, words.Count - 1, word => IsSmall(BibText.Decode(word)) && word[0] != '{');
        family = family < 0 ? words.Count - 1 : family;
        return new(
            BibText.Decode(string.Join(' ', words[family..])), BibText.Decode(string.Join(' ', words[..family])), "");
    }

    private static bool IsSmall(string word) => word.Length > 0 && char.IsLower(word[0]);

    /// <summary>Splits outside of braces.</summary>
    private static List<string> Split(string text, string separator)
    {
        var parts = new List<string>();
        var start = 0;
        var depth = 0;
        var spaced = Space().Replace(text, " ");
        for (var i = 0; i < spaced.Length; i++)
        {
            depth += spaced[i] == '{' ? 1 : spaced[i] == '}' ? -1 : 0;
            if (depth <= 0 && string.CompareOrdinal(spaced, i, separator, 0, separator.Length) == 0)
            {
                parts.Add(spaced[start..i]);
                start = i + separator.Length;
                i = start - 1;
            }
        }

        parts.Add(spaced[start..]);
        return parts;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
