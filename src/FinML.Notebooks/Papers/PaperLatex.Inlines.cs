using System.Text;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax.Inlines;

namespace FinML.Notebooks.Papers;

/// <summary>What stands in a line: words, formulas, citations, references, claims.</summary>
internal sealed partial class PaperLatex
{
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
