using System.Text;
using System.Text.RegularExpressions;
using Markdig.Parsers;
using Markdig.Syntax;

namespace FinML.Notebooks.Papers;

/// <summary>A displayed formula between $$ and $$, with a label behind it where it has a number.</summary>
internal sealed class EquationBlock(BlockParser parser) : LeafBlock(parser)
{
    /// <summary>The formula.</summary>
    public StringBuilder Tex { get; } = new();

    /// <summary>"eq:name", or null for a formula without number.</summary>
    public string? Label { get; set; }

    /// <summary>Whether the second $$ came.</summary>
    public bool Ended { get; set; }

    /// <summary>What stands behind the second $$ and is no label, or null.</summary>
    public string? Stray { get; set; }
}

/// <summary>Reads <see cref="EquationBlock"/>s, of one line or several.</summary>
internal sealed partial class EquationParser : BlockParser
{
    public EquationParser() => OpeningCharacters = ['$'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsCodeIndent || processor.PeekChar(1) != '$')
            return BlockState.None;
        var block = new EquationBlock(this)
        {
            Column = processor.Column,
            Span = new SourceSpan(processor.Start, processor.Line.End),
        };
        processor.NewBlocks.Push(block);
        return Add(block, processor.Line.ToString()[2..]);
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block) =>
        Add((EquationBlock)block, processor.Line.ToString());

    private static BlockState Add(EquationBlock block, string line)
    {
        var end = line.IndexOf("$$", StringComparison.Ordinal);
        if (end < 0)
        {
            block.Tex.Append(line).Append('\n');
            return BlockState.ContinueDiscard;
        }

        block.Tex.Append(line[..end]);
        block.Ended = true;
        var rest = Label().Match(line[(end + 2)..]);
        if (rest.Success)
            block.Label = rest.Groups[1].Success ? rest.Groups[1].Value : null;
        else
            block.Stray = line[(end + 2)..].Trim();
        return BlockState.BreakDiscard;
    }

    [GeneratedRegex(@"^\s*(?:\{#([^{}\s]+)\})?\s*$")]
    private static partial Regex Label();
}
