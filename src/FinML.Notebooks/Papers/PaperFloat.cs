using Markdig.Syntax.Inlines;

namespace FinML.Notebooks.Papers;

/// <summary>A figure or table with its number and caption.</summary>
/// <param name="Kind">Figure or table.</param>
/// <param name="Id">What a notebook calls it, or null for what stands in the paper itself.</param>
/// <param name="Picture">The picture's file from the paper's folder, or null.</param>
/// <param name="Number">Its number among its kind, from 1.</param>
/// <param name="Label">"fig:id" or "tab:id"; null where nothing can refer to it.</param>
/// <param name="Caption">The caption's text, or null.</param>
/// <param name="Line">Its line in paper.md, from 1.</param>
internal sealed record PaperFloat(
    ReportedKind Kind, string? Id, string? Picture, int Number, string? Label, ContainerInline? Caption, int Line)
{
    /// <summary>"Figure" or "Table".</summary>
    public string Word => Kind == ReportedKind.Figure ? "Figure" : "Table";
}
