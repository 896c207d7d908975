using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FinML.Shared;

namespace FinML.Notebooks;

/// <summary>
/// A notebook as a Markdown file with its images in a folder beside it: prose as it stands, code in fences, of each
/// output the representation that a Markdown reader shows best.
/// </summary>
public sealed partial class MarkdownDocument
{
    private static readonly (string Mime, string Extension)[] Images =
        [("image/svg+xml", "svg"), ("image/png", "png"), ("image/jpeg", "jpg"), ("image/gif", "gif")];

    private readonly string folder;
    private readonly StringBuilder text = new();
    private readonly List<KeyValuePair<string, byte[]>> files = [];

    private MarkdownDocument(string folder) => this.folder = folder;

    /// <summary>The Markdown, with '\n' line ends.</summary>
    public string Text => text.ToString();

    /// <summary>The images: name relative to the Markdown file, with '/', and bytes.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Files => files;

    /// <summary>Converts a notebook.</summary>
    /// <param name="notebook">The notebook, with its outputs where it has some.</param>
    /// <param name="folder">The name of the folder for images, relative to the Markdown file.</param>
    public static MarkdownDocument Of(Notebook notebook, string folder)
    {
        var document = new MarkdownDocument(folder);
        var code = 0;
        foreach (var cell in notebook.Cells)
        {
            if (cell.Kind == CellKind.Code)
                document.Code(cell, ++code);
            else if (cell.Kind == CellKind.Raw)
                document.Block(Fenced("", cell.Source));
            else
                document.Prose(cell);
        }

        return document;
    }

    /// <summary>
    /// Writes the document to <paramref name="path"/>, and its images to the folder NAME_files beside it, each whole or
    /// not at all, the text last: where it is there, all of its images are.
    /// </summary>
    public static MarkdownDocument Write(Notebook notebook, string path)
    {
        var document = Of(notebook, Path.GetFileNameWithoutExtension(path) + "_files");
        var home = Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (var (name, bytes) in document.Files)
            AtomicFile.Write(Path.Combine(home, name), bytes);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(document.Text));
        return document;
    }

    private void Prose(NotebookCell cell)
    {
        var attachments = cell.Json["attachments"] as JsonObject ?? [];
        Block(Attachment().Replace(cell.Source, match =>
        {
            if (attachments[match.Groups[1].Value] is not JsonObject { Count: > 0 } content)
                return match.Value;
            var (mime, bytes) = content.First();
            var name = $"{cell.Id}-{string.Concat(match.Groups[1].Value.Select(Plain))}";
            return Url(Add(name, Picture.Read(mime, bytes)));
        }));
    }

    private void Code(NotebookCell cell, int number)
    {
        if (!string.IsNullOrWhiteSpace(cell.Source))
            Block(Fenced("csharp", cell.Source));
        for (var i = 0; i < cell.Outputs.Count; i++)
        {
            var output = cell.Outputs[i];
            switch (output["output_type"]?.ToString())
            {
                case "stream":
                    Block(Fenced("text", MultilineText.FromJson(output["text"])));
                    break;
                case "error":
                    var lines = (output["traceback"] as JsonArray)?.Select(line => line?.ToString()) ?? [];
                    Block(Fenced("text", Ansi().Replace(string.Join('\n', lines), "")));
                    break;
                default:
                    if (output["data"] is JsonObject data)
                        Value(data, $"cell-{number}-{i + 1}");
                    break;
            }
        }
    }

    private void Value(JsonObject data, string name)
    {
        string? Part(string mime) => data[mime] is { } node ? MultilineText.FromJson(node) : null;
        foreach (var (mime, extension) in Images)
        {
            if (data[mime] is not { } image)
                continue;
            var alternative = FirstLine(Part("text/plain") ?? "figure").Replace("[", "(").Replace("]", ")");
            Block($"![{alternative}]({Url(Add($"{name}.{extension}", Picture.Read(mime, image)))})");
            return;
        }

        if (Part("text/markdown") is { } markdown)
            Block(markdown);
        else if (Part("text/vnd.mermaid") is { } diagram)
            Block(Fenced("mermaid", diagram));
        else if (Part("text/html") is { } html && html.Contains("<table", StringComparison.Ordinal))
            Block(BlankLines().Replace(Styles().Replace(html, ""), "\n")); // a blank line would end the HTML block
        else if (Part("text/plain") is { } plain)
            Block(Fenced("text", plain));
    }

    private string Add(string name, byte[] bytes)
    {
        var path = $"{folder}/{name}";
        files.Add(new(path, bytes));
        return path;
    }

    private void Block(string markdown)
    {
        if (text.Length > 0)
            text.Append('\n');
        text.Append(markdown.ReplaceLineEndings("\n").Trim('\n')).Append('\n');
    }

    /// <summary>A fence that is longer than any run of backticks in what it holds.</summary>
    private static string Fenced(string language, string content)
    {
        var longest = Backticks().Matches(content).Select(match => match.Length).DefaultIfEmpty(0).Max();
        var fence = new string('`', Math.Max(3, longest + 1));
        return $"{fence}{language}\n{content.ReplaceLineEndings("\n").Trim('\n')}\n{fence}";
    }

    private static string FirstLine(string plain) =>
        plain.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "figure";

    private static char Plain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-';

    private static string Url(string path) =>
        string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    [GeneratedRegex(@"(?<=\]\()attachment:([^)\s]+)")]
    private static partial Regex Attachment();

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();

    [GeneratedRegex("<style[^>]*>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Styles();

    [GeneratedRegex(@"\n\s*\n")]
    private static partial Regex BlankLines();

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Ansi();
}
