using FinML.Shared;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownTree = Markdig.Syntax.MarkdownDocument;

namespace FinML.Notebooks.Papers;

/// <summary>
/// A paper with its runs, put in order before it is written: numbers of sections, equations, figures and tables, what
/// references and citations point to, what became of the claims, and everything that is wrong.
/// </summary>
internal sealed class PaperContents
{
    private static readonly string[] Kinds = ["claim", "claims", "figure", "table", "ref"];

    private static readonly string[] ClaimParts =
    [
        "value", "published", "difference", "tolerance", "verdict", "error", "statement", "source", "reason", "badge",
    ];

    private readonly List<PaperProblem> problems = [];
    private readonly List<PaperProblem> verdicts = [];
    private readonly List<PaperProblem> warnings = [];
    private readonly Dictionary<string, ClaimResult> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BibEntry> entries;
    private readonly Dictionary<string, BibEntry> cited = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PaperTarget> targets = new(StringComparer.Ordinal);
    private readonly int[] sections = new int[6];
    private int equations;
    private int figures;
    private int tables;

    public PaperContents(Paper paper, PaperRun run)
    {
        Paper = paper;
        Run = run;
        entries = paper.Bibliography.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        problems.AddRange(paper.Problems);
        problems.AddRange(run.Problems);
        foreach (var claim in paper.Claims)
            AddClaim(claim);
        CheckReports();

        Abstract = paper.Head.Text("abstract") is { } text ? PaperMarkdown.Parse(text) : null;
        Number();
        Check(paper.Document, paper.File, line => line + 1);
        if (Abstract is not null)
            Check(Abstract, paper.File, _ => paper.Head.Line("abstract"));
        foreach (var claim in paper.Claims)
        {
            Texts[claim] = (PaperMarkdown.Parse(claim.Statement), PaperMarkdown.Parse(claim.Source),
                claim.Reason is null ? null : PaperMarkdown.Parse(claim.Reason));
            foreach (var tree in new[] { Texts[claim].Statement, Texts[claim].Source, Texts[claim].Reason })
            {
                if (tree is not null)
                    Check(tree, claim.File, _ => claim.Line);
            }
        }

        foreach (var entry in paper.Bibliography.Where(entry => !cited.ContainsKey(entry.Key)))
            warnings.Add(new(entry.File, entry.Line, $"{entry.Key} is cited nowhere."));
        foreach (var entry in cited.Values)
            CheckEntry(entry);
        References = new ReferenceStyle(cited.Values);
    }

    public Paper Paper { get; }

    public PaperRun Run { get; }

    /// <summary>What keeps the paper from being built.</summary>
    public IReadOnlyList<PaperProblem> Problems => problems;

    /// <summary>Claims that are not what the paper says of them: not reported, or differing without a reason.</summary>
    public IReadOnlyList<PaperProblem> Verdicts => verdicts;

    /// <summary>What the authors may want to know.</summary>
    public IReadOnlyList<PaperProblem> Warnings => warnings;

    /// <summary>What became of the claims, in the order of claims.json.</summary>
    public List<ClaimResult> Results { get; } = [];

    /// <summary>The words of claims.json as text of the paper.</summary>
    public Dictionary<Claim, (MarkdownTree Statement, MarkdownTree Source, MarkdownTree? Reason)> Texts { get; } = [];

    public MarkdownTree? Abstract { get; }

    /// <summary>The numbers of headings: "2.1", or null for one without.</summary>
    public Dictionary<HeadingBlock, (string? Number, string Anchor, string? Label)> Sections { get; } = [];

    public Dictionary<EquationBlock, int> Equations { get; } = [];

    public Dictionary<Block, PaperFloat> Floats { get; } = [];

    /// <summary>Paragraphs that are captions, which are written with what they belong to.</summary>
    public HashSet<Block> Captions { get; } = [];

    /// <summary>Whether the text says where the table of claims goes.</summary>
    public bool PlacesClaims { get; private set; }

    public ReferenceStyle References { get; }

    /// <summary>What a claim's id stands for; null for an unknown one.</summary>
    public ClaimResult? Result(string id) => byId.GetValueOrDefault(id);

    /// <summary>What a label stands for; null for an unknown one.</summary>
    public PaperTarget? Target(string label) => targets.GetValueOrDefault(label);

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

