using System.Text;
using System.Text.RegularExpressions;
using Markdig.Extensions.DefinitionLists;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownTree = Markdig.Syntax.MarkdownDocument;

namespace FinML.Notebooks.Papers;

/// <summary>
/// A paper as a LaTeX document of the article class: natbib for the citations, booktabs for the tables, graphicx for
/// figures/ID.pdf. It compiles by pdflatex, bibtex and twice pdflatex.
/// </summary>
internal sealed partial class PaperLatex
{
    private static readonly string[] Sections =
        ["section", "subsection", "subsubsection", "paragraph", "subparagraph", "subparagraph"];

    private const string FittedTable = """
        \newsavebox{\fittedbox}
        \newenvironment{fitted}{\begin{lrbox}{\fittedbox}}{\end{lrbox}\ifdim\wd\fittedbox>\linewidth
          \resizebox{\linewidth}{!}{\usebox{\fittedbox}}\else\usebox{\fittedbox}\fi}
        """;

    private readonly PaperContents contents;
    private readonly StringBuilder formulas = new();

    private PaperLatex(PaperContents contents) => this.contents = contents;

    /// <summary>The document.</summary>
    public static string Render(PaperContents contents) => new PaperLatex(contents).Render();

    private string Render()
    {
        var paper = contents.Paper;
        var body = Blocks(paper.Document);
        var claims = contents.PlacesClaims || contents.Results.Count == 0 ? ""
            : "\\section*{The claims and their reproduction}\n" + ClaimsTable();
        var about = contents.Abstract is { } tree
            ? $"\\begin{{abstract}}\n{Blocks(tree).Trim()}\n\\end{{abstract}}\n"
            : "";
        var keywords = paper.Head.List("keywords") is { Count: > 0 } words
            ? $"\\noindent\\textbf{{Keywords:}} {LatexText.Escape(string.Join(", ", words))}\n"
            : "";
        var subtitle = paper.Head.Text("subtitle") is { } sub ? $"\\\\[.4em]\\large {LatexText.Escape(sub)}" : "";
        var authors = string.Join(" \\and ", paper.Authors.Select(author =>
        {
            var (name, place) = PaperHtml.Split(author);
            return LatexText.Escape(name) + (place is null ? "" : $"\\\\\\textit{{{LatexText.Escape(place)}}}");
        }));
        var files = string.Join(",", paper.BibliographyFiles.Select(Path.GetFileNameWithoutExtension));
        var references = contents.References.Sorted.Count == 0 ? ""
            : $"\\bibliographystyle{{plainnat}}\n\\bibliography{{{files}}}\n";
        var stamps = contents.Run.Stamps.Count == 0 ? ""
            : "\\bigskip\\noindent{\\footnotesize The numbers, figures and tables of this paper were computed by its "
                + $"notebooks: {LatexText.Escape(string.Join("; ", contents.Run.Stamps))}.\\par}}\n";
        return $$"""
            \documentclass[11pt,a4paper]{article}
            \usepackage[T1]{fontenc}
            \usepackage[utf8]{inputenc}
            \usepackage{lmodern}
            \usepackage[margin=27mm]{geometry}
            \usepackage{amsmath,amssymb,mathtools}
            \usepackage{textcomp}
            \usepackage{graphicx}
            \usepackage{booktabs,longtable,array}
            \usepackage[round]{natbib}
            \usepackage{microtype}
            \usepackage[hidelinks]{hyperref}
            {{FittedTable}}
            {{Operators()}}
            {{Characters(body + claims + about)}}
            \title{{{LatexText.Escape(paper.Title)}}{{subtitle}}}
            \author{{{authors}}}
            \date{{{LatexText.Escape(paper.Head.Text("date") ?? "")}}}

            \begin{document}
            \maketitle
            {{about}}{{keywords}}
            {{body}}
            {{claims}}{{references}}{{stamps}}\end{document}

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The functions of the formulas that LaTeX does not have by itself.</summary>
    private string Operators()
    {
        var text = formulas.ToString();
        var lines = new StringBuilder();
        foreach (var (name, shown, star) in (ReadOnlySpan<(string, string, string)>)
        [
            ("argmax", "arg\\,max", "*"), ("argmin", "arg\\,min", "*"), ("plim", "plim", "*"), ("sgn", "sgn", ""),
            ("sign", "sign", ""), ("var", "var", ""), ("cov", "cov", ""), ("Var", "Var", ""), ("Cov", "Cov", ""),
            ("Corr", "Corr", ""), ("tr", "tr", ""), ("rank", "rank", ""), ("diag", "diag", ""),
        ])
        {
            if (Regex.IsMatch(text, $@"\\{name}(?![A-Za-z])"))
                lines.Append($"\\providecommand{{\\{name}}}{{\\operatorname{star}{{{shown}}}}}\n");
        }

        foreach (var (name, package) in (ReadOnlySpan<(string, string)>)[("bm", "bm"), ("mathscr", "mathrsfs")])
        {
            if (Regex.IsMatch(text, $@"\\{name}(?![A-Za-z])"))
                lines.Append($"\\usepackage{{{package}}}\n");
        }

        return lines.ToString().TrimEnd('\n');
    }

    /// <summary>The signs of the text and of the notebooks' tables that LaTeX's fonts do not have.</summary>
    private static string Characters(string text)
    {
        var lines = new StringBuilder();
        foreach (var c in text.Where(c => c > 127).Distinct().Order())
        {
            if (LatexText.Command(c) is { } command)
                lines.Append($"\\DeclareUnicodeCharacter{{{(int)c:X4}}}{{{command}}}\n");
        }

        return lines.ToString().TrimEnd('\n');
    }

    private string Blocks(ContainerBlock container)
    {
        var latex = new StringBuilder();
        foreach (var block in container)
            latex.Append(Write(block));
        return latex.ToString();
    }

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
        var body = known ? $"\\includegraphics[width=\\linewidth]{{{file}}}" : "\\fbox{not run}";
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
            "\\begingroup\\footnotesize\\setlength{\\tabcolsep}{4pt}\n"
            + "\\begin{longtable}{@{}>{\\raggedright\\arraybackslash}p{.30\\linewidth}rrrrl@{}}\n\\toprule\n"
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

    private string Inlines(ContainerInline? container)
    {
        var latex = new StringBuilder();
        if (container is LinkInline { IsImage: true } image)
            container = image; // the caption of a picture is its text
        for (var inline = container?.FirstChild; inline is not null; inline = inline.NextSibling)
            latex.Append(Write(inline));
        return latex.ToString();
    }

    private string Write(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                return LatexText.Escape(literal.Content.ToString());
            case LineBreakInline lineBreak:
                return lineBreak.IsHard ? "\\\\\n" : "\n";
            case CodeInline code:
                return $"\\texttt{{{LatexText.Escape(code.Content)}}}";
            case MathInline math:
                formulas.Append(math.Content.ToString()).Append('\n');
                return math.DelimiterCount > 1
                    ? $"\\[{math.Content}\\]"
                    : $"${math.Content}$";
            case EmphasisInline emphasis:
                var command = (emphasis.DelimiterChar, emphasis.DelimiterCount) switch
                {
                    ('^', _) => "textsuperscript",
                    ('~', 1) => "textsubscript",
                    ('~', _) => "textnormal",
                    (_, 2) => "textbf",
                    _ => "emph",
                };
                return $"\\{command}{{{Inlines(emphasis)}}}";
            case CitationInline citation:
                return Citation(citation);
            case PlaceholderInline placeholder:
                return Placeholder(placeholder);
            case FootnoteLink { IsBackLink: false, Footnote: { } footnote }:
                return $"\\footnote{{{Blocks(footnote).Trim()}}}";
            case LinkInline { IsImage: true } image:
                return $"\\includegraphics[height=1em]{{{image.Url}}}";
            case LinkInline link:
                return link.Url is { } url && (url.StartsWith("http", StringComparison.Ordinal)
                        || url.StartsWith("mailto:", StringComparison.Ordinal))
                    ? $"\\href{{{LatexText.Address(url)}}}{{{Inlines(link)}}}"
                    : Inlines(link);
            case AutolinkInline autolink:
                return $"\\url{{{LatexText.Address(autolink.Url)}}}";
            case HtmlEntityInline entity:
                return LatexText.Escape(entity.Transcoded.ToString());
            case ContainerInline container:
                return Inlines(container);
            default:
                return "";
        }
    }

    private string Citation(CitationInline citation)
    {
        if (citation.InSentence)
        {
            var work = citation.Works[0];
            return $"\\citet{Locator(work)}{{{Key(work)}}}";
        }

        if (citation.Works.All(work => work is { Locator: "", Prefix: "", YearOnly: false }))
            return $"\\citep{{{string.Join(",", citation.Works.Select(Key))}}}";
        var works = citation.Works.Select(work =>
        {
            var prefix = work.Prefix.Length > 0 ? LatexText.Escape(work.Prefix) + " " : "";
            var locator = work.Locator.Length > 0 ? ", " + LatexText.Escape(work.Locator) : "";
            return $"{prefix}\\cite{(work.YearOnly ? "year" : "alp")}{{{Key(work)}}}{locator}";
        });
        return $"({string.Join("; ", works)})";
    }

    private static string Locator(CitationInline.Work work) =>
        work.Locator.Length > 0 ? $"[{LatexText.Escape(work.Locator)}]" : "";

    /// <summary>The key as the .bib file spells it: BibTeX does not care about case, LaTeX does.</summary>
    private string Key(CitationInline.Work work) => contents.Entry(work.Key)?.Key ?? work.Key;

    private string Placeholder(PlaceholderInline placeholder)
    {
        if (placeholder.Kind == "ref")
        {
            if (contents.Target(placeholder.Argument) is not { } target)
                return "";
            var word = target.Text[..target.Text.LastIndexOf(' ')];
            return placeholder.Argument.StartsWith("eq:", StringComparison.Ordinal)
                ? $"{word}~\\eqref{{{placeholder.Argument}}}"
                : $"{word}~\\ref{{{placeholder.Argument}}}";
        }

        var (id, part) = PaperContents.Split(placeholder.Argument);
        if (placeholder.Kind != "claim" || contents.Result(id) is not { } result)
            return "";
        var (statement, source, reason) = contents.Texts[result.Claim];
        return part switch
        {
            "published" => LatexText.Escape(result.Claim.PublishedText),
            "difference" => LatexText.Escape(result.DifferenceText),
            "tolerance" => LatexText.Escape(result.Claim.ToleranceText),
            "error" => LatexText.Escape(result.StandardErrorText),
            "verdict" or "badge" => LatexText.Escape(result.VerdictText),
            "statement" => Blocks(statement).Trim(),
            "source" => Blocks(source).Trim(),
            "reason" => reason is null ? "" : Blocks(reason).Trim(),
            _ => $"\\hyperref[claim:{id}]{{{LatexText.Escape(result.ValueText)}}}",
        };
    }
}
