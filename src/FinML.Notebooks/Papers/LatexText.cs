using System.Text;

namespace FinML.Notebooks.Papers;

/// <summary>Plain text as LaTeX sets it: its own signs escaped, and what its fonts lack as commands.</summary>
internal static class LatexText
{
    private static readonly Dictionary<char, string> Signs = new()
    {
        ['\\'] = "\\textbackslash{}",
        ['&'] = "\\&",
        ['%'] = "\\%",
        ['$'] = "\\$",
        ['#'] = "\\#",
        ['_'] = "\\_",
        ['{'] = "\\{",
        ['}'] = "\\}",
        ['~'] = "\\textasciitilde{}",
        ['^'] = "\\textasciicircum{}",
        ['<'] = "\\textless{}",
        ['>'] = "\\textgreater{}",
        ['|'] = "\\textbar{}",
        ['"'] = "\\textquotedbl{}",
        ['\u00A0'] = "~",
        ['\u2009'] = "\\,",
        ['\u202F'] = "\\,",
        ['–'] = "--",
        ['—'] = "---",
        ['’'] = "'",
        ['‘'] = "`",
        ['“'] = "``",
        ['”'] = "''",
        ['…'] = "\\ldots{}",
        ['✓'] = "$\\checkmark$",
        ['√'] = "$\\surd$",
        ['†'] = "$^{\\dagger}$",
        ['‡'] = "$^{\\ddagger}$",
        ['°'] = "$^{\\circ}$",
        ['²'] = "$^2$",
        ['³'] = "$^3$",
        ['½'] = "$\\tfrac12$",
        ['µ'] = "$\\mu$",
        ['−'] = "$-$",
        ['≠'] = "$\\ne$",
        ['·'] = "$\\cdot$",
    };

    // Every sign that has a command in formulas is set by it.
    private static readonly Dictionary<char, string> Mathematics = new[]
        {
            TexSymbols.Letters, TexSymbols.Binary, TexSymbols.Relations, TexSymbols.Large, TexSymbols.Signs,
        }
        .SelectMany(table => table).Where(pair => pair.Value.Length == 1 && pair.Value[0] > 127)
        .DistinctBy(pair => pair.Value[0]).ToDictionary(pair => pair.Value[0], pair => $"$\\{pair.Key}$");

    /// <summary>The text for LaTeX.</summary>
    public static string Escape(string text)
    {
        var latex = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (Signs.TryGetValue(c, out var sign) || (c > 127 && Mathematics.TryGetValue(c, out sign)))
                latex.Append(sign);
            else
                latex.Append(char.IsControl(c) ? ' ' : c);
        }

        return latex.ToString();
    }

    /// <summary>An address for \href and \url.</summary>
    public static string Address(string url) => url
        .Replace("\\", "/", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("#", "\\#", StringComparison.Ordinal).Replace("{", "\\%7B", StringComparison.Ordinal)
        .Replace("}", "\\%7D", StringComparison.Ordinal);
}
