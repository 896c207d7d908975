using System.Text;
using Markdig.Extensions.DefinitionLists;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace FinML.Notebooks.Papers;

/// <summary>What stands between lines: headings, paragraphs, equations, figures, tables.</summary>
internal sealed partial class PaperLatex
{
    private static readonly string[] Sections =
        ["section", "subsection", "subsubsection", "paragraph", "subparagraph", "subparagraph"];

    private string Blocks(ContainerBlock container)
    {
        var latex = new StringBuilder();
        for (var i = 0; i < container.Count; i++)
        {
            var text = Write(container[i]);
            var next = i + 1 < container.Count ? container[i + 1] : null;
            latex.Append(OneParagraph(container[i], next) ? text.TrimEnd('\n') + "\n" : text);
        }

        return latex.ToString();
    }

    /// <summary>A displayed formula is part of the paragraph before it, and of the one after it where that goes on in
    /// the middle of a sentence: an empty line would indent there.</summary>
    private static bool OneParagraph(Block block, Block? next) => (block, next) switch
    {
        (ParagraphBlock, EquationBlock) => true,
        (EquationBlock, ParagraphBlock { Inline.FirstChild: LiteralInline words }) =>
            words.Content.Length > 0 && char.IsLower(words.Content.CurrentChar),
        _ => false,
    };

    private string Write(Block block)
    {
        switch (block)
        {
            case HeadingBlock heading:
                return Heading(heading);
            case EquationBlock equation:
                return Equation(equation);
            case ParagraphBlock paragraph when contents.Captions.Contains(paragraph):
                return "";
            case ParagraphBlock paragraph when PaperContents.IsClaims(paragraph):
                return ClaimsTable();
            case ParagraphBlock paragraph when contents.Floats.TryGetValue(paragraph, out var each):
                return Float(each);
            case ParagraphBlock paragraph:
                return Inlines(paragraph.Inline) + "\n\n";
            case Table table:
                return Grid(table);
            case ListBlock list:
                var kind = list.IsOrdered ? "enumerate" : "itemize";
                return $"\\begin{{{kind}}}\n{Blocks(list)}\\end{{{kind}}}\n\n";
            case ListItemBlock item:
                return "\\item " + Blocks(item).Trim() + "\n";
            case QuoteBlock quote:
                return $"\\begin{{quote}}\n{Blocks(quote).Trim()}\n\\end{{quote}}\n\n";
            case DefinitionList definitions:
                return $"\\begin{{description}}\n{Blocks(definitions)}\\end{{description}}\n\n";
            case DefinitionTerm term:
                return $"\\item[{Inlines(term.Inline)}] ";
            case DefinitionItem item:
                return Blocks(item).Trim() + "\n";
            case ThematicBreakBlock:
                return "\\begin{center}\\rule{.4\\linewidth}{.4pt}\\end{center}\n\n";
            case CodeBlock code:
                // The environment ends at its own name alone.
                var text = code.Lines.ToString()
                    .Replace("\\end{verbatim}", "\\end {verbatim}", StringComparison.Ordinal);
                return $"\\begin{{verbatim}}\n{text}\n\\end{{verbatim}}\n\n";
            case FootnoteGroup or LinkReferenceDefinitionGroup or HtmlBlock:
                return ""; // footnotes stand where they are called
            case ContainerBlock container:
                return Blocks(container);
            default:
                return "";
        }
    }

    private string Heading(HeadingBlock heading)
    {
        var (number, _, label) = contents.Sections.GetValueOrDefault(heading, (null, "", null));
        return $"\\{Sections[heading.Level - 1]}{(number is null ? "*" : "")}{{{Inlines(heading.Inline)}}}"
            + (label is null ? "" : $"\\label{{{label}}}") + "\n\n";
    }

    private string Equation(EquationBlock equation)
    {
        var tex = equation.Tex.ToString().Trim();
        formulas.Append(tex).Append('\n');
        return contents.Equations.ContainsKey(equation)
            ? $"\\begin{{equation}}\\label{{{equation.Label}}}\n{tex}\n\\end{{equation}}\n\n"
            : $"\\[\n{tex}\n\\]\n\n";
    }

    private string Float(PaperFloat each)
    {
        if (each.Kind == ReportedKind.Table)
            return TableFloat(each, contents.Run.Part(ReportedKind.Table, each.Id!, "text/latex"));
        var file = each.Picture is { } picture
            ? Path.ChangeExtension(picture, Path.GetExtension(picture) == ".svg" ? ".pdf" : Path.GetExtension(picture))
            : $"figures/{each.Id}.pdf";
        var known = each.Picture is not null
            || contents.Run.Part(ReportedKind.Figure, each.Id!, "image/svg+xml") is not null;
        var body = known
            ? $"\\includegraphics[width=\\linewidth,height=.38\\textheight,keepaspectratio]{{{file}}}"
            : "\\fbox{not run}";
        return $"\\begin{{figure}}[tbp]\n\\centering\n{body}\n\\caption{{{Caption(each)}}}{Label(each)}\n"
            + "\\end{figure}\n\n";
    }

