using System.Text;

namespace FinML.Figures.Tables;

/// <summary>Tables for papers: a table environment in the rules of the booktabs package, best cells in bold.</summary>
internal static class TableLatex
{
    public static string Write(string? title, TableGrid grid, IReadOnlyCollection<string> footnotes, string? label)
    {
        var tex = new StringBuilder("\\begin{table}[t]\n\\centering\n");
        if (!string.IsNullOrEmpty(title))
            tex.Append("\\caption{").Append(Escape(title)).Append("}\n");
        if (label is not null)
            tex.Append("\\label{").Append(label).Append("}\n");
        tex.Append("\\begin{tabular}{").Append(string.Concat(grid.Alignments.Select(a => a switch
        {
            Alignment.Right => 'r',
            Alignment.Center => 'c',
            _ => 'l',
        }))).Append("}\n\\toprule\n");
        if (grid.HasGroups)
            AppendGroups(tex, grid);
        AppendLine(tex, grid.Headers.Select(Escape));
        tex.Append("\\midrule\n");
        for (int r = 0; r < grid.Cells.Length; r++)
        {
            int row = r;
            AppendLine(tex, grid.Cells[r].Select((cell, c) =>
                grid.IsBest[row][c] ? $"\\textbf{{{Escape(cell)}}}" : Escape(cell)));
        }

        tex.Append("\\bottomrule\n\\end{tabular}\n");
        foreach (string note in footnotes)
            tex.Append("\n\\smallskip{\\footnotesize ").Append(Escape(note)).Append("}\n");
        return tex.Append("\\end{table}\n").ToString();
    }

    private static void AppendGroups(StringBuilder tex, TableGrid grid)
    {
        AppendLine(tex, grid.Groups.Select(g => g.Name is null ? ""
            : $"\\multicolumn{{{Number(g.Count)}}}{{c}}{{{Escape(g.Name)}}}"));
        tex.AppendJoin(' ', grid.Groups.Where(g => g.Name is not null)
            .Select(g => $"\\cmidrule(lr){{{Number(g.Start + 1)}-{Number(g.Start + g.Count)}}}")).Append('\n');
    }

    private static void AppendLine(StringBuilder tex, IEnumerable<string> cells) =>
        tex.AppendJoin(" & ", cells).Append(" \\\\\n");

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Text that LaTeX sets as it stands; what its default fonts lack becomes a command.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool negative = c == '-' && i + 1 < text.Length && (char.IsAsciiDigit(text[i + 1]) || text[i + 1] == '∞')
                && (i == 0 || text[i - 1] is ' ' or '[' or '(');
            escaped.Append(negative ? "$-$" : c switch
            {
                '\\' => "\\textbackslash{}",
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{c}",
                '~' => "\\textasciitilde{}",
                '^' => "\\textasciicircum{}",
                // A row that starts with a bracket would be read as the space after the row before.
                '[' => "{[}",
                ']' => "{]}",
                '<' => "$<$",
                '>' => "$>$",
                '|' => "$|$",
                '"' => "''",
                '–' => "--",
                '—' => "---",
                '\u2212' => "$-$",
                '∞' => "$\\infty$",
                '±' => "$\\pm$",
                '≤' => "$\\le$",
                '≥' => "$\\ge$",
                '†' => "$^{\\dagger}$",
                '‡' => "$^{\\ddagger}$",
                _ when char.IsControl(c) => " ",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