    private void AddClaim(Claim claim)
    {
        ClaimResult result;
        try
        {
            result = Run.Result(claim);
        }
        catch (PaperException error)
        {
            problems.AddRange(error.Problems);
            result = claim.NotRun();
        }

        Results.Add(result);
        byId[claim.Id] = result;
        void Say(string message) => verdicts.Add(new(claim.File, claim.Line, message));
        switch (result.Verdict)
        {
            case ClaimVerdict.NotRun when Run.HasRun(claim.Notebook) && !Run.Claims.ContainsKey(claim.Id):
                Say($"\"{claim.Id}\" is reported by no cell of {claim.Notebook}, which has run: write "
                    + $"Claims.Report(\"{claim.Id}\", value) there.");
                break;
            case ClaimVerdict.Differs when claim.Reason is null:
                Say($"\"{claim.Id}\" {result.VerdictText} (published {claim.PublishedText}, ours {result.ValueText}, "
                    + $"tolerance {claim.ToleranceText}) and has no \"reason\".");
                break;
            case ClaimVerdict.Reproduced when claim.Reason is not null:
                Say($"\"{claim.Id}\" is reproduced and has a \"reason\" for differing: take it out.");
                break;
        }

        if (Run.Claims.TryGetValue(claim.Id, out var report) && report.Notebook != claim.Notebook)
        {
            problems.Add(new(claim.File, claim.Line,
                $"\"{claim.Id}\" is reported by {report.Notebook}, and not by its notebook {claim.Notebook}."));
        }
    }

