using FinML.Figures;
using FinML.Notebooks.Papers;

namespace FinML.Notebooks.Tests.Papers;

/// <summary>A small paper with everything that papers have, in a folder of its own.</summary>
internal sealed class PaperFixture : IDisposable
{
    private readonly Notebooks.Folder folder = new();

    public PaperFixture()
    {
        Write("papers/demo/paper.md", Text);
        Write("papers/demo/claims.json", Claims);
        Write("papers/demo/references.bib", Bibliography);
        Write("papers/demo/figures/own.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><rect width=\"40\" height=\"20\"/></svg>");
        Store(Reported(0.3184, 0.61));
    }

    public const string Text = """
        ---
        title: "Long memory: a reproduction"
        authors:
          - Ada Lovelace (Analytical Society)
          - Carl Gauß
        date: November 2026
        abstract: >
          We find {claim:acf} where @ding1993 have
          {claim:acf:published}.
        keywords: [long memory, tails & tests]
        notebooks:
          - notebooks/a.ipynb
        bibliography: references.bib
        ---

        # Introduction {#sec:intro}

        The *first* autocorrelation is {claim:acf}, the Sharpe ratio {claim:sharpe} [see @bailey2014, p. 3; -@ding1993],
        not {claim:sharpe:published}: it {claim:sharpe:verdict} ({claim:sharpe:tolerance}).[^1] 50% of $x < 1$ & more.

        $$ r_t = \log P_t - \log P_{t-1} $$ {#eq:return}

        $$
        \hat\theta = \argmax_\theta \ell(\theta)
        $$

        ## Data

        See {ref:eq:return}, {ref:fig:wealth}, {ref:tab:facts}, {ref:tab:data}, {ref:fig:own} and {ref:sec:intro}.

        | Series | Days |
        |:-------|-----:|
        | S&P_500 | 17,055 |

        Table: The *series*. {#tab:data}

        {figure:wealth} Wealth of $x$, from @bailey2014.

        {table:facts}
        Facts.

        ![A picture of our own](figures/own.svg) {#fig:own}

        - one [link](https://example.org/a_b)
        - two `code_1`

        <!-- a comment is not printed -->

        # Thanks {-}

        [^1]: A note with $y$.
        """;

    public const string Claims = """
        [
          { "id": "acf", "statement": "The first autocorrelation of $|r_t|$.", "source": "@ding1993, Table 1",
            "published": 0.318, "tolerance": { "absolute": 0.0005 }, "notebook": "notebooks/a.ipynb" },
          { "id": "sharpe", "statement": "The best rule.", "source": "@bailey2014", "published": 1.20,
            "tolerance": { "standardErrors": 2 }, "notebook": "notebooks/a.ipynb",
            "reason": "Costs are in." }
        ]
        """;

    public const string Bibliography = """
        @article{ding1993, author = {Ding, Z. and Granger, C. and Engle, R.}, title = {A long memory}, journal = {JEF},
          year = 1993}
        @article{bailey2014, author = {Bailey, David and L{\'o}pez de Prado, Marcos}, title = {The deflated}, year = 2014,
          journal = {JPM}}
        """;

    public string Path => folder.Path;

    public void Write(string name, string text)
    {
        var path = System.IO.Path.Combine(folder.Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Replaces a piece of a file, which has to be there.</summary>
    public PaperFixture With(string name, string from, string to)
    {
        var path = System.IO.Path.Combine(folder.Path, "papers", "demo", name);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text);
        File.WriteAllText(path, text.Replace(from, to));
        return this;
    }

    public PaperFixture Store(params IReadOnlyList<CellOutput>[] cells)
    {
        var notebook = Notebook.Create([.. cells.Select((_, i) =>
            NotebookCell.Create($"cell-{i + 1}", CellKind.Code, $"// {i + 1}"))]);
        for (var i = 0; i < cells.Length; i++)
            notebook.Cells[i].SetOutputs(i + 1, cells[i]);
        notebook.Metadata["finml"] = new System.Text.Json.Nodes.JsonObject
        {
            ["commit"] = "0123456789abcdef",
            ["dirty"] = false,
            ["started"] = "2026-11-22T10:00:00Z",
        };
        Directory.CreateDirectory(System.IO.Path.Combine(folder.Path, "notebooks"));
        NotebookFile.Write(notebook, System.IO.Path.Combine(folder.Path, "notebooks", "a.ipynb"));
        return this;
    }

    public static IReadOnlyList<CellOutput> Reported(double acf, double sharpe) =>
        [Claim("acf", acf), Claim("sharpe", sharpe, 0.21), .. Shown("wealth", "facts")];

    public static CellOutput Claim(string id, double value, double? error = null) => new CellOutput.Display(
        new([new ReportedItem(ReportedKind.Claim, id, value, error).Part(), new("text/plain", id)]));

    public static IReadOnlyList<CellOutput> Shown(string figure, string table)
    {
        var facts = Table.Create("Not shown").Column("series").Column("ACF", CellFormat.Fixed(3)).Row("S&P", 0.318);
        return
        [
            new CellOutput.Display(new(
            [
                new("image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\" id=\"a\"/>"),
                new("text/plain", "wealth"), new ReportedItem(ReportedKind.Figure, figure).Part(),
            ])),
            new CellOutput.Display(new(
            [
                new("text/html", facts.ToHtml()), new("text/latex", facts.ToLatex()), new("text/plain", "facts"),
                new ReportedItem(ReportedKind.Table, table).Part(),
            ])),
        ];
    }

    public PaperBuild Build()
    {
        var paper = Paper.Read(System.IO.Path.Combine(folder.Path, "papers", "demo"));
        return PaperBuild.Of(paper, PaperBuild.Stored(paper));
    }

    public string[] Problems() => [.. Build().Problems.Select(problem => problem.ToString())];

    public void Dispose() => folder.Dispose();
}