    private string TableFloat(PaperFloat each, string? latex)
    {
        var body = "\\fbox{not run}\n";
        if (latex is not null)
        {
            // The table's own environment gives way to ours, which has the paper's caption and label.
            var start = latex.IndexOf("\\begin{tabular}", StringComparison.Ordinal);
            var end = latex.IndexOf("\\end{table}", StringComparison.Ordinal);
            body = start >= 0 && end > start ? latex[start..end] : latex;
            body = Fitted(body);
        }

        return $"\\begin{{table}}[tbp]\n\\centering\\small\n\\caption{{{Caption(each)}}}{Label(each)}\n\\smallskip\n"
            + $"{body}\\end{{table}}\n\n";
    }

    /// <summary>A table that is never wider than the text; what stands behind it keeps its size.</summary>
    private static string Fitted(string latex)
    {
        const string End = "\\end{tabular}\n";
        var end = latex.IndexOf(End, StringComparison.Ordinal);
        return end < 0 ? latex
            : $"\\begin{{fitted}}\n{latex[..(end + End.Length)]}\\end{{fitted}}\n{latex[(end + End.Length)..]}";
    }

    private string Caption(PaperFloat each) => each.Caption is null ? "" : Inlines(each.Caption);

    private static string Label(PaperFloat each) => each.Label is { } label ? $"\\label{{{label}}}" : "";

    private string Grid(Table table)
    {
        var columns = table.ColumnDefinitions.Where(each => each is not null).Select(each => each.Alignment switch
        {
            TableColumnAlign.Right => 'r',
            TableColumnAlign.Center => 'c',
            _ => 'l',
        }).ToList();
        var width = table.OfType<TableRow>().Max(row => row.Count);
        while (columns.Count < width)
            columns.Add('l');
        var tabular = new StringBuilder(
            $"\\begin{{tabular}}{{{string.Concat(columns.Take(width))}}}\n\\toprule\n");
        foreach (var row in table.OfType<TableRow>())
        {
            tabular.AppendJoin(" & ", row.OfType<TableCell>().Select(cell => Blocks(cell).Trim())).Append(" \\\\\n");
            if (row.IsHeader)
                tabular.Append("\\midrule\n");
        }

        tabular.Append("\\bottomrule\n\\end{tabular}\n");
        var each = contents.Floats.GetValueOrDefault(table);
        return each is null or { Number: 0 }
            ? $"\\begin{{center}}\\small\n{tabular}\\end{{center}}\n\n"
            : $"\\begin{{table}}[tbp]\n\\centering\\small\n\\caption{{{Caption(each)}}}{Label(each)}\n\\smallskip\n"
                + $"{Fitted(tabular.ToString())}\\end{{table}}\n\n";
    }

    private string ClaimsTable()
    {
        var latex = new StringBuilder(
            "\\begingroup\\footnotesize\\setlength{\\tabcolsep}{3.5pt}\n"
            + "\\begin{longtable}{@{}>{\\raggedright\\arraybackslash}p{.285\\linewidth}"
            + ">{\\raggedleft\\arraybackslash}p{.13\\linewidth}rrrl@{}}\n\\toprule\n"
            + "Claim & Published & Ours & Difference & Tolerance & Verdict \\\\\n\\midrule\n\\endhead\n"
            + "\\bottomrule\n\\endfoot\n");
        foreach (var result in contents.Results)
        {
            var (statement, source, reason) = contents.Texts[result.Claim];
            var (difference, tolerance) = result.Bare();
            var error = result.StandardError is null ? "" : $" ({LatexText.Escape(result.StandardErrorText)})";
            latex.Append("\\phantomsection\\label{claim:").Append(result.Claim.Id).Append('}')
                .Append(Blocks(statement).Trim()).Append(" \\emph{").Append(Blocks(source).Trim()).Append("} & ")
                .AppendJoin(" & ", new[]
                {
                    result.Claim.PublishedText, result.ValueText, difference, tolerance,
                    result.Verdict == ClaimVerdict.Differs ? "differs" : result.VerdictText,
                }.Select((text, i) => LatexText.Escape(text) + (i == 1 ? error : ""))).Append(" \\\\\n");
            if (reason is not null && result.Verdict == ClaimVerdict.Differs)
            {
                latex.Append("\\multicolumn{6}{@{}p{\\linewidth}@{}}{\\footnotesize\\textbf{Why it differs.} ")
                    .Append(Blocks(reason).Trim()).Append("} \\\\\n");
            }

            latex.Append("\\addlinespace\n");
        }

        return latex.Append("\\end{longtable}\n\\endgroup\n\n").ToString();
    }
}
