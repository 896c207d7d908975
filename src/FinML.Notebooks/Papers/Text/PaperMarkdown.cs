using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using MarkdownTree = Markdig.Syntax.MarkdownDocument;

namespace FinML.Notebooks.Papers;

/// <summary>The Markdown of papers: tables, footnotes, formulas, citations, placeholders and labels.</summary>
internal static class PaperMarkdown
{
    private static readonly MarkdownPipeline Pipeline = Build();

    /// <summary>Reads a text; lines are counted from its beginning.</summary>
    public static MarkdownTree Parse(string text) => Markdown.Parse(text, Pipeline);

    /// <summary>Prepares a renderer for what the extensions of the pipeline read.</summary>
    public static void Setup(IMarkdownRenderer renderer) => Pipeline.Setup(renderer);

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder()
            .UsePreciseSourceLocation().UsePipeTables().UseMathematics().UseEmphasisExtras().UseFootnotes()
            .UseListExtras().UseAutoLinks().UseDefinitionLists();
        builder.Extensions.Add(new Extension());
        return builder.Build();
    }

    private sealed class Extension : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline)
        {
            // Ours ends at any second $$ and takes a label behind it.
            pipeline.BlockParsers.RemoveAll(parser => parser is MathBlockParser);
            pipeline.BlockParsers.Insert(0, new EquationParser());
            pipeline.InlineParsers.Insert(0, new CitationParser());
            pipeline.InlineParsers.Insert(0, new PlaceholderParser());
        }

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
        {
        }
    }
}
