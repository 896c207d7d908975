using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FinML.Figures.Plotly;
using FinML.Shared;

namespace FinML.Notebooks;

/// <summary>
/// An executed notebook as one HTML file that opens without a network: no script, no font, no image from elsewhere, and
/// a content security policy that forbids them. With plotly.js in it the figures can be moved; the policy then allows
/// this one script, by its hash.
/// </summary>
public sealed partial class HtmlPage
{
    private readonly Notebook notebook;
    private readonly MarkdownHtml markdown;
    private readonly StringBuilder body = new();
    private readonly InlinePictures pictures = new();
    private readonly string? plotly;
    private bool live;

    private HtmlPage(Notebook notebook, string? imageDirectory, string? plotly)
    {
        this.notebook = notebook;
        this.plotly = plotly;
        markdown = new MarkdownHtml(imageDirectory);
    }

    /// <summary>The page.</summary>
    /// <param name="notebook">The notebook with its outputs.</param>
    /// <param name="name">The file's name, which is the title where the prose has none.</param>
    /// <param name="imageDirectory">Where relative images of the prose lie; null to leave images out.</param>
    /// <param name="plotly">plotly.js (see <see cref="FinML.Figures.PlotlyScript"/>) for figures that can be moved;
    /// null for pictures.</param>
    public static string Render(
        Notebook notebook, string name, string? imageDirectory = null, string? plotly = null) =>
        new HtmlPage(notebook, imageDirectory, plotly).Render(name);

