using System.Text.RegularExpressions;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace FinML.Notebooks.Papers;

/// <summary>Reads citations.</summary>
internal sealed partial class CitationParser : InlineParser
{
    public CitationParser() => OpeningCharacters = ['[', '@'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.Text.AsSpan(slice.Start, slice.Length).ToString();
        var before = slice.PeekCharExtra(-1);
        CitationInline citation;
        Match match;
        if (slice.CurrentChar == '@')
        {
            match = InSentence().Match(text);
            if (!match.Success || char.IsLetterOrDigit(before) || before is '/' or '.')
                return false;
            citation = new CitationInline
            {
                Works = [new(match.Groups[1].Value, "", match.Groups[2].Value.Trim(), false)],
                InSentence = true,
            };
        }
        else
        {
            match = Brackets().Match(text);
            var works = match.Success ? Read(match.Groups[1].Value) : null;
            if (works is null)
                return false;
            citation = new CitationInline { Works = works, InSentence = false };
        }

        Place(processor, ref slice, citation, match.Length);
        return true;
    }

    /// <summary>Puts an inline with its line into the text.</summary>
    internal static void Place(InlineProcessor processor, ref StringSlice slice, Inline inline, int length)
    {
        var start = processor.GetSourcePosition(slice.Start, out var line, out var column);
        inline.Span = new SourceSpan(start, start + length - 1);
        (inline.Line, inline.Column) = (line, column);
        processor.Inline = inline;
        slice.Start += length;
    }

    private static List<CitationInline.Work>? Read(string body)
    {
        var works = new List<CitationInline.Work>();
        foreach (var part in body.Split(';'))
        {
            var match = Item().Match(part);
            if (!match.Success)
                return null;
            works.Add(new(
                match.Groups[3].Value, match.Groups[1].Value.Trim(), match.Groups[4].Value.Trim(),
                match.Groups[2].Length > 0));
        }

        return works;
    }

    private const string Key = @"[A-Za-z0-9_](?:[A-Za-z0-9_]|[:.#$&+?~/-](?=[A-Za-z0-9_]))*";

    [GeneratedRegex($@"\A@({Key})(?:\s?\[([^\[\]@]+)\](?!\())?")]
    private static partial Regex InSentence();

    [GeneratedRegex(@"\A\[([^\[\]]*@[^\[\]]*)\](?!\()")]
    private static partial Regex Brackets();

    [GeneratedRegex($@"^([^@]*?)(?<![A-Za-z0-9])(-?)@({Key})(?:\s*,\s*([^@]+))?\s*$", RegexOptions.Singleline)]
    private static partial Regex Item();
}

/// <summary>Reads what stands between braces: placeholders and labels.</summary>
internal sealed partial class PlaceholderParser : InlineParser
{
    public PlaceholderParser() => OpeningCharacters = ['{'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.Text.AsSpan(slice.Start, slice.Length).ToString();
        var match = Label().Match(text);
        if (match.Success)
        {
            var label = new LabelInline { Name = match.Groups[1].Value };
            CitationParser.Place(processor, ref slice, label, match.Length);
            return true;
        }

        match = Placeholder().Match(text);
        if (!match.Success)
            return false;
        var placeholder = new PlaceholderInline
        {
            Kind = match.Groups[1].Value,
            Argument = match.Groups[2].Value.Trim(),
        };
        CitationParser.Place(processor, ref slice, placeholder, match.Length);
        return true;
    }

    [GeneratedRegex(@"\A\{#?((?<=#)[^{}\s]+|-)\}")]
    private static partial Regex Label();

    [GeneratedRegex(@"\A\{([A-Za-z]+)(?::([^{}\n]*))?\}")]
    private static partial Regex Placeholder();
}
