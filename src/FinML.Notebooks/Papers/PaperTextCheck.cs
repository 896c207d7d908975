using FinML.Shared;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownTree = Markdig.Syntax.MarkdownDocument;

namespace FinML.Notebooks.Papers;

/// <summary>What the text of a paper uses - formulas, citations, placeholders, pictures - and whether it is
/// there.</summary>
internal sealed class PaperTextCheck(
    Paper paper, PaperOutline outline, PaperVerdicts verdicts, PaperProblems problems)
{
    private static readonly string[] Kinds = ["claim", "claims", "figure", "table", "ref"];

    private static readonly string[] ClaimParts =
    [
        "value", "published", "difference", "tolerance", "verdict", "error", "statement", "source", "reason", "badge",
    ];

    private readonly Dictionary<string, BibEntry> entries =
        paper.Bibliography.ToDictionary(entry => entry.Key, StringComparer.Ordinal);

    private readonly Dictionary<string, BibEntry> cited = new(StringComparer.Ordinal);

    /// <summary>The entries that the texts checked so far cite, by their keys.</summary>
    public IReadOnlyDictionary<string, BibEntry> Cited => cited;

    /// <summary>Checks a text; its problems stand in a file, on the line that a block's line comes to.</summary>
    public void Check(MarkdownTree tree, string file, Func<int, int> line)
    {
        foreach (var block in tree.Descendants())
        {
            switch (block)
            {
                case HtmlBlock { Type: not HtmlBlockType.Comment }:
                    problems.Mistakes.Add(new(file, line(block.Line), "HTML is not part of a paper: write Markdown."));
                    break;
                case EquationBlock equation when equation.Ended:
                    CheckFormula(equation.Tex.ToString(), true, file, line(equation.Line));
                    break;
                case HtmlInline { Tag: var tag } when !tag.StartsWith("<!--", StringComparison.Ordinal):
                    problems.Mistakes.Add(new(file, line(block.Line),
                        $"HTML is not part of a paper: write Markdown instead of {tag}."));
                    break;
                case MathInline math:
                    CheckFormula(math.Content.ToString(), math.DelimiterCount > 1, file, line(math.Line));
                    break;
                case CitationInline citation:
                    CheckCitation(citation, file, line(citation.Line));
                    break;
                case PlaceholderInline placeholder:
                    CheckPlaceholder(placeholder, file, line(placeholder.Line));
                    break;
                case LabelInline label:
                    problems.Mistakes.Add(new(file, line(label.Line),
                        $"the label {{#{label.Name}}} stands behind nothing that has"
                        + " a number: labels end a heading, a formula, a picture or the caption of a table."));
                    break;
                case LinkInline { IsImage: true } image:
                    CheckPicture(image, file, line(image.Line));
                    break;
            }
        }
    }

    /// <summary>Says which entries are cited nowhere, and what the cited ones lack.</summary>
    public void CheckBibliography()
    {
        foreach (var entry in paper.Bibliography.Where(entry => !cited.ContainsKey(entry.Key)))
            problems.Warnings.Add(new(entry.File, entry.Line, $"{entry.Key} is cited nowhere."));
        foreach (var entry in cited.Values)
            CheckEntry(entry);
    }

    private void CheckFormula(string tex, bool block, string file, int line)
    {
        if (TexMath.ToMathMl(tex, block, out var error) is null)
            problems.Mistakes.Add(new(file, line, $"the formula {Brief(tex)} cannot be read: {error}"));
    }

    private static string Brief(string tex)
    {
        var text = string.Join(' ', tex.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 50 ? text : text[..49] + "…";
    }

    private void CheckCitation(CitationInline citation, string file, int line)
    {
        foreach (var work in citation.Works)
        {
            if (entries.TryGetValue(work.Key, out var entry))
            {
                cited[entry.Key] = entry;
                continue;
            }

            var near = Nearest.Of(work.Key, entries.Keys);
            problems.Mistakes.Add(new(file, line, paper.BibliographyFiles.Count == 0
                ? $"@{work.Key} is cited, and the head of the paper names no bibliography."
                : $"@{work.Key} is in no bibliography" + (near is null ? "." : $": did you mean @{near}?")));
        }
    }

    private void CheckPlaceholder(PlaceholderInline placeholder, string file, int line)
    {
        var argument = placeholder.Argument;
        void Say(string message) => problems.Mistakes.Add(new(file, line, message));
        switch (placeholder.Kind)
        {
            case "claim":
                var (id, part) = PaperContents.Split(argument);
                if (verdicts.Result(id) is null)
                {
                    var near = Nearest.Of(id, verdicts.Ids);
                    Say($"the claim \"{id}\" is not in {paper.Shown}/{ClaimsFile.Name}"
                        + (near is null ? "." : $": did you mean \"{near}\"?"));
                }
                else if (!ClaimParts.Contains(part))
                {
                    Say($"a claim has no \"{part}\": it has {string.Join(", ", ClaimParts)}.");
                }

                break;
            case "ref":
                if (outline.Target(argument) is null)
                {
                    var near = Nearest.Of(argument, outline.Labels);
                    Say($"nothing has the label {argument}" + (near is null ? "." : $": did you mean {near}?"));
                }

                break;
            case "claims":
                if (placeholder.Parent?.ParentBlock is not ParagraphBlock paragraph
                    || !PaperContents.IsClaims(paragraph))
                    Say("{claims} is the table of claims, and stands in a paragraph of its own.");
                break;
            case "figure" or "table":
                Say($"{{{placeholder.Kind}:{argument}}} begins a paragraph, and its caption follows it.");
                break;
            default:
                var kind = Nearest.Of(placeholder.Kind, Kinds);
                Say($"{{{placeholder.Kind}{(argument.Length > 0 ? ":" + argument : "")}}} is no placeholder"
                    + (kind is null ? $": there are {string.Join(", ", Kinds)}." : $": did you mean {kind}?"));
                break;
        }
    }

    private void CheckPicture(LinkInline image, string file, int line)
    {
        var url = Uri.UnescapeDataString(image.Url ?? "");
        var path = Path.GetFullPath(Path.Combine(paper.Directory, url));
        var inside = path.StartsWith(paper.Directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (url.Contains(':') || !inside)
            problems.Mistakes.Add(new(file, line, $"the picture {url} lies outside of the paper's folder."));
        else if (!File.Exists(path))
            problems.Mistakes.Add(new(file, line, $"there is no picture {url} in {paper.Shown}."));
        else if (Path.GetExtension(path).ToLowerInvariant() is not (".svg" or ".png" or ".jpg" or ".jpeg"))
            problems.Mistakes.Add(new(file, line, $"the picture {url} is no .svg, .png or .jpg."));
    }

    private void CheckEntry(BibEntry entry)
    {
        foreach (var field in entry.Fields.Where(pair => pair.Key is not ("doi" or "url" or "abstract" or "file"
            or "eprint" or "keywords" or "annote")))
        {
            var unknown = new List<string>();
            BibText.Decode(field.Value.Value, unknown);
            foreach (var command in unknown.Distinct())
            {
                problems.Warnings.Add(new(entry.File, field.Value.Line,
                    $"the {field.Key} of {entry.Key} has {command}, which the page leaves out."));
            }
        }

        foreach (var need in (string[])["title", "year"])
        {
            if (need == "title" ? entry.Text("title") is null : entry.Year == "n.d.")
                problems.Warnings.Add(new(entry.File, entry.Line, $"{entry.Key} has no {need}."));
        }
    }
}
