using Markdig.Renderers;
using Markdig.Syntax.Inlines;

namespace FinML.Notebooks.Papers;

/// <summary>What stands in a line: citations, references, claims, links.</summary>
internal sealed partial class PaperHtml
{
    private string Citation(CitationInline citation)
    {
        string Linked(BibEntry entry, string text) =>
            $"<a class=\"cite\" href=\"#ref-{Encode(Anchor(entry.Key))}\">{Encode(text)}</a>";
        if (citation.InSentence)
        {
            var work = citation.Works[0];
            if (contents.Entry(work.Key) is not { } entry)
                return Encode($"@{work.Key}");
            var where = work.Locator.Length > 0 ? $", {Encode(work.Locator)}" : "";
            return $"{Encode(ReferenceStyle.Short(entry, "and"))} ("
                + $"{Linked(entry, contents.References.Year(entry))}{where})";
        }

        var works = citation.Works.Select(work =>
        {
            if (contents.Entry(work.Key) is not { } entry)
                return Encode($"@{work.Key}");
            var year = contents.References.Year(entry);
            var text = work.YearOnly ? year : $"{ReferenceStyle.Short(entry, "&")}, {year}";
            return (work.Prefix.Length > 0 ? Encode(work.Prefix) + " " : "") + Linked(entry, text)
                + (work.Locator.Length > 0 ? $", {Encode(work.Locator)}" : "");
        });
        return $"({string.Join("; ", works)})";
    }

    private string Placeholder(PlaceholderInline placeholder)
    {
        if (placeholder.Kind == "ref")
        {
            return contents.Target(placeholder.Argument) is { } target
                ? $"<a href=\"#{Encode(PaperTarget.Anchor(target.Label))}\">"
                    + $"{Encode(target.Text).Replace(" ", "&#160;")}</a>"
                : "";
        }

        var (id, part) = PaperContents.Split(placeholder.Argument);
        if (placeholder.Kind != "claim" || contents.Result(id) is not { } result)
            return "";
        var (statement, source, reason) = contents.Texts[result.Claim];
        return part switch
        {
            "published" => Encode(result.Claim.PublishedText),
            "difference" => Encode(result.DifferenceText),
            "tolerance" => Encode(result.Claim.ToleranceText),
            "error" => Encode(result.StandardErrorText),
            "verdict" => Encode(result.VerdictText),
            "statement" => Inline(statement),
            "source" => Inline(source),
            "reason" => reason is null ? "" : Inline(reason),
            "badge" => $"<span class=\"badge\">{ReproductionBadge.Svg(result)}</span>",
            _ => Value(result),
        };
    }

    /// <summary>Our value, with a mark that leads to the row of the table.</summary>
    private string Value(ClaimResult result)
    {
        var (kind, mark) = result.Verdict switch
        {
            ClaimVerdict.Reproduced => ("reproduced", "✓"),
            ClaimVerdict.Differs => ("differs", "≠"),
            _ => ("open", "?"),
        };
        var title = $"{result.VerdictText}: published {result.Claim.PublishedText}, "
            + $"tolerance {result.Claim.ToleranceText}";
        return $"<a class=\"claim {kind}\" href=\"#claim-{Encode(result.Claim.Id)}\" title=\"{Encode(title)}\">"
            + $"{Encode(result.ValueText)}<sup>{mark}</sup></a>";
    }

    private void Link(HtmlRenderer to, LinkInline link)
    {
        if (link.IsImage)
        {
            to.Write($"<img alt=\"{Encode(link.FirstChild?.ToString() ?? "")}\" src=\"{Data(link.Url ?? "")}\">");
            return;
        }

        // Addresses of other schemes, such as javascript:, stay text.
        var url = link.Url ?? "";
        var safe = url.StartsWith('#') || url.StartsWith("https://", StringComparison.Ordinal)
            || url.StartsWith("http://", StringComparison.Ordinal)
            || url.StartsWith("mailto:", StringComparison.Ordinal) || !url.Contains(':');
        if (safe)
            to.Write($"<a href=\"{Encode(url)}\">");
        to.WriteChildren(link);
        if (safe)
            to.Write("</a>");
    }
}
