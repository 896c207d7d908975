using Markdig.Syntax;
using MarkdownTree = Markdig.Syntax.MarkdownDocument;

namespace FinML.Notebooks.Papers;

/// <summary>
/// A paper with its runs, put in order before it is written: numbers of sections, equations, figures and tables, what
/// references and citations point to, what became of the claims, and everything that is wrong.
/// </summary>
internal sealed class PaperContents
{
    private readonly PaperProblems problems = new();
    private readonly PaperVerdicts verdicts;
    private readonly PaperOutline outline;
    private readonly IReadOnlyDictionary<string, BibEntry> cited;

    public PaperContents(Paper paper, PaperRun run)
    {
        (Paper, Run) = (paper, run);
        problems.Mistakes.AddRange(paper.Problems);
        problems.Mistakes.AddRange(run.Problems);
        verdicts = new PaperVerdicts(paper, run, problems);
        outline = new PaperOutline(paper, run, problems);

        var check = new PaperTextCheck(paper, outline, verdicts, problems);
        check.Check(paper.Document, paper.File, line => line + 1);
        Abstract = paper.Head.Text("abstract") is { } text ? PaperMarkdown.Parse(text) : null;
        if (Abstract is not null)
            check.Check(Abstract, paper.File, _ => paper.Head.Line("abstract"));
        foreach (var claim in paper.Claims)
        {
            Texts[claim] = (PaperMarkdown.Parse(claim.Statement), PaperMarkdown.Parse(claim.Source),
                claim.Reason is null ? null : PaperMarkdown.Parse(claim.Reason));
            foreach (var tree in new[] { Texts[claim].Statement, Texts[claim].Source, Texts[claim].Reason })
            {
                if (tree is not null)
                    check.Check(tree, claim.File, _ => claim.Line);
            }
        }

        check.CheckBibliography();
        cited = check.Cited;
        References = new ReferenceStyle(cited.Values);
    }

    public Paper Paper { get; }

    public PaperRun Run { get; }

    /// <summary>What keeps the paper from being built.</summary>
    public IReadOnlyList<PaperProblem> Problems => problems.Mistakes;

    /// <summary>Claims that are not what the paper says of them: not reported, or differing without a reason.</summary>
    public IReadOnlyList<PaperProblem> Verdicts => problems.Verdicts;

    /// <summary>What the authors may want to know.</summary>
    public IReadOnlyList<PaperProblem> Warnings => problems.Warnings;

    /// <summary>What became of the claims, in the order of claims.json.</summary>
    public IReadOnlyList<ClaimResult> Results => verdicts.Results;

    /// <summary>The words of claims.json as text of the paper.</summary>
    public Dictionary<Claim, (MarkdownTree Statement, MarkdownTree Source, MarkdownTree? Reason)> Texts { get; } = [];

    public MarkdownTree? Abstract { get; }

    /// <summary>The numbers of headings: "2.1", or null for one without.</summary>
    public Dictionary<HeadingBlock, (string? Number, string Anchor, string? Label)> Sections => outline.Sections;

    public Dictionary<EquationBlock, int> Equations => outline.Equations;

    public Dictionary<Block, PaperFloat> Floats => outline.Floats;

    /// <summary>Paragraphs that are captions, which are written with what they belong to.</summary>
    public HashSet<Block> Captions => outline.Captions;

    /// <summary>Whether the text says where the table of claims goes.</summary>
    public bool PlacesClaims => outline.PlacesClaims;

    public ReferenceStyle References { get; }

    /// <summary>What a claim's id stands for; null for an unknown one.</summary>
    public ClaimResult? Result(string id) => verdicts.Result(id);

    /// <summary>What a label stands for; null for an unknown one.</summary>
    public PaperTarget? Target(string label) => outline.Target(label);

    /// <summary>The entry of a key; null for an unknown one.</summary>
    public BibEntry? Entry(string key) => cited.GetValueOrDefault(key);

    /// <summary>A claim's id and the part of it that a placeholder asks for.</summary>
    public static (string Id, string Part) Split(string argument)
    {
        var colon = argument.IndexOf(':');
        return colon < 0 ? (argument, "value") : (argument[..colon], argument[(colon + 1)..]);
    }

    /// <summary>Whether a paragraph is the place for the table of claims.</summary>
    public static bool IsClaims(ParagraphBlock paragraph) =>
        paragraph.Inline?.FirstChild is PlaceholderInline { Kind: "claims", NextSibling: null };
}
