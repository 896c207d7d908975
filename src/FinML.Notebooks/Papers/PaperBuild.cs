using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FinML.Notebooks.Papers;

/// <summary>
/// A paper with what its notebooks reported, ready to be written: the page, the LaTeX source with its bibliography and
/// tables, the figures and the badges. The same files give the same bytes.
/// </summary>
public sealed partial class PaperBuild
{
    private readonly PaperContents contents;

    private PaperBuild(PaperContents contents) => this.contents = contents;

    /// <summary>Puts a paper and a run together.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="run">What its notebooks reported.</param>
    public static PaperBuild Of(Paper paper, PaperRun run) => new(new PaperContents(paper, run));

    /// <summary>Reads the notebooks of a paper as they are stored.</summary>
    public static PaperRun Stored(Paper paper) => PaperRun.Of(paper.Notebooks.Distinct()
        .Where(name => File.Exists(Path.Combine(paper.Root, name)))
        .ToDictionary(name => name, name => NotebookFile.Read(Path.Combine(paper.Root, name))));

    /// <summary>What keeps the paper from being built, claims included; empty for a good one.</summary>
    public IReadOnlyList<PaperProblem> Problems => [.. contents.Problems, .. contents.Verdicts];

    /// <summary>Of <see cref="Problems"/>, those of the files; the others are claims that are not as the paper has
    /// them.</summary>
    public IReadOnlyList<PaperProblem> Mistakes => contents.Problems;

    /// <summary>What the authors may want to know: unused entries, what has not run.</summary>
    public IReadOnlyList<PaperProblem> Warnings => contents.Warnings;

    /// <summary>What became of the claims, in the order of claims.json.</summary>
    public IReadOnlyList<ClaimResult> Results => contents.Results;

    /// <summary>Where the numbers come from: a sentence for each notebook.</summary>
    public IReadOnlyList<string> Stamps => contents.Run.Stamps;

    /// <summary>The page.</summary>
    /// <exception cref="PaperException">The paper has problems.</exception>
    public string Html()
    {
        RefuseProblems();
        return PaperHtml.Render(contents);
    }

    /// <summary>The LaTeX document; its figures are in figures/, by <see cref="Figures"/>.</summary>
    /// <exception cref="PaperException">The paper has problems.</exception>
    public string Latex()
    {
        RefuseProblems();
        return PaperLatex.Render(contents);
    }

    /// <summary>The figures that the text shows, as SVG, by their path without extension: "figures/wealth".</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Figures()
    {
        var figures = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var each in contents.Floats.Values.Where(each => each.Kind == ReportedKind.Figure))
        {
            if (each.Id is { } id && contents.Run.Part(ReportedKind.Figure, id, "image/svg+xml") is { } svg)
                figures[$"figures/{id}"] = svg;
            else if (each.Picture is { } picture && Path.GetExtension(picture) == ".svg")
                figures[picture[..^4]] = File.ReadAllText(Path.Combine(contents.Paper.Directory, picture));
        }

        return [.. figures];
    }

    /// <summary>Everything but the PDFs: NAME.html, latex/NAME.tex with its .bib files and pictures, badges/.</summary>
    /// <exception cref="PaperException">The paper has problems.</exception>
    public IReadOnlyList<PaperFile> Files()
    {
        var name = contents.Paper.Name;
        var files = new List<PaperFile>
        {
            new($"{name}.html", Encoding.UTF8.GetBytes(Html())),
            new($"latex/{name}.tex", Encoding.UTF8.GetBytes(Latex())),
        };
        foreach (var bibliography in contents.Paper.BibliographyFiles)
            files.Add(new($"latex/{Path.GetFileName(bibliography)}",
                File.ReadAllBytes(Path.Combine(contents.Paper.Directory, bibliography))));
        foreach (var (path, svg) in Figures())
            files.Add(new($"latex/{path}.svg", Encoding.UTF8.GetBytes(svg)));
        foreach (var picture in contents.Floats.Values.Select(each => each.Picture).OfType<string>().Distinct()
            .Where(picture => Path.GetExtension(picture) != ".svg").Order(StringComparer.Ordinal))
            files.Add(new($"latex/{picture}", File.ReadAllBytes(Path.Combine(contents.Paper.Directory, picture))));
        foreach (var result in contents.Results)
            files.Add(new($"badges/{result.Claim.Id}.svg", Encoding.UTF8.GetBytes(ReproductionBadge.Svg(result))));
        if (contents.Results.Count > 0)
            files.Add(new("badges/paper.svg", Encoding.UTF8.GetBytes(ReproductionBadge.Svg(contents.Results))));
        return files;
    }

    /// <summary>A page that holds a picture and nothing else, at the picture's own size, to be printed.</summary>
    public static string PicturePage(string svg)
    {
        var box = ViewBox().Match(svg);
        var (width, height) = box.Success ? (box.Groups[1].Value, box.Groups[2].Value) : ("760", "440");
        return string.Create(CultureInfo.InvariantCulture, $$"""
            <!DOCTYPE html><html><head><meta charset="utf-8"><style>
            @page { size: {{width}}px {{height}}px; margin: 0 }
            :root { color-scheme: light } html, body { margin: 0 }
            svg { display: block; width: {{width}}px; height: {{height}}px }
            </style></head><body>{{svg}}</body></html>
            """);
    }

    private void RefuseProblems()
    {
        if (Problems.Count > 0)
            throw new PaperException(Problems);
    }

    [GeneratedRegex("<svg[^>]*\\sviewBox=\"[-\\d.]+ [-\\d.]+ ([\\d.]+) ([\\d.]+)\"")]
    private static partial Regex ViewBox();
}
