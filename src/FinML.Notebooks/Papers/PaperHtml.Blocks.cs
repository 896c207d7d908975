using System.Text.RegularExpressions;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Syntax;

namespace FinML.Notebooks.Papers;

/// <summary>What stands between lines: headings, paragraphs, equations, figures, tables.</summary>
internal sealed partial class PaperHtml
{
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

    [GeneratedRegex("<caption>.*?</caption>\\s*", RegexOptions.Singleline)]
    private static partial Regex TableCaption();

    [GeneratedRegex("<script>.*?</script>\\s*", RegexOptions.Singleline)]
    private static partial Regex Scripts();
}
