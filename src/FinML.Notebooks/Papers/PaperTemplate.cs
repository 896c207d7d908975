using System.Text;

namespace FinML.Notebooks.Papers;

/// <summary>The files of a new paper, which build as they stand.</summary>
public static class PaperTemplate
{
    private const string Text = """
        ---
        title: A title that says what was found
        authors:
          - First Author (Institution)
        abstract: >
          What the question is, what was done, what came out, in five sentences.
        keywords: [reproduction, markets]
        # notebooks:
        #   - notebooks/01-my-notebook.ipynb
        bibliography: references.bib
        ---

        # Introduction {#sec:introduction}

        Works are cited as @cont2001 in a sentence and in brackets elsewhere [@cont2001, p. 224]. A number of a notebook
        stands as `{claim:ID}` once claims.json has the row and a cell calls `Claims.Report("ID", value)`; its published
        value is `{claim:ID:published}`. `{figure:ID}` and `{table:ID}` at the beginning of a paragraph show what
        `Claims.Figure` and `Claims.Table` gave, with the rest of the paragraph as caption, and `{ref:fig:ID}` refers
        to it.

        # Method {#sec:method}

        The return of day $t$ is

        $$ r_t = \log P_t - \log P_{t-1}. $$ {#eq:return}

        {ref:eq:return} has a number because it has a label.
        """;

    private const string Bibliography = """
        @article{cont2001,
          author  = {Cont, Rama},
          title   = {Empirical properties of asset returns: stylized facts and statistical issues},
          journal = {Quantitative Finance},
          year    = {2001},
          volume  = {1},
          number  = {2},
          pages   = {223--236},
          doi     = {10.1080/713665670}
        }
        """;

    /// <summary>The files.</summary>
    public static IReadOnlyList<PaperFile> Files { get; } =
    [
        new(Paper.FileName, Bytes(Text)), new(ClaimsFile.Name, "[]\n"u8.ToArray()),
        new("references.bib", Bytes(Bibliography)),
    ];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n") + "\n");
}
