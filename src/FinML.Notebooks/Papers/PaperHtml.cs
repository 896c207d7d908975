using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownTree = Markdig.Syntax.MarkdownDocument;

namespace FinML.Notebooks.Papers;

/// <summary>
/// A paper as one HTML file that opens without a network and prints as a journal's article: no script, no font and no
/// image from elsewhere, and a content security policy that forbids them.
/// </summary>
internal sealed partial class PaperHtml
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

    private readonly PaperContents contents;
    private readonly InlinePictures pictures = new();

    private PaperHtml(PaperContents contents) => this.contents = contents;

    /// <summary>The page.</summary>
    public static string Render(PaperContents contents) => new PaperHtml(contents).Render();

    private string Render()
    {
        var paper = contents.Paper;
        var text = Text(paper.Document);
        // Notes stand behind everything that the authors wrote, and before the references.
        var notes = text.IndexOf("<div class=\"footnotes\">", StringComparison.Ordinal);
        var footnotes = notes < 0 ? "" : text[notes..];
        text = notes < 0 ? text : text[..notes];
        var claims = contents.PlacesClaims || contents.Results.Count == 0 ? "" : ClaimsSection();
        var authors = string.Join(" <span class=\"and\">·</span> ", paper.Authors.Select(Author));
        var subtitle = paper.Head.Text("subtitle") is { } sub ? $"<p class=\"subtitle\">{Encode(sub)}</p>\n" : "";
        var date = paper.Head.Text("date") is { } day ? $"<p class=\"date\">{Encode(day)}</p>\n" : "";
        var summary = contents.Results.Count == 0 ? "" : "<p class=\"verdict\"><a href=\"#claims\" "
            + $"aria-label=\"{Encode(ReproductionBadge.Summary(contents.Results))}\">"
            + $"{ReproductionBadge.Svg(contents.Results)}</a></p>\n";
        var about = contents.Abstract is { } tree
            ? $"<section class=\"abstract\">\n<h2>Abstract</h2>\n{Text(tree)}{Keywords()}</section>\n"
            : Keywords();
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="color-scheme" content="light dark">
            <meta name="author" content="{Encode(string.Join(", ", paper.Authors.Select(Name)))}">
            <title>{Encode(paper.Title)}</title>
            <style>
            {PaperStyle.Css}
            </style>
            </head>
            <body>
            <article>
            <header>
            <h1>{Encode(paper.Title)}</h1>
            {subtitle}<p class="authors">{authors}</p>
            {date}{summary}</header>
            {about}<main>
            {text}{claims}{footnotes}{References()}</main>
            <footer>
            {Colophon()}</footer>
            </article>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>"Name (Affiliation)" in two parts.</summary>
    internal static (string Name, string? Place) Split(string author)
    {
        var open = author.IndexOf('(');
        return open > 0 && author.TrimEnd().EndsWith(')')
            ? (author[..open].Trim(), author.TrimEnd()[(open + 1)..^1].Trim())
            : (author.Trim(), null);
    }

    private static string Name(string author) => Split(author).Name;

    private static string Author(string author)
    {
        var (name, place) = Split(author);
        return $"<span class=\"author\">{Encode(name)}</span>"
            + (place is null ? "" : $" <span class=\"place\">{Encode(place)}</span>");
    }

    private string Keywords() => contents.Paper.Head.List("keywords") is { Count: > 0 } words
        ? $"<p class=\"keywords\"><b>Keywords</b> {Encode(string.Join(", ", words))}</p>\n"
        : "";

    private string Colophon()
    {
        var html = new StringBuilder();
        if (contents.Run.Stamps.Count > 0)
        {
            html.Append("<p>The numbers, figures and tables of this paper were computed by its notebooks: ")
                .Append(Encode(string.Join("; ", contents.Run.Stamps))).Append(".</p>\n");
        }

        return html.ToString();
    }

    private string References()
    {
        var sorted = contents.References.Sorted;
        if (sorted.Count == 0)
            return "";
        var html = new StringBuilder("<section class=\"references\">\n<h2 id=\"references\">References</h2>\n<ul>\n");
        foreach (var entry in sorted)
        {
            html.Append("<li id=\"ref-").Append(Encode(Anchor(entry.Key))).Append("\">")
                .Append(contents.References.Html(entry)).Append("</li>\n");
        }

        return html.Append("</ul>\n</section>\n").ToString();
    }

    private static string Anchor(string key) => NotInId().Replace(key, "-");

    private string ClaimsSection() =>
        $"<section>\n<h2 id=\"claims-section\">The claims and their reproduction</h2>\n{ClaimsTable()}</section>\n";

    private string ClaimsTable()
    {
        var html = new StringBuilder("<div class=\"scroll\">\n<table class=\"claims\" id=\"claims\">\n<thead><tr>"
            + "<th>Claim</th><th class=\"n\">Published</th><th class=\"n\">Ours</th><th class=\"n\">Difference</th>"
            + "<th class=\"n\">Tolerance</th><th>Verdict</th></tr></thead>\n<tbody>\n");
        foreach (var result in contents.Results)
        {
            var claim = result.Claim;
            var (statement, source, reason) = contents.Texts[claim];
            var (difference, tolerance) = result.Bare();
            var error = result.StandardError is null ? ""
                : $" <span class=\"se\">({Encode(result.StandardErrorText)})</span>";
            html.Append("<tr id=\"claim-").Append(Encode(claim.Id)).Append("\"><td>").Append(Inline(statement))
                .Append(" <span class=\"source\">").Append(Inline(source)).Append("</span></td><td class=\"n\">")
                .Append(Encode(claim.PublishedText)).Append("</td><td class=\"n\">").Append(Encode(result.ValueText))
                .Append(error).Append("</td><td class=\"n\">").Append(Encode(difference))
                .Append("</td><td class=\"n\">").Append(Encode(tolerance)).Append("</td><td>")
                .Append(ReproductionBadge.Brief(result.Verdict)).Append("</td></tr>\n");
            if (reason is not null && result.Verdict == ClaimVerdict.Differs)
            {
                html.Append("<tr class=\"reason\"><td colspan=\"6\"><b>Why it differs.</b> ").Append(Inline(reason))
                    .Append("</td></tr>\n");
            }
        }

        return html.Append("</tbody>\n</table>\n</div>\n").ToString();
    }

    /// <summary>A tree of blocks as HTML.</summary>
    private string Text(MarkdownTree tree)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        Renderer(writer).Render(tree);
        return writer.ToString();
    }

    /// <summary>A tree of one paragraph without its paragraph.</summary>
    private string Inline(MarkdownTree tree) => Paragraph().Replace(Text(tree).Trim(), "$1");

    private string Inline(ContainerInline inline)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        Renderer(writer).WriteChildren(inline);
        return writer.ToString().Trim();
    }

    private HtmlRenderer Renderer(StringWriter writer)
    {
        var renderer = new HtmlRenderer(writer);
        PaperMarkdown.Setup(renderer);
        renderer.ObjectRenderers.RemoveAll(each => each is HtmlMathInlineRenderer or HtmlMathBlockRenderer
            or HeadingRenderer or ParagraphRenderer or HtmlTableRenderer or HtmlBlockRenderer
            or Markdig.Renderers.Html.Inlines.HtmlInlineRenderer);
        renderer.ObjectRenderers.InsertRange(0,
        [
            new Part<HeadingBlock>(Heading), new Part<ParagraphBlock>(Block), new Part<Table>(Grid),
            new Part<EquationBlock>((to, equation) => to.Write(Equation(equation))),
            new Part<MathInline>((to, math) => to.Write(Formula(math.Content.ToString(), math.DelimiterCount > 1))),
            new Part<CitationInline>((to, citation) => to.Write(Citation(citation))),
            new Part<PlaceholderInline>((to, placeholder) => to.Write(Placeholder(placeholder))),
            new Part<LabelInline>((_, _) => { }), // told as a problem where it belongs to nothing
            new Part<HtmlBlock>((_, _) => { }), // a comment
            new Part<HtmlInline>((_, _) => { }),
            new Part<LinkInline>(Link),
        ]);
        return renderer;
    }

    private sealed class Part<T>(Action<HtmlRenderer, T> write) : HtmlObjectRenderer<T>
        where T : MarkdownObject
    {
        protected override void Write(HtmlRenderer renderer, T obj) => write(renderer, obj);
    }

    private void Heading(HtmlRenderer to, HeadingBlock heading)
    {
        var (number, anchor, _) = contents.Sections.GetValueOrDefault(heading, (null, "", null));
        var level = Math.Min(heading.Level + 1, 6);
        to.EnsureLine();
        to.Write(FormattableString.Invariant($"<h{level}"));
        if (anchor.Length > 0)
            to.Write($" id=\"{Encode(anchor)}\"");
        to.Write(number is null ? ">" : $"><span class=\"number\">{number}</span> ");
        to.WriteLeafInline(heading);
        to.WriteLine(FormattableString.Invariant($"</h{level}>"));
    }

    private void Block(HtmlRenderer to, ParagraphBlock paragraph)
    {
        if (contents.Captions.Contains(paragraph))
            return;
        if (PaperContents.IsClaims(paragraph))
        {
            to.Write(ClaimsTable());
        }
        else if (contents.Floats.TryGetValue(paragraph, out var each))
        {
            to.Write(Float(each));
        }
        else
        {
            var tight = to.ImplicitParagraph;
            to.EnsureLine();
            if (!tight)
                to.Write("<p>");
            to.WriteLeafInline(paragraph);
            to.WriteLine(tight ? "" : "</p>");
        }
    }

    private string Float(PaperFloat each)
    {
        var body = each.Picture is { } file ? $"<img alt=\"\" src=\"{Data(file)}\">"
            : each.Kind == ReportedKind.Figure
                ? contents.Run.Part(ReportedKind.Figure, each.Id!, "image/svg+xml") is { } svg
                    ? pictures.Add(svg) : null
                : contents.Run.Part(ReportedKind.Table, each.Id!, "text/html") is { } table ? Bare(table) : null;
        body ??= $"<p class=\"missing\">not run</p>";
        return Framed(each, each.Kind == ReportedKind.Table ? $"<div class=\"scroll\">{body}</div>" : body);
    }

    private string Framed(PaperFloat each, string body)
    {
        var id = each.Label is { } label ? $" id=\"{Encode(PaperTarget.Anchor(label))}\"" : "";
        var words = each.Caption is null ? "" : Inline(each.Caption);
        var caption = each.Number == 0 ? "" : FormattableString.Invariant(
            $"<figcaption><b>{each.Word} {each.Number}.</b> {words}</figcaption>\n");
        // A table's caption stands above it, a figure's below.
        return each.Kind == ReportedKind.Table
            ? $"<figure class=\"table\"{id}>\n{caption}{body}\n</figure>\n"
            : $"<figure{id}>\n{body}\n{caption}</figure>\n";
    }

    /// <summary>A notebook's table without its own caption and without its script.</summary>
    private static string Bare(string table) => TableCaption().Replace(Scripts().Replace(table, ""), "").Trim();

    private void Grid(HtmlRenderer to, Table table)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var inner = Renderer(writer);
        inner.ObjectRenderers.RemoveAll(each => each is Part<Table>);
        inner.ObjectRenderers.Add(new HtmlTableRenderer());
        inner.Write(table);
        var each = contents.Floats.GetValueOrDefault(table)
            ?? new PaperFloat(ReportedKind.Table, null, null, 0, null, null, 0);
        to.EnsureLine();
        to.Write(Framed(each, $"<div class=\"scroll\">{writer.ToString().Trim()}</div>"));
    }

    private string Equation(EquationBlock equation)
    {
        var formula = Formula(equation.Tex.ToString(), block: true);
        return contents.Equations.TryGetValue(equation, out var number)
            ? $"<div class=\"equation\" id=\"{Encode(PaperTarget.Anchor(equation.Label!))}\">"
                + FormattableString.Invariant($"{formula}<span class=\"number\">({number})</span></div>\n")
            : $"<div class=\"equation\">{formula}</div>\n";
    }

    private static string Formula(string tex, bool block) =>
        TexMath.ToMathMl(tex, block) ?? $"<code>{Encode(tex)}</code>";

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

    private string Data(string file)
    {
        var path = Path.Combine(contents.Paper.Directory, Uri.UnescapeDataString(file));
        var type = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".svg" => "image/svg+xml",
            ".png" => "image/png",
            _ => "image/jpeg",
        };
        return File.Exists(path) ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}" : "";
    }

    [GeneratedRegex("[^A-Za-z0-9_.-]")]
    private static partial Regex NotInId();

    [GeneratedRegex(@"\A<p>(.*)</p>\z", RegexOptions.Singleline)]
    private static partial Regex Paragraph();

    [GeneratedRegex("<caption>.*?</caption>\\s*", RegexOptions.Singleline)]
    private static partial Regex TableCaption();

    [GeneratedRegex("<script>.*?</script>\\s*", RegexOptions.Singleline)]
    private static partial Regex Scripts();
}