    /// <summary>A value that no claim asked for is most likely a slip in its id.</summary>
    private void CheckReports()
    {
        if (Paper.Problems.Count > 0)
            return; // claims.json may not have been read
        var strays = Run.Claims.Where(pair => !byId.ContainsKey(pair.Key)).ToList();
        if (strays.Count == 0)
            return;
        var elsewhere = ClaimsCatalog.All(Path.GetDirectoryName(Paper.Directory)!).Claims
            .Select(claim => claim.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, report) in strays.Where(pair => !elsewhere.Contains(pair.Key)))
        {
            var near = Nearest.Of(id, byId.Keys);
            problems.Add(new(report.Notebook, 0, $"it reports the claim \"{id}\", which no claims.json has"
                + (near is null ? "." : $": did you mean \"{near}\"?")));
        }
    }

    private void Number()
    {
        for (var i = 0; i < Paper.Document.Count; i++)
        {
            switch (Paper.Document[i])
            {
                case HeadingBlock heading:
                    AddHeading(heading);
                    break;
                case EquationBlock equation:
                    AddEquation(equation);
                    break;
                case Table table:
                    AddTable(table, i);
                    break;
                case ParagraphBlock { Inline: { } inline } paragraph:
                    AddParagraph(paragraph, inline);
                    break;
            }
        }
    }

    private void AddHeading(HeadingBlock heading)
    {
        var label = TakeLabel(heading.Inline);
        var numbered = label != "-";
        string? number = null;
        if (numbered)
        {
            sections[heading.Level - 1]++;
            Array.Clear(sections, heading.Level, sections.Length - heading.Level);
            number = string.Join('.', sections.Take(heading.Level));
        }

        var name = label is null or "-" ? null : label;
        if (name is not null)
            AddTarget(name, "sec:", $"Section {number}", heading.Line + 1);
        var anchor = name is not null ? PaperTarget.Anchor(name)
            : FormattableString.Invariant($"section-{Sections.Count + 1}");
        Sections[heading] = (number, anchor, name);
    }

    private void AddEquation(EquationBlock equation)
    {
        var line = equation.Line + 1;
        if (!equation.Ended)
            problems.Add(new(Paper.File, line, "a formula begins with $$, and no second $$ ends it."));
        if (equation.Stray is { } stray)
        {
            problems.Add(new(Paper.File, line,
                $"behind the $$ that ends a formula comes nothing or a label {{#eq:name}}; got \"{stray}\"."));
        }

        if (equation.Label is not { } label)
            return;
        Equations[equation] = ++equations;
        AddTarget(label, "eq:", FormattableString.Invariant($"Equation ({equations})"), line);
    }

    private void AddTable(Table table, int index)
    {
        var caption = Caption(index + 1) ?? Caption(index - 1);
        var label = TakeLabel(caption?.Inline);
        if (caption is not null)
        {
            Captions.Add(caption);
            // The word "Table:" is the mark of the caption.
            var first = (LiteralInline)caption.Inline!.FirstChild!;
            first.Content.Start += "Table:".Length;
            first.Content.TrimStart();
        }

        tables += caption is null ? 0 : 1;
        if (label is not null)
            AddTarget(label, "tab:", FormattableString.Invariant($"Table {tables}"), table.Line + 1);
        Floats[table] = new(
            ReportedKind.Table, null, null, caption is null ? 0 : tables, label, caption?.Inline, table.Line + 1);
    }

    private ParagraphBlock? Caption(int index) =>
        index >= 0 && index < Paper.Document.Count && Paper.Document[index] is ParagraphBlock paragraph
        && !Captions.Contains(paragraph) && paragraph.Inline?.FirstChild is LiteralInline literal
        && literal.Content.AsSpan().StartsWith("Table:")
            ? paragraph
            : null;

    private void AddParagraph(ParagraphBlock paragraph, ContainerInline inline)
    {
        var line = paragraph.Line + 1;
        if (IsClaims(paragraph))
        {
            PlacesClaims = true;
            return;
        }

        if (inline.FirstChild is LinkInline { IsImage: true } image && inline.Skip(1).All(IsLabelOrSpace))
        {
            var name = TakeLabel(inline);
            figures++;
            if (name is not null)
                AddTarget(name, "fig:", FormattableString.Invariant($"Figure {figures}"), line);
            Floats[paragraph] = new(ReportedKind.Figure, null, image.Url ?? "", figures, name, image, line);
            return;
        }

        if (inline.FirstChild is not PlaceholderInline { Kind: "figure" or "table" } placeholder)
            return;
        var kind = placeholder.Kind == "figure" ? ReportedKind.Figure : ReportedKind.Table;
        var number = kind == ReportedKind.Figure ? ++figures : ++tables;
        var label = $"{(kind == ReportedKind.Figure ? "fig" : "tab")}:{placeholder.Argument}";
        if (Reported(placeholder, kind, line))
        {
            AddTarget(label, label[..4], FormattableString.Invariant(
                $"{(kind == ReportedKind.Figure ? "Figure" : "Table")} {number}"), line);
        }

        // What follows on the same paragraph is the caption.
        placeholder.Remove();
        if (inline.FirstChild is LineBreakInline lineBreak)
            lineBreak.Remove();
        if (inline.FirstChild is LiteralInline literal)
            literal.Content.TrimStart();
        Floats[paragraph] = new(
            kind, placeholder.Argument, null, number, label, inline.FirstChild is null ? null : inline, line);
    }

    private static bool IsLabelOrSpace(Inline inline) => inline is LabelInline
        || (inline is LiteralInline literal && string.IsNullOrWhiteSpace(literal.Content.ToString()));

    /// <summary>Whether a notebook has reported a figure or table; says what is wrong where none has.</summary>
    private bool Reported(PlaceholderInline placeholder, ReportedKind kind, int line)
    {
        if (!ClaimsFile.IsId(placeholder.Argument))
        {
            problems.Add(new(Paper.File, line, $"{{{placeholder.Kind}:...}} names a {placeholder.Kind}: "
                + ClaimsFile.IdRule(placeholder.Argument)));
            return false;
        }

        var names = Run.Names(kind).ToList();
        if (names.Contains(placeholder.Argument))
            return true;
        var silent = Paper.Notebooks.Where(notebook => !Run.HasRun(notebook)).ToList();
        if (silent.Count > 0)
        {
            // It may come with the run; the page says that it is not there yet.
            warnings.Add(new(Paper.File, line, $"the {placeholder.Kind} \"{placeholder.Argument}\" is not there: "
                + $"{string.Join(" and ", silent)} {(silent.Count == 1 ? "has" : "have")} not run."));
            return true;
        }

        var near = Nearest.Of(placeholder.Argument, names);
        var call = kind == ReportedKind.Figure ? "Figure" : "Table";
        problems.Add(new(Paper.File, line, $"no notebook of the paper shows a {placeholder.Kind} "
            + $"\"{placeholder.Argument}\"" + (near is null
                ? $": write Claims.{call}(\"{placeholder.Argument}\", ...) in one."
                : $": did you mean \"{near}\"?")));
        return false;
    }

    private void AddTarget(string label, string prefix, string text, int line)
    {
        if (!label.StartsWith(prefix, StringComparison.Ordinal) || !ClaimsFile.IsId(label[prefix.Length..]))
        {
            problems.Add(new(Paper.File, line, $"the label here is {{#{prefix}name}}, with a letter and then letters, "
                + $"digits, '-', '_' or '.'; got {{#{label}}}."));
        }
        else if (!targets.TryAdd(label, new PaperTarget(text, label)))
        {
            problems.Add(new(Paper.File, line, $"the label {label} is {targets[label].Text} already."));
        }
    }

    /// <summary>Takes the label at the end of a text out of it.</summary>
    private static string? TakeLabel(ContainerInline? inline)
    {
        if (inline?.LastChild is not LabelInline label)
            return null;
        label.Remove();
        if (inline.LastChild is LiteralInline literal)
            literal.Content.TrimEnd();
        return label.Name;
    }

    private void Check(MarkdownTree tree, string file, Func<int, int> line)
    {
        foreach (var block in tree.Descendants())
        {
            switch (block)
            {
                case HtmlBlock { Type: not HtmlBlockType.Comment }:
                    problems.Add(new(file, line(block.Line), "HTML is not part of a paper: write Markdown."));
                    break;
                case EquationBlock equation when equation.Ended:
                    CheckFormula(equation.Tex.ToString(), true, file, line(equation.Line));
                    break;
                case HtmlInline { Tag: var tag } when !tag.StartsWith("<!--", StringComparison.Ordinal):
                    problems.Add(new(file, line(block.Line), $"HTML is not part of a paper: write Markdown instead "
                        + $"of {tag}."));
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
                    problems.Add(new(file, line(label.Line), $"the label {{#{label.Name}}} stands behind nothing that "
                        + "has a number: labels end a heading, a formula, a picture or the caption of a table."));
                    break;
                case LinkInline { IsImage: true } image:
                    CheckPicture(image, file, line(image.Line));
                    break;
            }
        }
    }

    private void CheckFormula(string tex, bool block, string file, int line)
    {
        if (TexMath.ToMathMl(tex, block, out var error) is null)
            problems.Add(new(file, line, $"the formula {Brief(tex)} cannot be read: {error}"));
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
            problems.Add(new(file, line, Paper.BibliographyFiles.Count == 0
                ? $"@{work.Key} is cited, and the head of the paper names no bibliography."
                : $"@{work.Key} is in no bibliography" + (near is null ? "." : $": did you mean @{near}?")));
        }
    }

    private void CheckPlaceholder(PlaceholderInline placeholder, string file, int line)
    {
        var argument = placeholder.Argument;
        void Say(string message) => problems.Add(new(file, line, message));
        switch (placeholder.Kind)
        {
            case "claim":
                var (id, part) = Split(argument);
                if (!byId.ContainsKey(id))
                {
                    var near = Nearest.Of(id, byId.Keys);
                    Say($"the claim \"{id}\" is not in {Paper.Shown}/{ClaimsFile.Name}"
                        + (near is null ? "." : $": did you mean \"{near}\"?"));
                }
                else if (!ClaimParts.Contains(part))
                {
                    Say($"a claim has no \"{part}\": it has {string.Join(", ", ClaimParts)}.");
                }

                break;
            case "ref":
                if (!targets.ContainsKey(argument))
                {
                    var near = Nearest.Of(argument, targets.Keys);
                    Say($"nothing has the label {argument}" + (near is null ? "." : $": did you mean {near}?"));
                }

                break;
            case "claims":
                if (placeholder.Parent?.ParentBlock is not ParagraphBlock paragraph || !IsClaims(paragraph))
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
        var path = Path.GetFullPath(Path.Combine(Paper.Directory, url));
        var inside = path.StartsWith(Paper.Directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (url.Contains(':') || !inside)
            problems.Add(new(file, line, $"the picture {url} lies outside of the paper's folder."));
        else if (!System.IO.File.Exists(path))
            problems.Add(new(file, line, $"there is no picture {url} in {Paper.Shown}."));
        else if (Path.GetExtension(path).ToLowerInvariant() is not (".svg" or ".png" or ".jpg" or ".jpeg"))
            problems.Add(new(file, line, $"the picture {url} is no .svg, .png or .jpg."));
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
                warnings.Add(new(entry.File, field.Value.Line,
                    $"the {field.Key} of {entry.Key} has {command}, which the page leaves out."));
            }
        }

        foreach (var need in (string[])["title", "year"])
        {
            if (need == "title" ? entry.Text("title") is null : entry.Year == "n.d.")
                warnings.Add(new(entry.File, entry.Line, $"{entry.Key} has no {need}."));
        }
    }
}
