using System.Text;

namespace FinML.Notebooks.Papers;

/// <summary>
/// A paper as a LaTeX document of the article class: natbib for the citations, booktabs for the tables, graphicx for
/// figures/ID.pdf. It compiles by pdflatex, bibtex and twice pdflatex.
/// </summary>
internal sealed partial class PaperLatex
{
    private readonly PaperContents contents;
    private readonly StringBuilder formulas = new();

    private PaperLatex(PaperContents contents) => this.contents = contents;

    /// <summary>The document.</summary>
    public static string Render(PaperContents contents) => new PaperLatex(contents).Render();

    private string Render()
    {
        var paper = contents.Paper;
        var body = Blocks(paper.Document);
        var claims = contents.PlacesClaims || contents.Results.Count == 0 ? ""
            : "\\section*{The claims and their reproduction}\n" + ClaimsTable();
        var about = contents.Abstract is { } tree
            ? $"\\begin{{abstract}}\n{Blocks(tree).Trim()}\n\\end{{abstract}}\n"
            : "";
        var keywords = paper.Head.List("keywords") is { Count: > 0 } words
            ? $"\\noindent\\textbf{{Keywords:}} {LatexText.Escape(string.Join(", ", words))}\n"
            : "";
        var subtitle = paper.Head.Text("subtitle") is { } sub ? $"\\\\[.4em]\\large {LatexText.Escape(sub)}" : "";
        var authors = string.Join(" \\and ", paper.Authors.Select(author =>
        {
            var (name, place) = PaperAuthor.Split(author);
            return LatexText.Escape(name) + (place is null ? "" : $"\\\\\\textit{{{LatexText.Escape(place)}}}");
        }));
        var files = string.Join(",", paper.BibliographyFiles.Select(Path.GetFileNameWithoutExtension));
        var references = contents.References.Sorted.Count == 0 ? ""
            : $"\\bibliographystyle{{plainnat}}\n\\bibliography{{{files}}}\n";
        var stamps = contents.Run.Stamps.Count == 0 ? ""
            : "\\bigskip\\noindent{\\footnotesize The numbers, figures and tables of this paper were computed by its "
                + $"notebooks: {LatexText.Escape(string.Join("; ", contents.Run.Stamps))}.\\par}}\n";
        return $$"""
            {{LatexPreamble.Of(body + claims + about, formulas.ToString())}}
            \title{{{LatexText.Escape(paper.Title)}}{{subtitle}}}
            \author{{{authors}}}
            \date{{{LatexText.Escape(paper.Head.Text("date") ?? "")}}}

            \begin{document}
            \maketitle
            {{about}}{{keywords}}
            {{body}}
            {{claims}}{{references}}{{stamps}}\end{document}

            """.ReplaceLineEndings("\n");
    }
}
