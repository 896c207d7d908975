using System.Text;
using FinML.Figures;

namespace FinML.Evaluation;

/// <summary>A report as Markdown (GitHub's dialect), with the figures as files beside it.</summary>
public static class EvidenceMarkdown
{
    /// <summary>The text; figures are the SVG files of <see cref="EvidenceFiles"/>.</summary>
    public static string Render(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        text.Append($"# {Escape(report.Input.Name)}\n\n{Escape(EvidenceSections.Span(report))}\n\n")
            .Append($"> **{Escape(report.Verdict.Sentence)}**\n\n");
        Bullets(text, report.Verdict.Reasons);
        Bullets(text, [.. report.Checks.Select(c => $"{c.Level}, {c.Id}: {c.Sentence}"), .. report.Input.Notes]);
        foreach (ReportSection section in EvidenceSections.Of(report))
        {
            text.Append($"## {section.Title}\n\n");
            if (section.Figures.Count + section.Tables.Count == 0)
                Bullets(text, section.Lead);
            else if (section.Lead.Count > 0)
                text.Append(Escape(string.Join(' ', section.Lead))).Append("\n\n");
            foreach ((string file, Figure figure) in section.Figures)
                text.Append($"![{Escape(figure.Title ?? file)}]({file}.svg)\n\n");
            foreach (Table table in section.Tables)
                text.Append(table.ToMarkdown()).Append('\n');
        }

        text.Append("---\n\n");
        foreach (string line in EvidencePage.Method(report))
            text.Append(Escape(line)).Append("\n\n");
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Bullets(StringBuilder text, IReadOnlyList<string> lines)
    {
        foreach (string line in lines)
            text.Append("- ").Append(Escape(line)).Append('\n');
        if (lines.Count > 0)
            text.Append('\n');
    }

    /// <summary>Names come from other people's files: what Markdown or HTML would read as markup is escaped.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text.ReplaceLineEndings(" "))
        {
            if (c is '\\' or '`' or '*' or '_' or '<' or '>' or '|' or '#' or '!' or '&' or '[' or ']')
                escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
