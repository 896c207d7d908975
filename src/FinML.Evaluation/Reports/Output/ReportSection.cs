using FinML.Figures;

namespace FinML.Evaluation;

/// <summary>A part of a report in reading order: page and Markdown are made of the same parts.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Lead">Sentences before the figures; may be empty.</param>
/// <param name="Figures">With the name of the file that each goes to.</param>
/// <param name="Tables">After the figures.</param>
/// <param name="Beside">Whether the tables stand beside the figure, where there is room, and not under it.</param>
public sealed record ReportSection(
    string Title,
    IReadOnlyList<string> Lead,
    IReadOnlyList<(string File, Figure Figure)> Figures,
    IReadOnlyList<Table> Tables,
    bool Beside = false);
