using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace FinML.Notebooks;

/// <summary>
/// Markdown as HTML that needs nothing from outside: formulas become MathML, images become data, and headings get ids
/// that are unique on the page and are listed in <see cref="Headings"/>.
/// </summary>
internal sealed class MarkdownHtml(string? imageDirectory)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseGridTables().UseMathematics().UseEmphasisExtras().UseFootnotes().UseTaskLists()
        .UseListExtras().UseAutoLinks().UseDefinitionLists().Build();

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    public sealed record Heading(int Level, string Id, string Text);

    public List<Heading> Headings { get; } = [];

    public string ToHtml(string markdown, JsonObject? attachments = null)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            var text = Text(heading.Inline);
            var id = Id(text);
            heading.GetAttributes().Id = id;
            Headings.Add(new Heading(heading.Level, id, text));
        }

        foreach (var image in document.Descendants<LinkInline>().Where(link => link.IsImage).ToList())
        {
            if (Data(image.Url ?? "", attachments) is { } data)
            {
                image.Url = data;
            }
            else
            {
                // An image on the net is not fetched: the reader gets the link.
                image.IsImage = false;
            }
        }

        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.RemoveAll(r => r is HtmlMathInlineRenderer or HtmlMathBlockRenderer);
        // In front: a block of mathematics is also a code block to the renderers that follow.
        renderer.ObjectRenderers.Insert(0, new InlineMath());
        renderer.ObjectRenderers.Insert(0, new BlockMath());
        renderer.Render(document);
        return writer.ToString();
    }

    private static string Text(ContainerInline? inline)
    {
        var text = new StringBuilder();
        foreach (var part in inline?.Descendants() ?? [])
        {
            text.Append(part switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                MathInline math => math.Content.ToString(),
                _ => "",
            });
        }

        return text.ToString();
    }

    private string Id(string text)
    {
        var slug = new string([.. text.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : '-')]).Trim('-');
        while (slug.Contains("--", StringComparison.Ordinal))
            slug = slug.Replace("--", "-", StringComparison.Ordinal);
        slug = slug.Length == 0 ? "section" : slug;
        var id = slug;
        for (var n = 2; !ids.Add(id); n++)
            id = $"{slug}-{n}";
        return id;
    }

    /// <summary>The image as a data URI; null where it is not at hand.</summary>
    private string? Data(string url, JsonObject? attachments)
    {
        if (url.StartsWith("data:", StringComparison.Ordinal))
            return url;
        if (url.StartsWith("attachment:", StringComparison.Ordinal))
        {
            return attachments?[Uri.UnescapeDataString(url["attachment:".Length..])] is JsonObject bundle
                   && bundle.FirstOrDefault() is { Key: { } type, Value: { } content }
                ? $"data:{type};base64,{MultilineText.FromJson(content).ReplaceLineEndings("")}"
                : null;
        }

        if (imageDirectory is null || url.Contains(':'))
            return null;
        var path = Path.Combine(imageDirectory, Uri.UnescapeDataString(url));
        var mime = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".gif" => "image/gif",
            ".webp" => "image/webp",
            ".svg" => "image/svg+xml",
            _ => null,
        };
        return mime is not null && File.Exists(path)
            ? $"data:{mime};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}"
            : null;
    }

    private static string Math(string tex, bool block)
    {
        var encoded = WebUtility.HtmlEncode(block ? $"$$ {tex.Trim()} $$" : $"${tex}$");
        return TexMath.ToMathMl(tex, block) ?? $"<code class=\"tex\">{encoded}</code>";
    }

    private sealed class InlineMath : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline obj) =>
            renderer.Write(Math(obj.Content.ToString(), block: obj.DelimiterCount > 1));
    }

    private sealed class BlockMath : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock obj) =>
            renderer.Write("<div class=\"math\">").Write(Math(obj.Lines.ToString(), block: true)).WriteLine("</div>");
    }
}
