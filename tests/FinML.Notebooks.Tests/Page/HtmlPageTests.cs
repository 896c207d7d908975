using System.Text.RegularExpressions;

namespace FinML.Notebooks.Tests.Page;

public sealed class HtmlPageTests
{
    private static async Task<string> PageAsync(params NotebookCell[] cells)
    {
        var result = await Notebooks.RunAsync(Notebook.Create(cells), new());
        Assert.Null(result.Error);
        return HtmlPage.Render(result.Executed, "name");
    }

    [Fact]
    public async Task ThePageFetchesNothing()
    {
        var page = await PageAsync(
            NotebookCell.Create("a", CellKind.Markdown,
                "# T\n[link](https://example.org) ![picture](https://example.org/x.png) ![here](nowhere.png)"),
            NotebookCell.Create(
                "b", CellKind.Code, "display(\"<svg xmlns='http://www.w3.org/2000/svg'/>\", \"image/svg+xml\");"));
        Assert.DoesNotMatch(@"<(script|link|iframe|object|embed)\b", page);
        Assert.DoesNotMatch("""(src|srcset|data|action)\s*=\s*["'](?!data:)""", page);
        Assert.DoesNotMatch(@"@import|url\(\s*['""]?(http|//)", page);
        Assert.Contains("default-src 'none'", page);
        Assert.Contains("<a href=\"https://example.org\">link</a>", page);
        Assert.Contains("<a href=\"https://example.org/x.png\">picture</a>", page);
    }

    [Fact]
    public async Task WhatComesFromDataIsEscaped()
    {
        var page = await PageAsync(
            NotebookCell.Create(
                "a", CellKind.Code, "// <script>1</script>\nConsole.WriteLine(\"<script>2</script>\");"),
            NotebookCell.Create("b", CellKind.Code, "new[] { new { X = \"<script>3</script>\" } }"),
            NotebookCell.Create("c", CellKind.Code, "\"<script>4</script>\""));
        Assert.DoesNotContain("<script", page);
        Assert.Contains("<span class=\"c\">// &lt;script&gt;1&lt;/script&gt;</span>", page);
        Assert.Contains("<pre class=\"output stream stdout\">&lt;script&gt;2&lt;/script&gt;</pre>", page);
        Assert.Contains("<td>&lt;script&gt;3&lt;/script&gt;</td>", page);
        Assert.Contains("<pre class=\"output plain\">&lt;script&gt;4&lt;/script&gt;</pre>", page);
    }

    [Fact]
    public async Task HeadingsAreListedWithUniqueIds()
    {
        var page = await PageAsync(
            NotebookCell.Create("a", CellKind.Markdown, "# Title & more\n## Data\n### Prices"),
            NotebookCell.Create("b", CellKind.Markdown, "## Data"));
        Assert.Contains("<title>Title &amp; more</title>", page);
        Assert.Contains("<li class=\"l2\"><a href=\"#data\">Data</a></li>", page);
        Assert.Contains("<li class=\"l3\"><a href=\"#prices\">Prices</a></li>", page);
        Assert.Contains("<li class=\"l2\"><a href=\"#data-2\">Data</a></li>", page);
        Assert.Contains("<h2 id=\"data-2\">", page);
    }

    [Fact]
    public async Task TheIdsOfTwoPicturesDoNotMeet()
    {
        const string Draw = """"
            display("""
                <svg aria-labelledby="t c"><style>#c .a{fill:#c0c}</style><title id="c"/><g clip-path="url(#c)"/></svg>
                """, "image/svg+xml");
            """";
        var page = await PageAsync(
            NotebookCell.Create("a", CellKind.Code, Draw), NotebookCell.Create("b", CellKind.Code, Draw));
        const string First = """
            <svg aria-labelledby="t c"><style>#c .a{fill:#c0c}</style><title id="c"/><g clip-path="url(#c)"/></svg>
            """;
        Assert.Contains(First, page);
        var second = First.Replace("t c", "t p2-c").Replace("#c ", "#p2-c ").Replace("id=\"c", "id=\"p2-c");
        Assert.Contains(second.Replace("#c)", "#p2-c)"), page);
    }