    /// <summary>Writes the page to <paramref name="path"/>, UTF-8, whole or not at all.</summary>
    /// <param name="notebook">The notebook with its outputs.</param>
    /// <param name="name">The file's name, which is the title where the prose has none.</param>
    /// <param name="imageDirectory">Where relative images of the prose lie; null to leave images out.</param>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="plotly">plotly.js for figures that can be moved; null for pictures.</param>
    public static void Write(
        Notebook notebook, string name, string? imageDirectory, string path, string? plotly = null) =>
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(Render(notebook, name, imageDirectory, plotly)));

    private string Render(string name)
    {
        foreach (var cell in notebook.Cells)
            WriteCell(cell);

        var status = notebook.Metadata[RunRecord.Key]?["status"]?.ToString();
        var banner = status is null or "succeeded" ? "" :
            $"<p class=\"banner\">This run did not finish ({Encode(status)}): what follows is incomplete.</p>\n";
        var title = notebook.Title ?? name;

        // The title stands above the contents, also where the page is too narrow for two columns.
        var prose = body.ToString();
        var heading = LeadingTitle().Match(prose);
        var header = heading.Success ? $"<header class=\"prose\">\n{heading.Groups[1].Value}\n</header>\n" : "";
        if (heading.Success)
            prose = "<section class=\"prose\">" + prose[heading.Length..];
        var page = $"""
            <div class="page">
            {header}{Contents()}
            <main>
            {banner}{prose}{Stamp(name)}
            </main>
            </div>

            """.ReplaceLineEndings("\n");
        return live
            ? OfflinePage.Of(title, PageStyle.Css, page + PlotlyPage.Scripts(plotly!), PlotlyPage.Policy(plotly!))
            : OfflinePage.Of(title, PageStyle.Css, page, OfflinePage.PolicyWithFonts);
    }

    private void WriteCell(NotebookCell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Markdown:
                body.Append("<section class=\"prose\">\n")
                    .Append(markdown.ToHtml(cell.Source, cell.Json["attachments"] as JsonObject))
                    .Append("</section>\n");
                break;
            case CellKind.Raw:
                body.Append("<section class=\"prose\"><pre>").Append(Encode(cell.Source)).Append("</pre></section>\n");
                break;
            default:
                WriteCode(cell);
                break;
        }
    }

    private void WriteCode(NotebookCell cell)
    {
        if (string.IsNullOrWhiteSpace(cell.Source) && cell.Outputs.Count == 0)
            return;
        var first = cell.Source.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "";
        body.Append("<section class=\"cell\">\n<details class=\"code\"")
            .Append(cell.Metadata["jupyter"]?["source_hidden"]?.ToString() == "true" ? "" : " open")
            .Append("><summary><span class=\"what\">")
            .Append(cell.ExecutionCount is { } n ? $"In [{n}]" : "In [ ]")
            .Append(cell.Tags.Contains(ParameterCell.Tag) ? " · parameters" : "")
            .Append(cell.Tags.Contains(ParameterCell.InjectedTag) ? " · given on the command line" : "")
            .Append(" <span class=\"first\">").Append(Encode(first)).Append("</span></span><span>")
            .Append(Elapsed(cell)).Append("</span></summary><pre>")
            .Append(CodeHighlighter.ToHtml(cell.Source)).Append("</pre></details>\n");
        foreach (var output in cell.Outputs)
            WriteOutput(output);
        body.Append("</section>\n");
    }

    private void WriteOutput(JsonObject output)
    {
        switch (output["output_type"]?.ToString())
        {
            case "stream":
                body.Append("<pre class=\"output stream ").Append(Encode(output["name"]?.ToString() ?? "stdout"))
                    .Append("\">").Append(Encode(MultilineText.FromJson(output["text"]).TrimEnd('\n')))
                    .Append("</pre>\n");
                break;
            case "error":
                var lines = (output["traceback"] as JsonArray)?.Select(line => line?.ToString()) ?? [];
                body.Append("<pre class=\"output error\">")
                    .Append(Encode(Ansi().Replace(string.Join('\n', lines), ""))).Append("</pre>\n");
                break;
            default:
                if (output["data"] is JsonObject data)
                    WriteData(data);
                break;
        }
    }

    /// <summary>The richest representation that needs no script.</summary>
    private void WriteData(JsonObject data)
    {
        string? Part(string mime) => data[mime] is { } node ? MultilineText.FromJson(node) : null;
        if (Part("image/svg+xml") is { } svg)
            body.Append("<figure class=\"output\">").Append(Live(pictures.Add(svg), data)).Append("</figure>\n");
        else if (Part("text/html") is { } html)
            body.Append("<div class=\"output\">").Append(html).Append("</div>\n");
        else if (Part("image/png") is { } png)
            Picture("image/png", png);
        else if (Part("image/jpeg") is { } jpeg)
            Picture("image/jpeg", jpeg);
        else if (Part("text/markdown") is { } text)
            body.Append("<div class=\"output prose\">").Append(markdown.ToHtml(text)).Append("</div>\n");
        else if (Part("text/plain") is { } plain)
            body.Append("<pre class=\"output plain\">").Append(Encode(plain)).Append("</pre>\n");
    }

    /// <summary>A figure's picture, with its plotly JSON beside it where the page has plotly.js.</summary>
    private string Live(string svg, JsonObject data)
    {
        if (plotly is null || data["application/vnd.plotly.v1+json"] is not { } plot)
            return svg;
        live = true;
        return PlotlyPage.Place(svg, plot is JsonObject ? plot.ToJsonString() : MultilineText.FromJson(plot));
    }

    private void Picture(string mime, string base64) =>
        body.Append("<figure class=\"output\"><img alt=\"\" src=\"data:").Append(mime).Append(";base64,")
            .Append(Encode(base64.ReplaceLineEndings(""))).Append("\"></figure>\n");

    private string Contents()
    {
        var items = markdown.Headings.Where(heading => heading.Level is 2 or 3).ToList();
        var list = new StringBuilder();
        foreach (var heading in items)
        {
            list.Append("<li class=\"l").Append(heading.Level).Append("\"><a href=\"#").Append(Encode(heading.Id))
                .Append("\">").Append(Encode(heading.Text)).Append("</a></li>\n");
        }

        var nav = items.Count == 0
            ? ""
            : $"<nav><details open><summary>Contents</summary><ol>\n{list}</ol></details></nav>\n";
        return "<aside>\n<label class=\"switch\"><input type=\"checkbox\" id=\"hide-code\">Hide code</label>\n"
            + $"{nav}</aside>";
    }

    /// <summary>The small print: where, when and for how long.</summary>
    private string Stamp(string name)
    {
        if (notebook.Metadata[RunRecord.Key] is not JsonObject run)
            return "";
        var parts = new List<string> { name };
        void Add(string key, Func<string, string> text)
        {
            if (run[key] is { } value && value.ToString().Length > 0)
                parts.Add(text(value.ToString()));
        }

        Add("started", value => $"run at {value[..Math.Min(19, value.Length)].Replace('T', ' ')} UTC");
        Add("seconds", value => $"{value} s");
        Add("peakMemoryMegabytes", value => $"peak memory {value} MiB");
        Add("cores", value => $"{value} cores");
        Add("runtime", value => value);
        Add("platform", value => value);
        Add("sdk", value => $"SDK {value}");
        Add("commit", value => $"commit {value[..Math.Min(12, value.Length)]}"
            + (run["dirty"]?.ToString() == "true" ? " with changes" : ""));
        Add("seed", value => $"seed {value}");
        if (run["data"] is JsonObject { Count: > 0 } data)
            parts.Add("data " + string.Join(", ", data.Select(set => $"{set.Key} {Short(set.Value)}")));
        if (run["parameters"] is JsonObject { Count: > 0 } given)
            parts.Add(string.Join(", ", given.Select(pair => $"{pair.Key} = {pair.Value}")));
        return $"<footer class=\"stamp\">{Encode(string.Join(" · ", parts))}</footer>";
    }

    private static string? Short(JsonNode? hash) =>
        hash?.ToString() is { Length: > 8 } text ? text[..8] : hash?.ToString();

    private static string Elapsed(NotebookCell cell)
    {
        bool Time(string key, out DateTimeOffset time) => DateTimeOffset.TryParse(
            cell.Metadata["execution"]?[key]?.ToString(), CultureInfo.InvariantCulture, out time);

        if (!Time("iopub.execute_input", out var a) || !Time("shell.execute_reply", out var b))
            return "";
        var elapsed = b - a;
        return elapsed.TotalSeconds switch
        {
            < 0.9995 => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:F0} ms"),
            < 120 => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:F1} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMinutes:F1} min"),
        };
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    [GeneratedRegex("^<section class=\"prose\">\\s*(<h1.*?</h1>)", RegexOptions.Singleline)]
    private static partial Regex LeadingTitle();

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Ansi();
}
