using System.Text;

namespace FinML.Figures.Tables;

/// <summary>Tables for terminals and for Markdown.</summary>
internal static class TableText
{
    private const int Gap = 2;

    public static string Plain(string? title, TableGrid grid, IEnumerable<string> footnotes)
    {
        int columns = grid.Headers.Length;
        var widths = new int[columns];
        for (int c = 0; c < columns; c++)
        {
            int cells = grid.Cells.Length == 0
                ? 0 : Enumerable.Range(0, grid.Cells.Length).Max(r => Length(Cell(grid, r, c)));
            widths[c] = Math.Max(Length(grid.Headers[c]), cells);
        }

        // A group's name needs room over its columns: the last of them gets what lacks.
        foreach (var (name, start, count) in grid.Groups.Where(g => g.Name is not null))
        {
            int width = Enumerable.Range(start, count).Sum(c => widths[c]) + Gap * (count - 1);
            widths[start + count - 1] += Math.Max(Length(name!) - width, 0);
        }

        int total = widths.Sum() + Gap * (columns - 1);
        var text = new StringBuilder();
        if (!string.IsNullOrEmpty(title))
            text.Append(title).Append('\n');
        if (grid.HasGroups)
            AppendGroups(text, grid, widths);
        AppendLine(text, Enumerable.Range(0, columns).Select(c => Pad(grid.Headers[c], widths[c], grid.Alignments[c])));
        text.Append('─', total).Append('\n');
        for (int r = 0; r < grid.Cells.Length; r++)
            AppendLine(text, Enumerable.Range(0, columns)
                .Select(c => Pad(Cell(grid, r, c), widths[c], grid.Alignments[c])));
        if (grid.IsBest.Any(row => row.Contains(true)))
            text.Append("* best in its column\n");
        foreach (string note in footnotes)
            text.Append(note).Append('\n');
        return text.ToString();
    }

    public static string Markdown(string? title, TableGrid grid, IEnumerable<string> footnotes)
    {
        var text = new StringBuilder();
        if (!string.IsNullOrEmpty(title))
            text.Append("**").Append(Escape(title)).Append("**\n\n");
        // Markdown has one header line: a group's name goes before the column's.
        var groups = grid.Groups.SelectMany(g => Enumerable.Repeat(g.Name, g.Count)).ToArray();
        text.Append("| ").AppendJoin(" | ", grid.Headers.Select((h, c) =>
            Escape(groups[c] is null ? h : $"{groups[c]}: {h}"))).Append(" |\n");
        text.Append('|').AppendJoin('|', grid.Alignments.Select(a => a switch
        {
            Alignment.Right => "---:",
            Alignment.Center => ":---:",
            _ => "---",
        })).Append("|\n");
        for (int r = 0; r < grid.Cells.Length; r++)
        {
            text.Append("| ").AppendJoin(" | ", grid.Cells[r].Select((cell, c) =>
                grid.IsBest[r][c] ? $"**{Escape(cell)}**" : Escape(cell))).Append(" |\n");
        }

        foreach (string note in footnotes)
            text.Append('\n').Append(Escape(note)).Append('\n');
        return text.ToString();
    }

    private static void AppendGroups(StringBuilder text, TableGrid grid, int[] widths)
    {
        var names = new List<string>();
        var rules = new List<string>();
        foreach (var (name, start, count) in grid.Groups)
        {
            int width = Enumerable.Range(start, count).Sum(c => widths[c]) + Gap * (count - 1);
            names.Add(Pad(name ?? "", width, Alignment.Center));
            rules.Add(new string(name is null ? ' ' : '─', width));
        }

        AppendLine(text, names);
        AppendLine(text, rules);
    }

    private static void AppendLine(StringBuilder text, IEnumerable<string> cells) =>
        text.Append(string.Join(new string(' ', Gap), cells).TrimEnd()).Append('\n');

    private static string Cell(TableGrid grid, int row, int column) =>
        grid.Cells[row][column] + (grid.IsBest[row][column] ? "*" : "");

    private static string Pad(string text, int width, Alignment alignment)
    {
        int room = Math.Max(width - Length(text), 0);
        int left = alignment switch { Alignment.Right => room, Alignment.Center => room / 2, _ => 0 };
        return new string(' ', left) + text + new string(' ', room - left);
    }

    // Terminal columns: a surrogate pair is one character, and ideographs take two columns.
    private static int Length(string text) => text.EnumerateRunes().Sum(r => r.Value switch
    {
        >= 0x300 and <= 0x36f => 0,
        >= 0x1100 and <= 0x115f or >= 0x2e80 and <= 0xa4cf or >= 0xac00 and <= 0xd7a3 or >= 0xff00 and <= 0xff60 => 2,
        >= 0x1f300 => 2,
        _ => 1,
    });

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            if (c is '|' or '*' or '_' or '`' or '\\' or '<' or '>')
                escaped.Append('\\');
            escaped.Append(c is '\n' or '\r' ? ' ' : c);
        }

        return escaped.ToString();
    }
}
