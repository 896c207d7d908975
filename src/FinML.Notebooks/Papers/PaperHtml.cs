using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FinML.Shared;
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
        var body = $"""
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

            """.ReplaceLineEndings("\n");
        return OfflinePage.Of(paper.Title, PaperStyle.Css, body, OfflinePage.PolicyWithFonts,
            string.Join(", ", paper.Authors.Select(author => PaperAuthor.Split(author).Name)));
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Author(string author)
    {
        var (name, place) = PaperAuthor.Split(author);
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

    [GeneratedRegex("[^A-Za-z0-9_.-]")]
    private static partial Regex NotInId();

    [GeneratedRegex(@"\A<p>(.*)</p>\z", RegexOptions.Singleline)]
    private static partial Regex Paragraph();
}
