using Markdig.Syntax.Inlines;

namespace FinML.Notebooks.Papers;

/// <summary>A citation: <c>[@key, p. 3; see @other]</c>, or <c>@key</c> in the sentence.</summary>
internal sealed class CitationInline : LeafInline
{
    /// <param name="Key">The entry's key.</param>
    /// <param name="Prefix">Words before it ("see"), or empty.</param>
    /// <param name="Locator">The page or table, or empty.</param>
    /// <param name="YearOnly">Whether the names stand in the sentence already: <c>[-@key]</c>.</param>
    public readonly record struct Work(string Key, string Prefix, string Locator, bool YearOnly);

    /// <summary>The works in the order of the text.</summary>
    public required IReadOnlyList<Work> Works { get; init; }

    /// <summary>Whether the authors are part of the sentence.</summary>
    public required bool InSentence { get; init; }
}

/// <summary>What the build fills in: <c>{claim:ID}</c>, <c>{figure:ID}</c>, <c>{ref:fig:ID}</c>.</summary>
internal sealed class PlaceholderInline : LeafInline
{
    /// <summary>The word before the colon.</summary>
    public required string Kind { get; init; }

    /// <summary>What stands behind it, or empty.</summary>
    public required string Argument { get; init; }
}

/// <summary>A name for what stands before it: <c>{#eq:variance}</c>; <c>{-}</c> for a heading without number.</summary>
internal sealed class LabelInline : LeafInline
{
    /// <summary>The name, or "-".</summary>
    public required string Name { get; init; }
}