    [Fact]
    public async Task APictureIsShownRatherThanItsTextOrPlotly()
    {
        var result = await Notebooks.RunAsync("1");
        result.Executed.Cells[0].SetOutputs(1, [new CellOutput.Display(new MimeBundle(
        [
            new("application/vnd.plotly.v1+json", "{}"), new("image/svg+xml", "<svg><!--drawn--></svg>"),
            new("text/plain", "not shown"),
        ]))]);
        var page = HtmlPage.Render(result.Executed, "x");
        Assert.Contains("<!--drawn-->", page);
        Assert.DoesNotContain("not shown", page);
    }

    [Fact]
    public async Task APageOfAFailedRunSaysSo()
    {
        var result = await Notebooks.RunAsync("throw new Exception(\"no\");");
        var page = HtmlPage.Render(result.Executed, "x");
        Assert.Contains("This run did not finish (failed)", page);
        Assert.Contains("class=\"output error\"", page);
    }

    [Fact]
    public async Task ImagesBesideTheNotebookAndAttachmentsGoIntoThePage()
    {
        using var folder = new Notebooks.Folder();
        File.WriteAllBytes(Path.Combine(folder.Path, "a b.png"), [1, 2, 3]);
        var cell = NotebookCell.Create("a", CellKind.Markdown, "![x](a%20b.png) ![y](attachment:p.png)");
        cell.Json["attachments"] = new System.Text.Json.Nodes.JsonObject
        {
            ["p.png"] = new System.Text.Json.Nodes.JsonObject { ["image/png"] = "BAUG" },
        };
        var result = await Notebooks.RunAsync(Notebook.Create(cell), new());
        var page = HtmlPage.Render(result.Executed, "x", folder.Path);
        Assert.Contains("src=\"data:image/png;base64,AQID\"", page);
        Assert.Contains("src=\"data:image/png;base64,BAUG\"", page);
    }

    [Fact]
    public void CodeIsColouredAndKeepsItsText()
    {
        const string Code = "#!time\n// note\nvar x = new List<int> { 1 }; // <b>\n"
            + "Math.Sqrt(x.Count) + $\"{x} y\" + 'c'";
        var html = CodeHighlighter.ToHtml(Code);
        Assert.Contains("<span class=\"p\">#!time</span>", html);
        Assert.Contains("<span class=\"c\">// note</span>", html);
        Assert.Contains("<span class=\"k\">var</span>", html);
        Assert.Contains("<span class=\"t\">List</span>", html);
        Assert.Contains("<span class=\"n\">1</span>", html);
        Assert.Contains("<span class=\"t\">Math</span>.<span class=\"f\">Sqrt</span>", html);
        Assert.Equal(Code, System.Net.WebUtility.HtmlDecode(Regex.Replace(html, "<[^>]+>", "")));
    }

    [Theory]
    [InlineData("a_1^2", "<math><mrow><msubsup><mi>a</mi><mn>1</mn><mn>2</mn></msubsup></mrow></math>")]
    [InlineData("\\frac{1}{n}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mi>n</mi></mrow></mfrac>")]
    [InlineData("\\sigma \\le 0.5", "<mi>σ</mi><mo stretchy=\"false\">≤</mo><mn>0.5</mn>")]
    [InlineData("\\sqrt[3]{x}", "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>")]
    [InlineData("\\mathbb{E}[x]", "<mi>𝔼</mi>")]
    [InlineData("\\text{a < b}", "<mtext>a &lt; b</mtext>")]
    public void FormulasBecomeMathMl(string tex, string expected) =>
        Assert.Contains(expected, TexMath.ToMathMl(tex, block: false));

    [Theory]
    [InlineData("\\begin{matrix}")]
    [InlineData("\\unknown")]
    [InlineData("{a")]
    [InlineData("a}")]
    [InlineData("\\frac{1}")]
    [InlineData("x^")]
    public void WhatIsNotKnownStaysReadable(string tex)
    {
        Assert.Null(TexMath.ToMathMl(tex, block: false));
        Assert.Contains(
            $"<code class=\"tex\">${tex}$</code>", new MarkdownHtml(null).ToHtml($"formula ${tex}$ here"));
    }

    [Fact]
    public void ABlockOfMathematicsIsDrawn() => Assert.Contains(
        "<div class=\"math\"><math display=\"block\">", new MarkdownHtml(null).ToHtml("$$\nx = 1\n$$"));
}
