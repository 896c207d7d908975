using FinML.Shared;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace FinML.Notebooks.Papers;

/// <summary>The numbers of a paper's sections, equations, figures and tables, and what references point to.</summary>
internal sealed class PaperOutline
{
    private readonly Paper paper;
    private readonly PaperRun run;
    private readonly PaperProblems problems;
    private readonly Dictionary<string, PaperTarget> targets = new(StringComparer.Ordinal);
    private readonly int[] sections = new int[6];
    private int equations;
    private int figures;
    private int tables;

    public PaperOutline(Paper paper, PaperRun run, PaperProblems problems)
    {
        (this.paper, this.run, this.problems) = (paper, run, problems);
        Number();
    }

    /// <summary>The numbers of headings: "2.1", or null for one without.</summary>
    public Dictionary<HeadingBlock, (string? Number, string Anchor, string? Label)> Sections { get; } = [];

    public Dictionary<EquationBlock, int> Equations { get; } = [];

    public Dictionary<Block, PaperFloat> Floats { get; } = [];

    /// <summary>Paragraphs that are captions, which are written with what they belong to.</summary>
    public HashSet<Block> Captions { get; } = [];

    /// <summary>Whether the text says where the table of claims goes.</summary>
    public bool PlacesClaims { get; private set; }

    /// <summary>The labels.</summary>
    public IReadOnlyCollection<string> Labels => targets.Keys;

    /// <summary>What a label stands for; null for an unknown one.</summary>
    public PaperTarget? Target(string label) => targets.GetValueOrDefault(label);

    private void Number()
    {
        for (var i = 0; i < paper.Document.Count; i++)
        {
            switch (paper.Document[i])
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
            problems.Mistakes.Add(new(paper.File, line, "a formula begins with $$, and no second $$ ends it."));
        if (equation.Stray is { } stray)
        {
            problems.Mistakes.Add(new(paper.File, line,
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
        index >= 0 && index < paper.Document.Count && paper.Document[index] is ParagraphBlock paragraph
        && !Captions.Contains(paragraph) && paragraph.Inline?.FirstChild is LiteralInline literal
        && literal.Content.AsSpan().StartsWith("Table:")
            ? paragraph
            : null;

    private void AddParagraph(ParagraphBlock paragraph, ContainerInline inline)
    {
        var line = paragraph.Line + 1;
        if (PaperContents.IsClaims(paragraph))
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
            problems.Mistakes.Add(new(paper.File, line, $"{{{placeholder.Kind}:...}} names a {placeholder.Kind}: "
                + ClaimsFile.IdRule(placeholder.Argument)));
            return false;
        }

        var names = run.Names(kind).ToList();
        if (names.Contains(placeholder.Argument))
            return true;
        var silent = paper.Notebooks.Where(notebook => !run.HasRun(notebook)).ToList();
        if (silent.Count > 0)
        {
            // It may come with the run; the page says that it is not there yet.
            problems.Warnings.Add(new(paper.File, line,
                $"the {placeholder.Kind} \"{placeholder.Argument}\" is not there: "
                + $"{string.Join(" and ", silent)} {(silent.Count == 1 ? "has" : "have")} not run."));
            return true;
        }

        var near = Nearest.Of(placeholder.Argument, names);
        var call = kind == ReportedKind.Figure ? "Figure" : "Table";
        problems.Mistakes.Add(new(paper.File, line, $"no notebook of the paper shows a {placeholder.Kind} "
            + $"\"{placeholder.Argument}\"" + (near is null
                ? $": write Claims.{call}(\"{placeholder.Argument}\", ...) in one."
                : $": did you mean \"{near}\"?")));
        return false;
    }

    private void AddTarget(string label, string prefix, string text, int line)
    {
        if (!label.StartsWith(prefix, StringComparison.Ordinal) || !ClaimsFile.IsId(label[prefix.Length..]))
        {
            problems.Mistakes.Add(new(paper.File, line,
                $"the label here is {{#{prefix}name}}, with a letter and then letters, digits, '-', '_' or '.'; "
                + $"got {{#{label}}}."));
        }
        else if (!targets.TryAdd(label, new PaperTarget(text, label)))
        {
            problems.Mistakes.Add(new(paper.File, line, $"the label {label} is {targets[label].Text} already."));
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
}
