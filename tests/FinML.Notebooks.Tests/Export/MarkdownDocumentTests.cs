using System.Text.Json.Nodes;

namespace FinML.Notebooks.Tests.Export;

public sealed class MarkdownDocumentTests
{
    private static NotebookCell Shown(string source, params CellOutput[] outputs)
    {
        var cell = NotebookCell.Create("shown", CellKind.Code, source);
        cell.SetOutputs(1, outputs);
        return cell;
    }

    private static CellOutput Value(string mime, string content) =>
        new CellOutput.Display(new MimeBundle([new(mime, content), new("text/plain", "a [figure]\nof points")]));

    [Fact]
    public void ProseCodeAndOutputsFollowEachOther()
    {
        var document = MarkdownDocument.Of(
            Notebook.Create(
                NotebookCell.Create("title", CellKind.Markdown, "# Title\n\n$x$"),
                Shown("var s = \"```\";", new CellOutput.Stream("stdout", "hello\n"), Value("text/markdown", "**x**"))),
            "n_files");
        Assert.Equal(
            """
            # Title

            $x$

            ````csharp
            var s = "```";
            ````

            ```text
            hello
            ```

            **x**

            """.ReplaceLineEndings("\n"), document.Text);
        Assert.Empty(document.Files);
    }

    [Fact]
    public void ImagesLieBesideTheFile()
    {
        using var folder = new Notebooks.Folder();
        var path = Path.Combine(folder.Path, "my paper.md");
        var prose = NotebookCell.Create("prose", CellKind.Markdown, "![scan](attachment:a.png)");
        prose.Json["attachments"] = new JsonObject
        {
            ["a.png"] = new JsonObject { ["image/png"] = Convert.ToBase64String([1, 2, 3]) },
        };
        MarkdownDocument.Write(
            Notebook.Create(prose, Shown("1", Value("image/svg+xml", "<svg/>"), Value("image/png", "BAUG"))), path);

        var text = File.ReadAllText(path);
        Assert.Contains("![scan](my%20paper_files/prose-a.png)", text);
        Assert.Contains("![a (figure)](my%20paper_files/cell-1-1.svg)", text);
        string Beside(string name) => Path.Combine(folder.Path, "my paper_files", name);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Beside("prose-a.png")));
        Assert.Equal("<svg/>", File.ReadAllText(Beside("cell-1-1.svg")));
        Assert.Equal([4, 5, 6], File.ReadAllBytes(Beside("cell-1-2.png")));
    }

    [Fact]
    public void ATableHasNoBlankLineThatWouldEndIt() => Assert.Contains(
        "<table>\n<tr><td>1</td></tr>\n</table>",
        MarkdownDocument.Of(
            Notebook.Create(Shown("t", Value("text/html", "<style>x</style><table>\n\n<tr><td>1</td></tr>\n</table>"))),
            "f").Text);
}
